/**
 * The closed list of error codes. A code is a contract with clients: add, never rename.
 * Each entry: whether the same call may succeed later, and the HTTP status it maps to.
 */
export const ERROR_CODES = {
  // outside bytes
  EMPTY_INPUT: { retryable: false, status: 400 },
  MALFORMED_JSON: { retryable: false, status: 400 },
  DUPLICATE_MEMBER: { retryable: false, status: 400 },
  TOO_DEEP: { retryable: false, status: 400 },
  TOO_LARGE: { retryable: false, status: 413 },
  UNSUPPORTED_MEDIA_TYPE: { retryable: false, status: 415 },
  UNKNOWN_RESOURCE_TYPE: { retryable: false, status: 422 },
  INVALID_RECORD: { retryable: false, status: 422 },
  BATCH_ROLLED_BACK: { retryable: false, status: 422 },
  BAD_USER_INPUT: { retryable: false, status: 400 },
  BAD_CURSOR: { retryable: false, status: 400 },
  // seals and signatures
  NON_CANONICAL: { retryable: false, status: 400 },
  KEY_REFUSED: { retryable: false, status: 400 },
  SEAL_REFUSED: { retryable: false, status: 400 },
  SIGNATURE_REFUSED: { retryable: false, status: 400 },
  KEY_FILE_LOCKED: { retryable: false, status: 500 },
  // the ledger
  NONCE_REUSED: { retryable: false, status: 409 },
  ENTRY_REFUSED: { retryable: false, status: 400 },
  ENTRY_TOO_LARGE: { retryable: false, status: 413 },
  PROOF_REFUSED: { retryable: false, status: 400 },
  LOG_BUSY: { retryable: true, status: 503 },
  LOG_DIVERGED: { retryable: false, status: 500 },
  // stores and the host
  UNAVAILABLE: { retryable: true, status: 503 },
  STORE_FULL: { retryable: true, status: 507 },
  STORE_FAILED: { retryable: false, status: 500 },
  DATA_DIRECTORY_LOCKED: { retryable: true, status: 500 },
  DATA_DIRECTORY_EXISTS: { retryable: false, status: 500 },
  DATA_DIRECTORY_MISSING: { retryable: false, status: 500 },
  DATA_DIRECTORY_NEWER: { retryable: false, status: 500 },
  // callers
  UNAUTHENTICATED: { retryable: false, status: 401 },
  FORBIDDEN: { retryable: false, status: 403 },
  NOT_FOUND: { retryable: false, status: 404 },
  NOT_ACCEPTABLE: { retryable: false, status: 406 },
  GRAPHQL_PARSE_FAILED: { retryable: false, status: 400 },
  GRAPHQL_VALIDATION_FAILED: { retryable: false, status: 400 },
  PERSISTED_QUERY_NOT_FOUND: { retryable: true, status: 404 },
  QUERY_TOO_COMPLEX: { retryable: false, status: 400 },
  RATE_LIMITED: { retryable: true, status: 429 },
  DEADLINE: { retryable: true, status: 504 },
  SHUTTING_DOWN: { retryable: true, status: 503 },
  INTERNAL: { retryable: false, status: 500 },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What a code's message may carry beside it. Never record content: it is shown to callers and logged. */
export interface ErrorData {
  /** RFC 6901 pointer to the place in the input. */
  pointer?: string;
  /** What the caller can do about it. */
  hint?: string;
  [name: string]: string | number | boolean | undefined;
}

/** An expected failure. The message must be safe to show: no record content, no key material. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly data: ErrorData = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** True for an AppError of the given code (any code when none is given), across worker borders too. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
