import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { text as textOf } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { encodeExport } from '../../../src/api/http/export-encoding.js';

function encode(accept: string | undefined, source: Readable) {
  const headers = new Map<string, string>();
  const request = { headers: { 'accept-encoding': accept } } as unknown as FastifyRequest;
  const reply = { header: (name: string, value: string) => headers.set(name, value) };
  return { body: encodeExport(request, reply as unknown as FastifyReply, source), headers };
}

describe('the encoding of an export', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['identity', false],
    ['br', false],
    ['gzip;q=0', false],
    ['br, gzip;q=0.0', false],
    ['gzip', true],
    ['br, GZIP', true],
    ['gzip;q=0.5, br', true],
    ['*', true],
    ['x-gzip-not', false],
  ])('is gzip where that is read: %s', (accept, isGzip) => {
    const { body, headers } = encode(accept, Readable.from(['a']));
    expect(headers.get('content-encoding') === 'gzip').toBe(isGzip);
    body.destroy();
  });

  it('gives back the same text', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n}\n`);
    const { body } = encode('gzip', Readable.from(lines));
    expect(await textOf(body.pipe(createGunzip()))).toBe(lines.join(''));
  });

  it('breaks off with its source', async () => {
    const broken = async function* () {
      yield 'a'.repeat(100_000);
      throw new Error('cut');
    };
    const { body } = encode('gzip', Readable.from(broken()));
    await expect(textOf(body)).rejects.toThrow('cut');
  });
});
