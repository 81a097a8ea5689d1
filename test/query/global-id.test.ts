import { describe, expect, it } from '@jest/globals';
import { cidOf } from '../../src/crypto/cid.js';
import { formatGlobalId, parseGlobalId, type GlobalId } from '../../src/query/global-id.js';

const cid = cidOf(new Uint8Array([1]));

describe('global id', () => {
  const ids: GlobalId[] = [
    { kind: 'Record', cid },
    { kind: 'Entry', origin: 'hospital-a.provtrail', seq: 17 },
    { kind: 'Log', origin: 'hospital-a.provtrail' },
  ];

  it.each(ids)('reads what it wrote: $kind', (id) => {
    expect(parseGlobalId(formatGlobalId(id))).toEqual(id);
  });

  it.each([
    '',
    'x',
    cid,
    '\0',
    'a'.repeat(10_000),
    encode(`Record ${cid} `),
    encode(`Record ${cid.toUpperCase()}`),
    encode('Record ../../etc/passwd'),
    encode('Entry hospital 01'),
    encode('Entry hospital 99999999999999999999'),
    encode('Entry hospital -1'),
    encode('__proto__ x'),
  ])('finds nothing behind %j', (text) => {
    expect(parseGlobalId(text)).toBeUndefined();
  });
});

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
