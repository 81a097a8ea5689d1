import { mkdirSync } from 'node:fs';
import { ClassicLevel, type OpenOptions } from 'classic-level';
import { AppError, isAppError } from './error.js';

/** A LevelDB of bytes to bytes. */
export type Level = ClassicLevel<Uint8Array, Uint8Array>;

/** One operation of a batch. */
export type LevelWrite =
  { type: 'put'; key: Uint8Array; value: Uint8Array } | { type: 'del'; key: Uint8Array };

/** Stores whose last write failed: their write-ahead log may end in half a record. */
const torn = new WeakSet<Level>();

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
      compression: false,
      writeBufferSize: 8 * 1024 * 1024,
      ...options,
    });
    await level.open();
    return level;
  } catch (error) {
    throw storeError(error);
  }
}

/**
 * Writes all or none, on disk when it returns. After a failure the store must be healed before it is written
 * again: LevelDB would append behind the half-written record, and lose what follows at the next start.
 *
 * @throws AppError STORE_FULL (retryable), STORE_FAILED. Either way the batch may turn out to be on disk.
 */
export function writeSynced(level: Level, operations: LevelWrite[]): Promise<void> {
  return write(level, operations, true);
}

/** The same, in the hands of the system when it returns: it outlives the process, perhaps not the machine. */
export function writeSoon(level: Level, operations: LevelWrite[]): Promise<void> {
  return write(level, operations, false);
}

async function write(level: Level, operations: LevelWrite[], sync: boolean): Promise<void> {
  await healLevel(level);
  try {
    // put by put: LevelDB takes a list of operations apart at twice the price
    const batch = level.batch();
    for (const operation of operations) {
      if (operation.type === 'put') batch.put(operation.key, operation.value);
      else batch.del(operation.key);
    }
    await batch.write({ sync });
  } catch (error) {
    torn.add(level);
    throw storeError(error);
  }
}

/** Opens a store anew after a failed write, so that it holds what is on disk. Says whether it had to. */
export async function healLevel(level: Level): Promise<boolean> {
  if (!torn.has(level)) return false;
  try {
    await level.close();
    await level.open();
  } catch (error) {
    throw storeError(error);
  }
  torn.delete(level);
  return true;
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
  for (
    let at = error as ErrorLike | undefined;
    at && parts.length < 16;
    at = at.cause as ErrorLike
  ) {
    parts.push(String(at.code ?? ''), String(at.message ?? ''));
  }
  return parts.join(' ');
}
