import { AppError } from '../error.js';

/**
 * What DuckDB says went wrong: it tells the kind by the first words of the message
 * (https://duckdb.org/docs/stable/dev/error_handling).
 */
function messageOf(error: unknown): string {
  return isErrorLike(error) ? error.message : '';
}

/** An error of the binding may come from another realm than ours: it is no instance of our Error. */
function isErrorLike(error: unknown): error is Error {
  return typeof (error as { message?: unknown } | undefined)?.message === 'string';
}

export function isInterrupt(error: unknown): boolean {
  return messageOf(error).startsWith('INTERRUPT');
}

/** The disk is full or not to be had: not the file's fault, so it is not thrown away. */
export function isHostFault(error: unknown): boolean {
  const message = messageOf(error);
  const code = (error as { code?: unknown } | undefined)?.code;
  return (
    isFull(message) ||
    typeof code === 'string' ||
    /permission denied|set lock on file|too many open files/i.test(message)
  );
}

/** DuckDB's messages may quote values: only the kind of what went wrong is told on. */
export function fromDuckDb(error: unknown): unknown {
  if (!isErrorLike(error) || error instanceof AppError) return error;
  const { message } = error;
  const store = { store: 'facts' };
  if (isInterrupt(error)) return new AppError('DEADLINE', 'the question was broken off');
  if (/^Out of Memory/i.test(message) && !isFull(message)) {
    return new AppError('QUERY_TOO_COMPLEX', 'the question needs more memory than it may have', {
      ...store,
      hint: 'ask for less at once',
    });
  }
  if (isFull(message)) return new AppError('STORE_FULL', 'no room left for the facts', store);
  const isDamaged = isDamage(message);
  return new AppError(
    'STORE_FAILED',
    isDamaged ? 'the facts are damaged and must be rebuilt' : 'the facts failed',
    { ...store, isDamaged, kind: /^[A-Za-z ]{1,30}Error(?=:)/.exec(message)?.[0] },
    { cause: error },
  );
}

/** What a sound file does not say; the process may have to let go of it. */
function isDamage(message: string): boolean {
  return /^(?:FATAL|INTERNAL|IO|Serialization|Corrupt)/i.test(message);
}

function isFull(message: string): boolean {
  return /no space left on device|disk full|max_temp_directory_size/i.test(message);
}
