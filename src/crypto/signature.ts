import { fromBase64url } from './bytes.js';
import { LruMap } from './lru.js';
import { isReducedScalar, pointFault } from './point.js';
import type { PublicJwk } from './signing-key.js';

const IMPORTED_MAX = 1000;
const imported = new LruMap<string, Promise<CryptoKey | undefined>>(IMPORTED_MAX);

/**
 * Verifies an Ed25519 signature (RFC 8032, without cofactor) by WebCrypto, after checks of our own in which runtimes
 * differ: 64 bytes, S below L, key and R canonical and not of small order. Never throws for bad input.
 */
export async function verifySignature(
  jwk: PublicJwk,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64 || !isReducedScalar(signature, 32)) return false;
  if (pointFault(signature) !== undefined) return false;
  const key = await importKey(jwk);
  if (key === undefined) return false;
  return await globalThis.crypto.subtle.verify('Ed25519', key, owned(signature), owned(bytes));
}

/** The imported key, or undefined for one that is refused. Imports cost as much as a verification, so they are kept. */
function importKey(jwk: PublicJwk): Promise<CryptoKey | undefined> {
  const { x } = jwk;
  let key = imported.get(x);
  if (key === undefined) {
    key = importPoint(x);
    imported.set(x, key);
  }
  return key;
}

async function importPoint(x: string): Promise<CryptoKey | undefined> {
  try {
    const point = fromBase64url(x);
    if (point.length !== 32 || pointFault(point) !== undefined) return undefined;
    return await globalThis.crypto.subtle.importKey('raw', owned(point), 'Ed25519', false, [
      'verify',
    ]);
  } catch {
    return undefined;
  }
}

/** The DOM types exclude shared memory, which is never used here. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
