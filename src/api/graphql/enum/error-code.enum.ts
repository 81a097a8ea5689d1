import { registerEnumType } from 'type-graphql';
import { ERROR_CODES, type ErrorCode } from '../../../error.js';

/** One line for each code, for the schema: the compiler misses none. */
const DESCRIPTIONS: Record<ErrorCode, string> = {
  EMPTY_INPUT: 'There is nothing in what was sent.',
  MALFORMED_JSON: 'It is not JSON.',
  DUPLICATE_MEMBER: 'A JSON object names a member twice.',
  TOO_DEEP: 'It is nested too deeply.',
  TOO_LARGE: 'It is larger than what is taken; the message names the limit.',
  UNSUPPORTED_MEDIA_TYPE: 'Its media type is not read here.',
  UNKNOWN_RESOURCE_TYPE: 'It is not a kind of record that is known here.',
  INVALID_RECORD: 'The record breaks a rule of its standard; the pointer shows where.',
  BATCH_ROLLED_BACK: 'Another record of the same call was refused, so this one was not captured.',
  BAD_USER_INPUT: 'An argument is not what the description of it says.',
  BAD_CURSOR: 'The cursor was not made for this question, or not for this viewer.',
  NON_CANONICAL: 'It is not in the one spelling that is signed.',
  KEY_REFUSED: 'The key is not one that may be used.',
  SEAL_REFUSED: 'The seal does not hold.',
  SIGNATURE_REFUSED: 'The signature does not hold.',
  KEY_FILE_LOCKED: 'The key file cannot be opened with this passphrase.',
  NONCE_REUSED: 'The same key of idempotency was used before, for something else.',
  ENTRY_REFUSED: 'The log does not take this statement.',
  ENTRY_TOO_LARGE: 'The statement is larger than an entry may be.',
  PROOF_REFUSED: 'The proof does not hold.',
  LOG_BUSY: 'Too much is waiting to be sequenced; send it again.',
  LOG_DIVERGED: 'The log does not agree with what it signed before; it signs nothing more.',
  UNAVAILABLE: 'It cannot be reached now.',
  STORE_FULL: 'The disk is full.',
  STORE_FAILED: 'The disk failed.',
  DATA_DIRECTORY_LOCKED: 'Another process has the data directory open.',
  DATA_DIRECTORY_EXISTS: 'There is a data directory already.',
  DATA_DIRECTORY_MISSING: 'There is no data directory.',
  DATA_DIRECTORY_NEWER: 'The data directory was written by a later version.',
  UNAUTHENTICATED: 'A token is needed, or the one sent is not good.',
  FORBIDDEN: 'The caller may not do this.',
  NOT_FOUND: 'There is no such thing, or none this viewer may know of.',
  NOT_ACCEPTABLE: 'It is not given in the form asked for; the message names the header.',
  GRAPHQL_PARSE_FAILED: 'The query is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The query does not fit the schema.',
  PERSISTED_QUERY_NOT_FOUND: 'No query is known by this hash; send its text.',
  QUERY_TOO_COMPLEX: 'The query asks for too much at once.',
  RATE_LIMITED: 'Too many requests; wait a while.',
  DEADLINE: 'The time for the request was over.',
  SHUTTING_DOWN: 'The node is stopping.',
  INTERNAL: 'Something went wrong here; the request id finds it in our log.',
};

export const ErrorCodeEnum = Object.fromEntries(
  Object.keys(ERROR_CODES).map((code) => [code, code]),
) as Record<ErrorCode, ErrorCode>;

registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'The closed list of what can go wrong; errors carry it as `extensions.code`.',
  valuesConfig: Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([code, description]) => [code, { description }]),
  ) as Record<ErrorCode, { description: string }>,
});
