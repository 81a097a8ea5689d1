import { CommanderError } from 'commander';
import { AppError } from '../error.js';
import { hintFor } from './hint.js';
import type { Output } from './output.js';

/** Exit codes of every command; the verdicts of a verification add theirs. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

const SYSTEM_HINTS: Record<string, string> = {
  EADDRINUSE: 'another program listens there; choose another port with --port, 0 for any',
  EEXIST: 'it is there already, and nothing is overwritten',
  EACCES: 'this user may not do that there',
  ENOENT: 'a directory on the way there is missing',
  ENOSPC: 'the disk is full',
};

/** Says what went wrong, once, and gives the exit code for it. */
export function reportFailure(output: Output, error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { code, message, hint, pointer } = describe(error);
  if (output.json) output.result({ error: { code, message, hint, pointer } }, '');
  output.say(`provtrail: ${pointer === undefined ? '' : `${pointer}: `}${message} (${code})`);
  if (hint !== undefined) output.say(`  ${hint}`);
  return code === 'BAD_USER_INPUT' ? EXIT.usage : EXIT.failure;
}

interface Described {
  code: string;
  message: string;
  hint?: string;
  /** Where in the input, unless that is the whole of it. */
  pointer?: string;
}

function describe(error: unknown): Described {
  if (error instanceof AppError) {
    const { code, message, data } = error;
    const pointer = data.pointer === '' ? undefined : data.pointer;
    return { code, message, hint: data.hint ?? hintFor(code), pointer };
  }
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && code !== undefined) {
    const where = path === undefined ? '' : ` ${path}`;
    return { code, message: `${syscall}${where} failed`, hint: SYSTEM_HINTS[code] };
  }
  return {
    code: 'INTERNAL',
    message: `unexpected ${error instanceof Error ? error.name : typeof error}${placeOf(error)}`,
    hint: 'this is a fault of provtrail: please report it with the line above',
  };
}

/** Where it was thrown. Messages of unexpected errors may quote what was read, so they are not shown. */
function placeOf(error: unknown): string {
  const frame =
    error instanceof Error ? /\n\s+at .*?([\w.-]+:\d+):\d+\)?/.exec(error.stack ?? '') : null;
  return frame ? ` at ${frame[1]}` : '';
}
