import { fromUtf8, utf8 } from '../crypto/bytes.js';
import { decodeCanonical } from '../crypto/canonical.js';
import { cidOf } from '../crypto/cid.js';
import { AppError } from '../error.js';
import { encodeSigned, type SignedStatement } from './statement.js';

/** A leaf of a log (FORMATS section 4). */
export interface Entry {
  v: 1;
  /** Position in the log, from 0. */
  seq: number;
  /** CID of the entry before, "" for the first. */
  prev: string;
  /** When it was sequenced, by the log's clock; ms since the epoch, never less than the entry before. */
  at: number;
  statement: SignedStatement;
}

export const ENTRY_SIZE_MAX_BYTES = 65_535;

const INTEGER = '(0|[1-9][0-9]{0,15})';
const BASE64URL = '([A-Za-z0-9_-]+)';
/** The one spelling an entry can have: members in JCS order, and no character that JSON would escape. */
const SHAPE = new RegExp(
  `^\\{"at":${INTEGER},"prev":"(|bagaaiera[a-z2-7]{51}[aq])","seq":${INTEGER},` +
    `"statement":\\{"payload":"${BASE64URL}","protected":"${BASE64URL}","signature":"${BASE64URL}"\\},"v":1\\}$`,
);

/** JCS text of the entry, put together by hand: all its strings are base64url and CIDs. */
export function encodeEntry({ seq, prev, at, statement }: Entry): Uint8Array {
  return utf8(formatEntry(seq, prev, at, encodeSigned(statement)));
}

/** The entry's text around the JCS text of its statement. */
export function formatEntry(seq: number, prev: string, at: number, signed: string): string {
  return `{"at":${at},"prev":"${prev}","seq":${seq},"statement":${signed},"v":1}`;
}

/**
 * Reads an entry. Nothing is parsed that does not have exactly the expected shape, so nesting, duplicate
 * members, other spellings and `__proto__` have nowhere to stand.
 * @throws AppError ENTRY_TOO_LARGE, NON_CANONICAL, MALFORMED_JSON, TOO_DEEP, ENTRY_REFUSED
 */
export function decodeEntry(bytes: Uint8Array): Entry {
  if (bytes.length > ENTRY_SIZE_MAX_BYTES) {
    throw new AppError('ENTRY_TOO_LARGE', `an entry has at most ${ENTRY_SIZE_MAX_BYTES} bytes`, {
      limit: ENTRY_SIZE_MAX_BYTES,
    });
  }
  const text = fromUtf8(bytes);
  const match = SHAPE.exec(text);
  const at = Number(match?.[1]);
  const seq = Number(match?.[3]);
  if (match === null || !Number.isSafeInteger(at) || !Number.isSafeInteger(seq)) {
    throw faultOf(text);
  }
  const [, , prev = '', , payload = '', header = '', signature = ''] = match;
  return { v: 1, seq, prev, at, statement: { payload, protected: header, signature } };
}

/** The entry's address. */
export function entryCid(bytes: Uint8Array): string {
  return cidOf(bytes);
}

/** Why a text is no entry: what canonical JSON says of it, or else its members. */
function faultOf(text: string): AppError {
  const value = decodeCanonical(text);
  const isObject = typeof value === 'object' && !Array.isArray(value);
  if (isObject && Object.hasOwn(value, 'v') && value['v'] !== 1) {
    return new AppError('ENTRY_REFUSED', 'unknown entry version', { pointer: '/v' });
  }
  return new AppError('ENTRY_REFUSED', 'not an entry: its members are not those expected');
}
