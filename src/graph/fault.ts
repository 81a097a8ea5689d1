import { isAppError } from '../error.js';

/** What may be logged of an error: the message of one that is not ours could quote a record. */
export function describeFault(error: unknown): object {
  if (isAppError(error)) return { code: error.code, reason: error.message };
  const { name = typeof error, stack = '' } = error instanceof Error ? error : {};
  const at = stack.split('\n').filter((line) => line.startsWith('    at '));
  return { code: 'INTERNAL', reason: name, at: at.slice(0, 4).map((line) => line.trim()) };
}
