import { fromBase64url, toBase64url } from '../crypto/bytes.js';
import { AppError } from '../error.js';

/** Base 64 of RFC 4648 section 4, with padding, as notes and checkpoints are written. */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/**
 * Canonical only: full padding, no stray bits, no other alphabet.
 * @throws AppError NON_CANONICAL
 */
export function fromBase64(text: string): Uint8Array {
  const url = text
    .replace(/={1,2}$/, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const bytes = fromBase64url(url);
  if (toBase64(bytes) !== text) throw new AppError('NON_CANONICAL', 'not canonical base64');
  return bytes;
}
