import { CID } from 'multiformats/cid';
import { AppError } from '../error.js';
import { sha256 } from './digest.js';

/** "b" for base32, then the five bytes 01 (CIDv1) 8004 (json) 12 (sha2-256) 20 (32 bytes), exactly 8 characters. */
const PREFIX = 'bagaaiera';
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** 51 free characters; the last of the 52 carries one bit, hence only `a` or `q`. */
const SHAPE = /^bagaaiera[a-z2-7]{51}[aq]$/;
const PAIRS = Array.from(
  { length: 1024 },
  (_, i) => ALPHABET.charAt(i >> 5) + ALPHABET.charAt(i & 31),
);

/** The address of the bytes: CIDv1, codec json, sha2-256, base32 lower case. */
export function cidOf(bytes: Uint8Array): string {
  return formatCid(sha256(bytes));
}

/**
 * The CID of the bytes that have this SHA-256 digest. Assembled here because it is computed three times a
 * record; a test holds it equal to multiformats.
 */
export function formatCid(digest: Uint8Array): string {
  let text = PREFIX;
  for (let i = 0; i < 30; i += 5) {
    const high = (digest[i]! << 12) | (digest[i + 1]! << 4) | (digest[i + 2]! >> 4);
    const low = ((digest[i + 2]! & 15) << 16) | (digest[i + 3]! << 8) | digest[i + 4]!;
    text += PAIRS[high >> 10]! + PAIRS[high & 1023]! + PAIRS[low >> 10]! + PAIRS[low & 1023]!;
  }
  const rest = ((digest[30]! << 8) | digest[31]!) << 4;
  return text + PAIRS[rest >> 10]! + PAIRS[rest & 1023]!;
}

/** True for exactly the CIDs `cidOf` can make: one spelling per digest, identity and sha-1 hashes least of all. */
export function isCid(text: unknown): text is string {
  return typeof text === 'string' && SHAPE.test(text);
}

/** @throws AppError BAD_USER_INPUT for any other version, codec, hash, base or spelling */
export function parseCid(text: string): CID {
  if (!isCid(text)) {
    throw new AppError('BAD_USER_INPUT', 'not a CID of this system', {
      hint: 'use a CIDv1 of codec json and hash sha2-256 in lower-case base32: it begins with "bagaaiera"',
    });
  }
  return CID.parse(text);
}
