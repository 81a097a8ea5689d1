import { fromUtf8, toHex, utf8 } from '../crypto/bytes.js';
import { decodeCanonical, encodeCanonical, type Canonical } from '../crypto/canonical.js';
import { sha256 } from '../crypto/digest.js';
import { thumbprint, type PublicJwk } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import type { Authority } from './authority.js';
import { fromBase64, toBase64 } from './base64.js';
import type { Head } from './journal.js';

/*
 * The two small records that are rewritten with each group. Unlike entries and tiles, nothing in the tree vouches
 * for them, so each carries its own checksum: canonical JSON, newline, SHA-256 in hexadecimal.
 */

const CHECKSUM_LENGTH = 1 + 64;
const RECORD_SIZE_MAX_BYTES = 16 * 1024 * 1024;

export function encodeHead(head: Head): Uint8Array {
  return withChecksum({ ...head, root: toBase64(head.root) });
}

/** @throws AppError STORE_FAILED when the record is damaged */
export function decodeHead(bytes: Uint8Array): Head {
  const head = checked(bytes, 'head') as unknown as Omit<Head, 'root'> & { root: string };
  return { ...head, root: fromBase64(head.root) };
}

export function encodeAuthority({ logKey, inception, authors, revoked }: Authority): Uint8Array {
  return withChecksum({
    logKey: { ...logKey },
    inception,
    authors: [...authors.values()].map((jwk) => ({ ...jwk })),
    revoked: [...revoked],
  });
}

/** @throws AppError STORE_FAILED when the record is damaged */
export function decodeAuthority(bytes: Uint8Array): Authority {
  const stored = checked(bytes, 'authority') as unknown as {
    logKey: PublicJwk;
    inception: number;
    authors: PublicJwk[];
    revoked: string[];
  };
  return {
    logKey: stored.logKey,
    inception: stored.inception,
    authors: new Map(stored.authors.map((jwk) => [thumbprint(jwk), jwk])),
    revoked: new Set(stored.revoked),
  };
}

function withChecksum(value: Canonical): Uint8Array {
  const text = encodeCanonical(value);
  return utf8(`${text}\n${toHex(sha256(utf8(text)))}`);
}

function checked(bytes: Uint8Array, place: string): Canonical {
  try {
    const text = fromUtf8(bytes);
    const body = text.slice(0, -CHECKSUM_LENGTH);
    const value = decodeCanonical(body, { sizeMaxBytes: RECORD_SIZE_MAX_BYTES });
    if (text === `${body}\n${toHex(sha256(utf8(body)))}`) return value;
  } catch {
    // whatever the decoder says of damaged bytes, they are damaged
  }
  throw new AppError('STORE_FAILED', `the stored ${place} is damaged`, {
    place,
    hint: 'restore the data directory from a backup, then run provtrail verify',
  });
}
