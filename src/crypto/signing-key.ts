import { AppError } from '../error.js';
import { concat, fromBase64url, isBase64url, toBase64url, utf8 } from './bytes.js';
import { sha256 } from './digest.js';
import { requireNodeCrypto } from './native.js';
import { checkPoint } from './point.js';
import { drawBytes, systemRandomBytes, type RandomBytes } from './random.js';

export { checkPoint };

/** RFC 8037 public key; `x` is 32 bytes base64url. */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
}

/** RFC 8037 private key; `d` is the 32-byte seed. */
export interface PrivateJwk extends PublicJwk {
  d: string;
}

/** What can sign: a key in this process, or a KMS behind the same three members. */
export interface Signer {
  /** RFC 7638 thumbprint of the public key. */
  kid: string;
  publicJwk: PublicJwk;
  /** Ed25519 (RFC 8032, pure) over the bytes; 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** RFC 8410 PrivateKeyInfo of an Ed25519 seed, up to the seed. */
const PKCS8_PREFIX = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);

export function generateSigningKey(randomBytes: RandomBytes = systemRandomBytes): PrivateJwk {
  const seed = drawBytes(randomBytes, 32);
  return { kty: 'OKP', crv: 'Ed25519', x: publicX(seed), d: toBase64url(seed) };
}

/** RFC 7638 SHA-256 thumbprint, base64url: the key's `kid`. */
export function thumbprint(jwk: PublicJwk): string {
  return toBase64url(sha256(utf8(`{"crv":"${jwk.crv}","kty":"${jwk.kty}","x":"${jwk.x}"}`)));
}

/** The public members only. */
export function publicJwk(jwk: PublicJwk): PublicJwk {
  return { kty: jwk.kty, crv: jwk.crv, x: jwk.x };
}

/**
 * Accepts exactly {kty: "OKP", crv: "Ed25519", x}: a canonical point that is not of small order.
 * @throws AppError KEY_REFUSED
 */
export function checkPublicKey(jwk: unknown): asserts jwk is PublicJwk {
  checkMembers(jwk, ['crv', 'kty', 'x']);
  checkPoint(keyBytes(jwk.x));
}

/**
 * Accepts exactly {kty, crv, x, d} where `x` is the public key of `d`: signing with a foreign `x` would give
 * the private key away.
 * @throws AppError KEY_REFUSED
 */
export function checkPrivateKey(jwk: unknown): asserts jwk is PrivateJwk {
  checkMembers(jwk, ['crv', 'd', 'kty', 'x']);
  if (publicX(keyBytes(jwk.d)) !== jwk.x) {
    throw new AppError('KEY_REFUSED', 'the public key does not belong to the private key');
  }
}

/**
 * Signs with a key held in this process, on the calling thread: a signature takes 35 us, to hand it to Node's thread
 * pool takes as long, and there it would stand before the stores' writes.
 * @throws AppError KEY_REFUSED
 */
export function signerFromJwk(jwk: PrivateJwk): Signer {
  checkPrivateKey(jwk);
  const crypto = requireNodeCrypto();
  const key = privateKeyOf(keyBytes(jwk.d));
  return {
    kid: thumbprint(jwk),
    publicJwk: publicJwk(jwk),
    sign: async (bytes) => crypto.sign(null, bytes, key),
  };
}

function checkMembers(jwk: unknown, names: string[]): asserts jwk is Record<string, unknown> {
  if (typeof jwk !== 'object' || jwk === null || Object.keys(jwk).sort().join() !== names.join()) {
    throw new AppError('KEY_REFUSED', `a key has exactly the members ${names.join(', ')}`);
  }
  const { kty, crv } = jwk as Partial<PublicJwk>;
  if (kty !== 'OKP' || crv !== 'Ed25519') throw new AppError('KEY_REFUSED', 'not an Ed25519 key');
}

function keyBytes(text: unknown): Uint8Array {
  if (isBase64url(text, 32)) return fromBase64url(text);
  throw new AppError('KEY_REFUSED', 'a key has 32 bytes of canonical base64url');
}

function privateKeyOf(seed: Uint8Array) {
  const der = concat(PKCS8_PREFIX, seed);
  return requireNodeCrypto().createPrivateKey({
    key: Buffer.from(der),
    format: 'der',
    type: 'pkcs8',
  });
}

function publicX(seed: Uint8Array): string {
  const key = requireNodeCrypto().createPublicKey(privateKeyOf(seed));
  return key.export({ format: 'jwk' }).x as string;
}
