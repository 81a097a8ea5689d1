import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isBase64url } from '../../src/crypto/bytes.js';
import { nonceOf, ridOf } from '../../src/crypto/idempotency.js';

const secret = new Uint8Array(32).fill(5);
const macOf = (text: string) =>
  createHmac('sha256', secret).update(text).digest().subarray(0, 16).toString('base64url');

describe('the id of a record that has an identity', () => {
  it('is an HMAC with the secret, 16 bytes, the same for the same identity', () => {
    expect(ridOf(secret, 'fhir||Claim|Claim/1')).toBe(
      macOf('provtrail/rid/v1\0fhir||Claim|Claim/1'),
    );
    expect(isBase64url(ridOf(secret, 'x'), 16)).toBe(true);
    expect(ridOf(secret, 'x')).toBe(ridOf(secret, 'x'));
  });

  it('differs by secret and identity', () => {
    const rids = [
      ridOf(secret, 'x'),
      ridOf(secret, 'y'),
      ridOf(new Uint8Array(32), 'x'),
      nonceOf(secret, 'x', 1),
    ];
    expect(new Set(rids).size).toBe(rids.length);
  });
});

describe('the nonce of a version', () => {
  it('is an HMAC with the secret, the same again for the same version', () => {
    expect(nonceOf(secret, 'rid', 7)).toBe(macOf('provtrail/nonce/v2\0rid\x007'));
    expect(nonceOf(secret, 'rid', 7)).toBe(nonceOf(secret, 'rid', 7));
  });

  it('differs by secret, record and version', () => {
    const nonces = [
      nonceOf(secret, 'rid', 1),
      nonceOf(secret, 'rid', 2),
      nonceOf(secret, 'rid1', 2),
      nonceOf(new Uint8Array(32), 'rid', 1),
    ];
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});
