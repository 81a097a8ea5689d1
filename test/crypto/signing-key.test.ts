import { describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { fromBase64url, toBase64url, utf8 } from '../../src/crypto/bytes.js';
import {
  checkPoint,
  checkPrivateKey,
  checkPublicKey,
  generateSigningKey,
  publicJwk,
  signerFromJwk,
  thumbprint,
  type PrivateJwk,
} from '../../src/crypto/signing-key.js';
import { verifySignature } from '../../src/crypto/signature.js';

const refused = expect.objectContaining({ code: 'KEY_REFUSED' });
const key = generateSigningKey();

/** The key of RFC 8037 appendix A. */
const RFC_8037: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

describe('signing key', () => {
  it('has the public part that RFC 8037 gives for its seed', () => {
    const seed = fromBase64url(RFC_8037.d);
    expect(generateSigningKey(() => seed)).toEqual(RFC_8037);
  });

  it('has the thumbprint of RFC 8037 appendix A.3, and the one jose computes', async () => {
    expect(thumbprint(RFC_8037)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(thumbprint(key)).toBe(await calculateJwkThumbprint({ ...key }));
  });

  it('differs each time', () => {
    expect(generateSigningKey().d).not.toBe(key.d);
  });

  it('leaves the private member behind in its public form', () => {
    expect(publicJwk(key)).toEqual({ kty: 'OKP', crv: 'Ed25519', x: key.x });
    expect(JSON.stringify(signerFromJwk(key))).not.toContain(key.d);
  });

  it('signs so that its public key verifies', async () => {
    const signer = signerFromJwk(key);
    const signature = await signer.sign(utf8('text'));
    expect(signer.kid).toBe(thumbprint(key));
    expect(await verifySignature(signer.publicJwk, utf8('text'), signature)).toBe(true);
    expect(await verifySignature(signer.publicJwk, utf8('Text'), signature)).toBe(false);
  });

  it('is refused when the public part belongs to another key', () => {
    const mixed = { ...key, x: generateSigningKey().x };
    expect(() => checkPrivateKey(mixed)).toThrow(refused);
    expect(() => signerFromJwk(mixed)).toThrow(refused);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'key'],
    ['a private key', key],
    ['another member', { ...publicJwk(key), kid: 'a' }],
    ['no x', { kty: 'OKP', crv: 'Ed25519' }],
    ['another curve', { ...publicJwk(key), crv: 'X25519' }],
    ['another type', { ...publicJwk(key), kty: 'EC' }],
    ['31 bytes', { ...publicJwk(key), x: toBase64url(new Uint8Array(31).fill(9)) }],
    ['33 bytes', { ...publicJwk(key), x: toBase64url(new Uint8Array(33).fill(9)) }],
    ['padding', { ...publicJwk(key), x: key.x + '=' }],
    ['stray bits', { ...publicJwk(key), x: key.x.slice(0, -1) + '_' }],
    ['x that is a number', { ...publicJwk(key), x: 1 }],
  ])('is refused as a public key with %s', (_, jwk) => {
    expect(() => checkPublicKey(jwk)).toThrow(refused);
  });

  it('is accepted as a public key with exactly kty, crv and x', () => {
    expect(() => checkPublicKey(publicJwk(key))).not.toThrow();
  });

  it('is refused as a private key with a seed of the wrong length', () => {
    for (const size of [0, 16, 31, 33, 64]) {
      const d = toBase64url(new Uint8Array(size).fill(7));
      expect(() => checkPrivateKey({ ...key, d })).toThrow(refused);
    }
  });
});

const P = 2n ** 255n - 19n;

/** Little-endian encoding of y with the sign bit of x. */
function encodePoint(y: bigint, sign = 0n): Uint8Array {
  const value = y | (sign << 255n);
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

describe('point', () => {
  const order8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

  it.each<[string, bigint]>([
    ['order 1', 1n],
    ['order 2', P - 1n],
    ['order 4', 0n],
    ['order 8', order8],
    ['order 8, the negative of the other', P - order8],
  ])('of small order is refused: %s, with either sign', (_, y) => {
    expect(() => checkPoint(encodePoint(y))).toThrow(refused);
    expect(() => checkPoint(encodePoint(y, 1n))).toThrow(refused);
  });

  it('of order 8 doubles to one of order 4: y is a root of d y^4 + 2 y^2 - 1', () => {
    const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
    expect((d * order8 ** 4n + 2n * order8 ** 2n - 1n) % P).toBe(0n);
  });

  it('in non-canonical encoding is refused: every y from p to 2^255 - 1', () => {
    for (let y = P; y < 2n ** 255n; y++) {
      expect(() => checkPoint(encodePoint(y))).toThrow(refused);
      expect(() => checkPoint(encodePoint(y, 1n))).toThrow(refused);
    }
  });

  it('just below p is read as a number, not refused for its looks', () => {
    expect(() => checkPoint(encodePoint(P - 2n))).not.toThrow();
    expect(() => checkPoint(encodePoint(2n))).not.toThrow();
  });

  it('of another length is refused', () => {
    expect(() => checkPoint(new Uint8Array(31))).toThrow(refused);
    expect(() => checkPoint(new Uint8Array(33).fill(2))).toThrow(refused);
  });
});
