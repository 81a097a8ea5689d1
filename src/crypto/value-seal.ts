import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { AppError } from '../error.js';
import { concat } from './bytes.js';
import { drawBytes, type RandomBytes } from './random.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals small values at rest. Each is bound to the place it lies in, so that two cannot be swapped. */
export class ValueSeal {
  private readonly key: KeyObject;

  constructor(
    key: Uint8Array,
    private readonly randomBytes: RandomBytes,
  ) {
    this.key = createSecretKey(key);
  }

  /** iv (12 bytes), ciphertext, tag (16 bytes). */
  seal(place: Uint8Array, value: Uint8Array): Uint8Array {
    const iv = drawBytes(this.randomBytes, IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(place);
    const ciphertext = cipher.update(value);
    cipher.final();
    return concat(iv, ciphertext, cipher.getAuthTag());
  }

  /** @throws AppError SEAL_REFUSED */
  open(place: Uint8Array, sealed: Uint8Array): Uint8Array {
    try {
      const iv = sealed.subarray(0, IV_BYTES);
      const decipher = createDecipheriv(ALGORITHM, this.key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(place);
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const value = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
      decipher.final();
      return value;
    } catch {
      throw new AppError('SEAL_REFUSED', 'a stored value does not open');
    }
  }
}
