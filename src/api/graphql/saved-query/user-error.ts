import { isAppError } from '../../../error.js';
import type { UserErrorType } from '../capture/capture.type.js';

/** Arguments the watch room names by pointer. */
const ARGUMENT = /^\/(name|description|url|from|filter)$/;

/**
 * What a caller can do something about is data. Who may do nothing here, and what says nothing of the input, stays an
 * error.
 *
 * @param path of the argument that is meant when the error names none
 */
export function userErrorsOf(error: unknown, path: string[]): UserErrorType[] {
  if (!isAppError(error) || error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') {
    throw error;
  }
  if (error.status >= 500 && error.code !== 'UNAVAILABLE') throw error;
  const { code, message, data } = error;
  const [, name] = ARGUMENT.exec(data.pointer ?? '') ?? [];
  if (name !== undefined) return [{ code, message, path: ['input', name], pointer: null }];
  return [{ code, message, path, pointer: data.pointer ?? null }];
}
