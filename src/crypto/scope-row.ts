import { AppError } from '../error.js';
import { concat, equalBytes, utf8 } from './bytes.js';
import { hmacSha256 } from './digest.js';
import { drawBytes, type RandomBytes } from './random.js';
import type { ScopeKey } from './scope.js';
import { ValueSeal } from './value-seal.js';

export interface Row {
  key: Uint8Array;
  value: Uint8Array;
}

export const SCOPE_ID_BYTES = 16;
const KEK_BYTES = 32;
const MASTER_BYTES = 32;
const LABEL = Uint8Array.of(1);
const SCOPE = Uint8Array.of(2);
const CHECK = utf8('provtrail/keyring/v1');

/** The keys between which the scope rows lie. */
export const SCOPE_RANGE = { gte: SCOPE, lt: Uint8Array.of(3) };
export const CHECK_KEY = Uint8Array.of(0);

/**
 * How the keyring lies on disk, with nothing readable but random ids and epochs:
 *
 *     00                     -> sealed check value
 *     01 HMAC(label)         -> sealed { id, epoch }      the label's scope and its present epoch
 *     02 id epoch            -> sealed { kek, label }
 */
export class ScopeRows {
  private readonly values: ValueSeal;
  private readonly labelKey: Uint8Array;

  /** @param master 32 bytes @throws AppError KEY_REFUSED */
  constructor(master: Uint8Array, randomBytes: RandomBytes) {
    if (master.length !== MASTER_BYTES) {
      throw new AppError('KEY_REFUSED', 'a master key has 32 bytes');
    }
    this.values = new ValueSeal(hmacSha256(master, utf8('provtrail/keyring/seal/v1')), randomBytes);
    this.labelKey = hmacSha256(master, utf8('provtrail/keyring/label/v1'));
  }

  formatCheck(): Row {
    return { key: CHECK_KEY, value: this.values.seal(CHECK_KEY, CHECK) };
  }

  /** Whether the check value was written under this master key. */
  isOwn(check: Uint8Array): boolean {
    try {
      return equalBytes(this.values.open(CHECK_KEY, check), CHECK);
    } catch {
      return false;
    }
  }

  labelKeyOf(label: string): Uint8Array {
    return concat(LABEL, hmacSha256(this.labelKey, encodeLabel(label)));
  }

  formatLabel(label: string, { id, epoch }: ScopeKey): Row {
    const key = this.labelKeyOf(label);
    return { key, value: this.values.seal(key, concat(id, encodeEpoch(epoch))) };
  }

  /** The scope a label row names. @throws AppError STORE_FAILED */
  openLabel(key: Uint8Array, value: Uint8Array): Pick<ScopeKey, 'id' | 'epoch'> {
    const bytes = this.open(key, value);
    const epoch = new DataView(bytes.buffer, bytes.byteOffset + SCOPE_ID_BYTES, 4).getUint32(0);
    return { id: bytes.slice(0, SCOPE_ID_BYTES), epoch };
  }

  formatScope(label: string, { id, epoch, kek }: ScopeKey): Row {
    const key = scopeKeyOf(id, epoch);
    return { key, value: this.values.seal(key, concat(kek, encodeLabel(label))) };
  }

  /** The key of a scope row. @throws AppError STORE_FAILED */
  openScope(id: Uint8Array, epoch: number, value: Uint8Array): ScopeKey {
    const kek = this.open(scopeKeyOf(id, epoch), value).slice(0, KEK_BYTES);
    return { id: id.slice(), epoch, kek };
  }

  private open(key: Uint8Array, value: Uint8Array): Uint8Array {
    try {
      // a copy of its own: node hands out views of a shared pool, which a worker message would carry along
      return new Uint8Array(this.values.open(key, value));
    } catch (error) {
      throw new AppError('STORE_FAILED', 'a key in the keyring is damaged', {}, { cause: error });
    }
  }
}

/** Random bytes make a new scope; every array has a buffer of its own. */
export function createScope(randomBytes: RandomBytes): ScopeKey {
  const id = new Uint8Array(drawBytes(randomBytes, SCOPE_ID_BYTES));
  const kek = new Uint8Array(drawBytes(randomBytes, KEK_BYTES));
  return { id, epoch: 1, kek };
}

export function scopeKeyOf(id: Uint8Array, epoch: number): Uint8Array {
  return concat(SCOPE, id, encodeEpoch(epoch));
}

/** As JSON, which spells lone surrogates apart where UTF-8 would make them all one. */
function encodeLabel(label: string): Uint8Array {
  return utf8(JSON.stringify(label));
}

function encodeEpoch(epoch: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, epoch);
  return bytes;
}
