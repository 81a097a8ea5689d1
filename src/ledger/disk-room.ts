import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../error.js';

/** For LevelDB's new manifest and our checkpoint. */
const SPARE_SIZE_BYTES = 1024 * 1024;

/**
 * Checks that a LevelDB can be opened again in this directory: opening writes the whole write-ahead log anew, as a table.
 * A store that was closed and then found no room to open would be lost to its readers as well.
 *
 * @throws AppError STORE_FULL
 */
export async function requireRoom(directory: string, spare = SPARE_SIZE_BYTES): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.log'));
  const logs = await Promise.all(names.map((name) => stat(join(directory, name))));
  const needed = logs.reduce((sum, { size }) => sum + size, spare);
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize >= needed) return;
  throw new AppError('STORE_FULL', 'the disk is full', {
    hint: 'free some space, then send the same request again',
    neededBytes: needed,
  });
}
