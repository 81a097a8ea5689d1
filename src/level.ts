import { mkdirSync } from 'node:fs';
import { ClassicLevel, type OpenOptions } from 'classic-level';
import { AppError, isAppError } from './error.js';

/** A LevelDB of bytes to bytes. Batches with `{sync: true}` are atomic and on disk when they return. */
export type Level = ClassicLevel<Uint8Array, Uint8Array>;

/**
 * Opens a LevelDB; its lock file is what keeps a second process out of a data directory.
 * Values are ciphertext and hashes, so nothing is won by compressing them.
 *
 * @throws AppError DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED
 */
export async function openLevel(directory: string, options: OpenOptions = {}): Promise<Level> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const level: Level = new ClassicLevel(directory, {
      keyEncoding: 'view',
      valueEncoding: 'view',
    });
    await level.open({ compression: false, writeBufferSize: 16 * 1024 * 1024, ...options });
    return level;
  } catch (error) {
    throw storeError(error);
  }
}

/** Names what a store said: every failure of LevelDB or the file system becomes one of our codes. */
export function storeError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const text = chainOf(error);
  if (/LEVEL_LOCKED|already held by process|EAGAIN/.test(text)) {
    return new AppError(
      'DATA_DIRECTORY_LOCKED',
      'another process has this data directory open',
      { hint: 'stop the other provtrail process, or use --url to talk to it' },
      { cause: error },
    );
  }
  if (/ENOSPC|EDQUOT|EFBIG|No space left|quota exceeded|File too large/i.test(text)) {
    return new AppError(
      'STORE_FULL',
      'the disk is full',
      { hint: 'free some space, then send the same request again' },
      { cause: error },
    );
  }
  return new AppError(
    'STORE_FAILED',
    'the store could not complete the operation',
    { hint: 'look at the disk, then run provtrail verify' },
    { cause: error },
  );
}

interface ErrorLike {
  code?: unknown;
  message?: unknown;
  cause?: unknown;
}

/** Codes and messages down the causes. Not by `instanceof`: native errors may be of another realm. */
function chainOf(error: unknown): string {
  const parts: string[] = [];
  for (let at = error as ErrorLike | undefined; at && parts.length < 16; at = at.cause as ErrorLike) {
    parts.push(String(at.code ?? ''), String(at.message ?? ''));
  }
  return parts.join(' ');
}
