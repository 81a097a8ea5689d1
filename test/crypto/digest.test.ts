import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hmacSha256, sha256 } from '../../src/crypto/digest.js';
import { toHex } from '../../src/crypto/bytes.js';
import fc from '../support/fast-check.js';

describe('digest', () => {
  it('hashes as node:crypto does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });

  it('authenticates as node:crypto does, for keys below, at and above the block size', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 150 }),
        fc.uint8Array({ maxLength: 200 }),
        (key, data) => {
          expect(toHex(hmacSha256(key, data))).toBe(
            createHmac('sha256', key).update(data).digest('hex'),
          );
        },
      ),
    );
  });

  it('hashes only the bytes of a view', () => {
    expect(sha256(Uint8Array.of(9, 1, 9).subarray(1, 2))).toEqual(sha256(Uint8Array.of(1)));
  });
});
