import { AppError } from '../error.js';

const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
const SQLITE_IOERR_SHORT_READ = 522;

/**
 * Primary result code of a node:sqlite error, or undefined for any other error.
 * See https://sqlite.org/rescode.html
 */
function resultCode(error: unknown): number | undefined {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode : undefined;
}

/** True when the file is not a sound SQLite database, whatever else may be wrong. */
export function isCorruption(error: unknown): boolean {
  const code = resultCode(error);
  if (code === undefined) return false;
  const primary = code & 0xff;
  return (
    primary === SQLITE_CORRUPT || primary === SQLITE_NOTADB || code === SQLITE_IOERR_SHORT_READ
  );
}

/** SQLite's own messages stay inside: the cause is for the log, the message for the caller. */
export function fromSqlite(error: unknown): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  if (isCorruption(error)) {
    return new AppError(
      'STORE_FAILED',
      'the index is damaged and must be rebuilt',
      { store: 'graph', isDamaged: true },
      { cause: error },
    );
  }
  if ((code & 0xff) === SQLITE_FULL) {
    return new AppError('STORE_FULL', 'no room left for the index', { store: 'graph' });
  }
  const message =
    (code & 0xff) === SQLITE_IOERR ? 'the index cannot be read or written' : 'the index failed';
  return new AppError(
    'STORE_FAILED',
    message,
    { store: 'graph', sqliteCode: code },
    { cause: error },
  );
}

/** True for the error of a damaged index, on either side of a worker border: rebuild, do not retry. */
export function isDamagedIndex(error: unknown): boolean {
  return error instanceof AppError && error.data.isDamaged === true;
}

/** Runs `work`, turning SQLite's errors into ours. */
export function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fromSqlite(error);
  }
}
