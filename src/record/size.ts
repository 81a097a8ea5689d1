import { RECORD_SIZE_MAX_BYTES } from '../crypto/seal.js';
import type { Findings } from './finding.js';

/** Refuses a record whose plaintext is larger than can be sealed. */
export function checkSize(text: string, found: Findings): void {
  if (text.length * 3 <= RECORD_SIZE_MAX_BYTES) return;
  if (Buffer.byteLength(text) <= RECORD_SIZE_MAX_BYTES) return;
  found.add(`a record is limited to ${RECORD_SIZE_MAX_BYTES} bytes`, [], 'TOO_LARGE');
}
