import { utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';

/** First byte of a key in the store: what the key is of. */
export const KIND = { authority: 0x61, entry: 0x65, head: 0x68, nonce: 0x6e, tile: 0x74 } as const;

const NONCE_HASH_BYTES = 16;

export const HEAD_KEY = Uint8Array.of(KIND.head);
export const AUTHORITY_KEY = Uint8Array.of(KIND.authority);

/** Big-endian, so that the store keeps entries in the order of the log. */
export function entryKey(seq: number): Uint8Array {
  return withNumber(1, KIND.entry, seq);
}

export function tileKey(level: number, index: number): Uint8Array {
  const key = withNumber(2, KIND.tile, index);
  key[1] = level;
  return key;
}

/**
 * Half a hash: these keys are scattered over the whole index, which the store sorts anew again and again, so each
 * byte of them counts. Whoever finds one looks at the entry it leads to.
 */
export function nonceKey(author: string, nonce: string): Uint8Array {
  const key = new Uint8Array(1 + NONCE_HASH_BYTES);
  key[0] = KIND.nonce;
  key.set(sha256(utf8(`${author} ${nonce}`)).subarray(0, NONCE_HASH_BYTES), 1);
  return key;
}

/** The number at the end of an entry's or a tile's key, or of a position. */
export function numberOf(key: Uint8Array): number {
  return readNumber(key, key.length - 8);
}

/** What stands under a nonce's key: the position of the entry that used it. */
export function encodePosition(seq: number): Uint8Array {
  const value = new Uint8Array(8);
  writeNumber(value, 0, seq);
  return value;
}

function withNumber(offset: number, kind: number, value: number): Uint8Array {
  const key = new Uint8Array(offset + 8);
  key[0] = kind;
  writeNumber(key, offset, value);
  return key;
}

function writeNumber(bytes: Uint8Array, offset: number, value: number): void {
  let rest = value;
  for (let i = offset + 7; i >= offset; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function readNumber(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let i = offset; i < offset + 8; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}
