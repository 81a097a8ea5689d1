import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a new file that only this user may read: durable on return, its name with it. Never overwrites, and leaves no
 * half of it behind, which would stand in the way of the next attempt.
 *
 * @throws the system's error, EEXIST when there is one already
 */
export async function writeNewFile(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  if (process.platform !== 'win32') await syncDirectory(dirname(path));
}

/** The file's name is durable only when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
