import { open, rm } from 'node:fs/promises';

/**
 * Writes a new file that only this user may read, for content is in the clear in it. Never overwrites, and leaves no
 * half of it behind.
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
}
