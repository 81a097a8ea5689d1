import { toBase64url, utf8 } from './bytes.js';
import { hmacSha256 } from './digest.js';

const ID_BYTES = 16;

/**
 * The record (16 bytes, base64url) that an identity stands for: always the same, and without the secret nobody can
 * tell from the ledger what a record is known by, nor confirm a guess.
 */
export function ridOf(secretMaster: Uint8Array, identity: string): string {
  return macOf(secretMaster, `provtrail/rid/v1\0${identity}`);
}

/**
 * The statement nonce (16 bytes, base64url) of a record's version. There is one for each, whoever states it: two who
 * state the same version cannot both be taken, and which versions there are can be looked up.
 */
export function nonceOf(secretMaster: Uint8Array, rid: string, ver: number): string {
  return macOf(secretMaster, `provtrail/nonce/v2\0${rid}\0${ver}`);
}

/** What is remembered of the idempotency key (16 bytes, base64url) that a version was captured under. */
export function callOf(secretMaster: Uint8Array, idempotencyKey: string): string {
  return macOf(secretMaster, `provtrail/call/v1\0${idempotencyKey}`);
}

function macOf(secretMaster: Uint8Array, text: string): string {
  return toBase64url(hmacSha256(secretMaster, utf8(text)).subarray(0, ID_BYTES));
}
