import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromUtf8, utf8 } from '../../src/crypto/bytes.js';
import { encodeCanonical, type Canonical } from '../../src/crypto/canonical.js';
import { cidOf } from '../../src/crypto/cid.js';
import { decodeEntry, encodeEntry, entryCid, type Entry } from '../../src/ledger/entry.js';
import { buildPut, sign, START } from './build-ledger.js';

const PREV = cidOf(utf8('the entry before'));
let entry: Entry;
let text: string;

beforeAll(async () => {
  const statement = await sign(buildPut(PREV));
  entry = { v: 1, seq: 17, prev: PREV, at: START, statement };
  text = fromUtf8(encodeEntry(entry));
});

const decode = (forged: string) => () => decodeEntry(utf8(forged));
const withCode = (code: string | RegExp) =>
  expect.objectContaining({ code: expect.stringMatching(code) });

describe('entries', () => {
  it('are the canonical JSON of their members, and read back', () => {
    expect(text).toBe(encodeCanonical(entry as unknown as Canonical));
    expect(decodeEntry(utf8(text))).toEqual(entry);
    const first = { ...entry, seq: 0, prev: '', at: 0 };
    expect(decodeEntry(encodeEntry(first))).toEqual(first);
    const last = { ...entry, seq: 2 ** 53 - 1, at: 2 ** 53 - 1 };
    expect(decodeEntry(encodeEntry(last))).toEqual(last);
  });

  it('are addressed by their bytes', () => {
    expect(entryCid(utf8(text))).toBe(cidOf(utf8(text)));
    expect(entryCid(utf8(text))).toMatch(/^bagaaiera/);
  });

  it('have one spelling', () => {
    for (const forged of [
      ` ${text}`,
      `${text}\n`,
      `\ufeff${text}`,
      text.replace('"v":1', '"v": 1'),
      text.replace('"v":1', '"v":1.0'),
      text.replace('"seq":17', '"seq":017'),
      text.replace('"seq":17', '"seq":1.7e1'),
      text.replace('"seq":17', '"seq":16,"seq":17'),
      text.replace('"at"', '"\\u0061t"'),
      text.replace(`"seq":17,`, '').replace('"v":1', '"v":1,"seq":17'),
    ]) {
      expect(decode(forged)).toThrow(withCode(/NON_CANONICAL|MALFORMED_JSON/));
    }
  });

  it.each([
    ['a fractional time', '"at":', '"at":0.5,"x":'],
    ['a time of 2^53', `"at":${START}`, `"at":${2 ** 53}`],
    ['a negative time', '"at":', '"at":-'],
    ['a negative position', '"seq":', '"seq":-'],
    ['a position of 2^53 and a bit', '"seq":17', '"seq":9007199254740993'],
    ['no position', '"seq":17,', ''],
    ['an unknown version', '"v":1', '"v":2'],
    ['a version in words', '"v":1', '"v":"1"'],
    ['an unknown member', '"v":1', '"v":1,"w":1'],
    ['an unprotected header', '"payload"', '"header":{},"payload"'],
    ['a foreign link', PREV, 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'],
    ['__proto__ for a member', '"prev"', '"__proto__"'],
    ['a signature that is a number', /"signature":"[^"]*"/, '"signature":1'],
    ['padding', /"signature":"([^"]*)"/, '"signature":"$1="'],
  ])('are refused with %s', (_, from, to) => {
    expect(decode(text.replace(from, to))).toThrow(withCode(/ENTRY_REFUSED|NON_CANONICAL/));
  });

  it('say what version they cannot read', () => {
    expect(decode(text.replace('"v":1', '"v":2'))).toThrow(/unknown entry version/);
  });

  it('are refused when not JSON, no object, not UTF-8 or empty', () => {
    expect(decode('')).toThrow(withCode('MALFORMED_JSON'));
    expect(decode('{')).toThrow(withCode('MALFORMED_JSON'));
    for (const other of ['[]', '1', '"x"', 'true', '{}']) {
      expect(decode(other)).toThrow(withCode('ENTRY_REFUSED'));
    }
    expect(decode('null')).toThrow(withCode('NON_CANONICAL'));
    expect(() => decodeEntry(Uint8Array.of(0xff, 0xfe))).toThrow(withCode('NON_CANONICAL'));
    expect(decode('{"a":"\\ud800"}')).toThrow(withCode('NON_CANONICAL'));
  });

  it('are bounded before they are parsed', () => {
    expect(decode('['.repeat(100_000))).toThrow(withCode('ENTRY_TOO_LARGE'));
    expect(decode('['.repeat(65_000))).toThrow(withCode('TOO_DEEP'));
    expect(decode('{"at":'.repeat(10_000))).toThrow(withCode('TOO_DEEP'));
    expect(decode('x'.repeat(65_536))).toThrow(withCode('ENTRY_TOO_LARGE'));
  });

  it('do not come out of reading with a prototype of their own', () => {
    const read = decodeEntry(utf8(text));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read).sort()).toEqual(['at', 'prev', 'seq', 'statement', 'v']);
  });
});
