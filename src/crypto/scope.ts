import { AppError } from '../error.js';
import { isBase64url, toBase64url, utf8 } from './bytes.js';
import { isCid } from './cid.js';
import { hmacSha256 } from './digest.js';

/** The unit of granting, revoking and erasing. Plain data: it may be posted to a worker. */
export interface ScopeKey {
  /** 16 random bytes; says nothing about what is in the scope. */
  id: Uint8Array;
  /** Counts from 1; revoking starts a new one. */
  epoch: number;
  /** 32 random bytes from which the content keys of this epoch are derived. */
  kek: Uint8Array;
}

/** Which record version a key is for. */
export interface RecordVersion {
  /** The log's id: the CID of its genesis entry. */
  log: string;
  /** Of the record: 16 bytes, base64url. */
  rid: string;
  /** Counts from 1. */
  ver: number;
}

export interface ContentKey {
  /** 32 bytes; opens exactly one record version. */
  cek: Uint8Array;
  /** `cekc`, base64url: stands in the signed statement and binds the ciphertext to one key. */
  commitment: string;
  /** The commitment's first 16 bytes, base64url. */
  kid: string;
}

const EMPTY = new Uint8Array(0);
const pseudoRandomKeys = new WeakMap<ScopeKey, Uint8Array>();

/**
 * cek = HKDF-SHA256(ikm = kek, salt = empty, info = "provtrail/cek/v1" 00 log 00 rid 00 ver, 32 bytes), RFC 5869;
 * cekc = HMAC-SHA256(cek, "provtrail/cekc/v1" 00 rid 00 ver). `ver` is written in decimal.
 * @throws AppError KEY_REFUSED for a key of the wrong length, BAD_USER_INPUT for a malformed log, rid or ver
 */
export function deriveContentKey(
  scope: ScopeKey,
  log: string,
  rid: string,
  ver: number,
): ContentKey {
  checkVersion({ log, rid, ver });
  // one block of HKDF-Expand is the whole key, hence the single 01 behind the info
  const cek = hmacSha256(
    pseudoRandomKey(scope),
    utf8(`provtrail/cek/v1\0${log}\0${rid}\0${ver}\x01`),
  );
  const commitment = hmacSha256(cek, utf8(`provtrail/cekc/v1\0${rid}\0${ver}`));
  return { cek, commitment: toBase64url(commitment), kid: toBase64url(commitment.subarray(0, 16)) };
}

/** HKDF-Extract, once for each scope held in memory. */
function pseudoRandomKey(scope: ScopeKey): Uint8Array {
  let key = pseudoRandomKeys.get(scope);
  if (key === undefined) {
    if (scope.kek.length !== 32) throw new AppError('KEY_REFUSED', 'a scope key has 32 bytes');
    key = hmacSha256(EMPTY, scope.kek);
    pseudoRandomKeys.set(scope, key);
  }
  return key;
}

/** The parts are joined by 00, so none of them may contain one: each has exactly one shape. */
function checkVersion({ log, rid, ver }: RecordVersion): void {
  if (!isCid(log)) throw new AppError('BAD_USER_INPUT', 'the log is not a CID');
  if (!isBase64url(rid, 16))
    throw new AppError('BAD_USER_INPUT', 'the rid is not 16 bytes of base64url');
  if (!Number.isSafeInteger(ver) || ver < 1) {
    throw new AppError('BAD_USER_INPUT', 'the version is not a positive integer');
  }
}
