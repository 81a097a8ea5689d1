import { describe, expect, it } from '@jest/globals';
import { sign as nodeSign, createPrivateKey } from 'node:crypto';
import { toBase64url, utf8 } from '../../src/crypto/bytes.js';
import { verifySignature } from '../../src/crypto/signature.js';
import { generateSigningKey, publicJwk, signerFromJwk } from '../../src/crypto/signing-key.js';
import fc from '../support/fast-check.js';

const key = generateSigningKey((count) => new Uint8Array(count).fill(3));
const signer = signerFromJwk(key);
const message = utf8('message');
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

describe('signature', () => {
  it('is the one node:crypto makes and holds for exactly its message', async () => {
    const reference = createPrivateKey({ key: { ...key }, format: 'jwk' });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        const signature = await signer.sign(bytes);
        expect(toBase64url(signature)).toBe(toBase64url(nodeSign(null, bytes, reference)));
        expect(await verifySignature(key, bytes, signature)).toBe(true);
        expect(await verifySignature(key, Uint8Array.of(...bytes, 0), signature)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('does not hold with any single bit changed', async () => {
    const signature = await signer.sign(message);
    const verdicts = await Promise.all(
      Array.from({ length: 512 }, (_, bit) => {
        const changed = Uint8Array.from(signature);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        return verifySignature(key, message, changed);
      }),
    );
    expect(verdicts).not.toContain(true);
  });

  it('does not hold with S + L, the second spelling of the same S', async () => {
    const signature = Uint8Array.from(await signer.sign(message));
    const s = toBigInt(signature.subarray(32));
    for (let k = 1n; k <= 15n && s + k * L < 2n ** 256n; k++) {
      signature.set(littleEndian(s + k * L), 32);
      expect(await verifySignature(key, message, signature)).toBe(false);
    }
  });

  it('does not hold with S = L or S of all ones', async () => {
    const signature = Uint8Array.from(await signer.sign(message));
    for (const s of [L, 2n ** 256n - 1n]) {
      signature.set(littleEndian(s), 32);
      expect(await verifySignature(key, message, signature)).toBe(false);
    }
  });

  it('does not hold under a key of small order, where one signature fits every message', async () => {
    const neutral = { ...publicJwk(key), x: toBase64url(littleEndian(1n)) };
    const forged = new Uint8Array(64);
    forged[0] = 1;
    expect(await verifySignature(neutral, message, forged)).toBe(false);
    expect(await verifySignature(neutral, utf8('any other'), forged)).toBe(false);
  });

  it('does not hold in any other length', async () => {
    const signature = await signer.sign(message);
    for (const size of [0, 1, 32, 63]) {
      expect(await verifySignature(key, message, signature.subarray(0, size))).toBe(false);
    }
    expect(await verifySignature(key, message, Uint8Array.of(...signature, 0))).toBe(false);
  });

  it.each(['', 'AA', '=', 'A'.repeat(1 << 20), toBase64url(new Uint8Array(33).fill(2))])(
    'does not hold, and nothing is thrown, for a key that is none',
    async (x) => {
      const signature = await signer.sign(message);
      expect(await verifySignature({ ...publicJwk(key), x }, message, signature)).toBe(false);
    },
  );

  it('does not hold under a key that is not on the curve', async () => {
    const offCurve = { ...publicJwk(key), x: toBase64url(littleEndian(2n)) };
    expect(await verifySignature(offCurve, message, await signer.sign(message))).toBe(false);
  });

  it('is still verified after more keys than are kept', async () => {
    const signature = await signer.sign(message);
    for (let i = 0; i < 1100; i++) {
      const x = toBase64url(littleEndian(BigInt(i) + 3n));
      await verifySignature({ ...publicJwk(key), x }, message, signature);
    }
    expect(await verifySignature(key, message, signature)).toBe(true);
  });
});
