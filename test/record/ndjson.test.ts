import { describe, expect, it } from '@jest/globals';
import { splitLines, type Line } from '../../src/record/ndjson.js';
import fc from '../support/fast-check.js';

async function* stream(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size));
  return chunks;
}

async function split(chunks: Uint8Array[], lineMaxBytes?: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of splitLines(stream(chunks), { lineMaxBytes })) lines.push(line);
  return lines;
}

describe('splitLines', () => {
  it('numbers lines from 1 and passes over blank ones', async () => {
    expect(await split([utf8('{"a":1}\r\n\n  \n{"b":2}')])).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 4, text: '{"b":2}' },
    ]);
  });

  it('gives the same lines however the stream is cut, in the middle of characters too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('{"a":"é😀"}', '', '[1]', '"x"'), { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (texts, size) => {
          const expected = texts
            .map((text, i) => ({ line: i + 1, text }))
            .filter(({ text }) => text !== '');
          expect(await split(cut(utf8(texts.join('\n')), size))).toEqual(expected);
        },
      ),
    );
  });

  it('does not mind a stream that uses its buffer again', async () => {
    const buffer = new Uint8Array(3);
    async function* reuse(): AsyncGenerator<Uint8Array> {
      for (const text of ['123', '456', '7\n8']) {
        buffer.set(utf8(text));
        yield buffer;
      }
    }
    const lines: Line[] = [];
    for await (const line of splitLines(reuse())) lines.push(line);
    expect(lines.map(({ text }) => text)).toEqual(['1234567', '8']);
  });

  it('drops a byte order mark at the beginning', async () => {
    expect(await split([Uint8Array.of(0xef, 0xbb, 0xbf), utf8('1\n2')])).toEqual([
      { line: 1, text: '1' },
      { line: 2, text: '2' },
    ]);
  });

  it('refuses a line over its bound and names it, before it has all of it', async () => {
    const endless = (async function* () {
      yield utf8('{}\n');
      for (;;) yield utf8('x'.repeat(600));
    })();
    const lines: Line[] = [];
    const reading = async () => {
      for await (const line of splitLines(endless, { lineMaxBytes: 1_000 })) lines.push(line);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'TOO_LARGE', data: { line: 2 } });
    expect(lines).toHaveLength(1);
    expect(await split([utf8('x'.repeat(1_000))], 1_000)).toHaveLength(1);
  });

  it('refuses a line that is not UTF-8 and names it', async () => {
    const chunks = [utf8('{}\n'), Uint8Array.of(0x22, 0xff, 0x22, 0x0a)];
    await expect(split(chunks)).rejects.toMatchObject({
      code: 'MALFORMED_JSON',
      data: { line: 2 },
    });
  });

  it('gives nothing for nothing', async () => {
    expect(await split([])).toEqual([]);
    expect(await split([utf8('\n\n')])).toEqual([]);
  });
});
