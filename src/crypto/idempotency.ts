import { toBase64url, utf8 } from './bytes.js';
import { hmacSha256 } from './digest.js';

/**
 * The statement nonce (16 bytes, base64url) of the index-th record sent under an idempotency key: the same again for
 * a retry, and without the secret nobody can tell from the ledger which records came together.
 */
export function nonceOf(secretMaster: Uint8Array, idempotencyKey: string, index: number): string {
  const mac = hmacSha256(secretMaster, utf8(`provtrail/nonce/v1\0${idempotencyKey}\0${index}`));
  return toBase64url(mac.subarray(0, 16));
}
