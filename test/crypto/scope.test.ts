import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toBase64url, toHex, utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { deriveContentKey, type ScopeKey } from '../../src/crypto/scope.js';
import fc from '../support/fast-check.js';

const LOG = cidOf(utf8('genesis'));
const scopeOf = (kek: Uint8Array): ScopeKey => ({ id: new Uint8Array(16), epoch: 1, kek });
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });

describe('content key', () => {
  it('is HKDF-SHA256 of the scope key, and its commitment HMAC-SHA256, as node:crypto computes them', () => {
    fc.assert(
      fc.property(bytes(32), bytes(16), fc.integer({ min: 1, max: 1e9 }), (kek, ridBytes, ver) => {
        const rid = toBase64url(ridBytes);
        const { cek, commitment, kid } = deriveContentKey(scopeOf(kek), LOG, rid, ver);
        const info = `provtrail/cek/v1\0${LOG}\0${rid}\0${ver}`;
        const expected = Buffer.from(hkdfSync('sha256', kek, '', info, 32));
        expect(toHex(cek)).toBe(expected.toString('hex'));
        const mac = createHmac('sha256', expected)
          .update(`provtrail/cekc/v1\0${rid}\0${ver}`)
          .digest();
        expect(commitment).toBe(mac.toString('base64url'));
        expect(kid).toBe(mac.subarray(0, 16).toString('base64url'));
      }),
    );
  });

  it('differs by scope, log, record and version', () => {
    const rid = toBase64url(new Uint8Array(16));
    const other = toBase64url(new Uint8Array(16).fill(1));
    const scope = scopeOf(new Uint8Array(32).fill(1));
    const keys = [
      deriveContentKey(scope, LOG, rid, 1),
      deriveContentKey(scopeOf(new Uint8Array(32).fill(2)), LOG, rid, 1),
      deriveContentKey(scope, cidOf(utf8('another')), rid, 1),
      deriveContentKey(scope, LOG, other, 1),
      deriveContentKey(scope, LOG, rid, 2),
      deriveContentKey(scope, LOG, rid, 11),
    ];
    expect(new Set(keys.map(({ cek }) => toHex(cek))).size).toBe(keys.length);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
  });

  it.each([0, 16, 31, 33, 64])('is refused from a scope key of %i bytes', (size) => {
    const rid = toBase64url(new Uint8Array(16));
    expect(() => deriveContentKey(scopeOf(new Uint8Array(size)), LOG, rid, 1)).toThrow(
      expect.objectContaining({ code: 'KEY_REFUSED' }),
    );
  });

  it.each<[string, string, string, number]>([
    ['an empty log', '', toBase64url(new Uint8Array(16)), 1],
    ['a log with a separator', `${LOG}\0`, toBase64url(new Uint8Array(16)), 1],
    ['a short rid', LOG, toBase64url(new Uint8Array(15)), 1],
    ['a rid with a separator', LOG, 'AAAAAAAAAAAAAAAAAAAA\0A', 1],
    ['a rid with stray bits', LOG, 'AAAAAAAAAAAAAAAAAAAAAB', 1],
    ['version 0', LOG, toBase64url(new Uint8Array(16)), 0],
    ['a fractional version', LOG, toBase64url(new Uint8Array(16)), 1.5],
    ['version 2^53', LOG, toBase64url(new Uint8Array(16)), 2 ** 53],
  ])('is refused for %s', (_, log, rid, ver) => {
    expect(() => deriveContentKey(scopeOf(new Uint8Array(32)), log, rid, ver)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });
});
