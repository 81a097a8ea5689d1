import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CID } from 'multiformats/cid';
import { base58btc } from 'multiformats/bases/base58';
import { create } from 'multiformats/hashes/digest';
import { identity } from 'multiformats/hashes/identity';
import { cidOf, isCid, parseCid } from '../../src/crypto/cid.js';
import { sha256 } from '../../src/crypto/digest.js';
import fc from '../support/fast-check.js';

const bytes = new TextEncoder().encode('{"a":1}');
const valid = cidOf(bytes);
const digest = create(0x12, sha256(bytes));

describe('cid', () => {
  it('is the CID multiformats computes for json and sha2-256', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        const hash = createHash('sha256').update(content).digest();
        const text = cidOf(content);
        expect(text).toBe(CID.createV1(0x0200, create(0x12, hash)).toString());
        expect(isCid(text)).toBe(true);
        expect(parseCid(text).toString()).toBe(text);
      }),
    );
  });

  it.each<[string, string]>([
    ['an empty text', ''],
    ['CIDv0', CID.createV0(create(0x12, sha256(bytes))).toString()],
    ['the raw codec', CID.createV1(0x55, digest).toString()],
    ['the dag-json codec', CID.createV1(0x0129, digest).toString()],
    ['the identity hash', CID.createV1(0x0200, identity.digest(bytes)).toString()],
    ['sha-1', CID.createV1(0x0200, create(0x11, new Uint8Array(20))).toString()],
    ['a truncated digest', CID.createV1(0x0200, create(0x12, new Uint8Array(20))).toString()],
    ['base58', CID.createV1(0x0200, digest).toString(base58btc)],
    ['upper case', valid.toUpperCase()],
    ['stray bits in the last character', valid.slice(0, -1) + 'b'],
    ['one character less', valid.slice(0, -1)],
    ['one character more', valid + 'a'],
    ['a path behind it', valid + '/x'],
    ['a line break behind it', valid + '\n'],
    ['a namespace before it', '/ipfs/' + valid],
    ['a megabyte', 'b'.repeat(1 << 20)],
  ])('refuses %s', (_, text) => {
    expect(isCid(text)).toBe(false);
    expect(() => parseCid(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  it('is never anything but a string', () => {
    expect(isCid({ toString: () => valid })).toBe(false);
  });
});
