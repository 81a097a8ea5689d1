import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isBase64url } from '../../src/crypto/bytes.js';
import { nonceOf } from '../../src/crypto/idempotency.js';

const secret = new Uint8Array(32).fill(5);

describe('idempotent nonce', () => {
  it('is the same again for the same key and index, 16 bytes', () => {
    expect(nonceOf(secret, 'key', 0)).toBe(nonceOf(secret, 'key', 0));
    expect(isBase64url(nonceOf(secret, 'key', 0), 16)).toBe(true);
  });

  it('is an HMAC with the secret', () => {
    const mac = createHmac('sha256', secret).update('provtrail/nonce/v1\0key\x007').digest();
    expect(nonceOf(secret, 'key', 7)).toBe(mac.subarray(0, 16).toString('base64url'));
  });

  it('differs by secret, key and index', () => {
    const nonces = [
      nonceOf(secret, 'key', 0),
      nonceOf(secret, 'key', 1),
      nonceOf(secret, 'key1', 0),
      nonceOf(new Uint8Array(32), 'key', 0),
    ];
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});
