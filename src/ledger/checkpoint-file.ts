import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { storeError } from '../level.js';

/**
 * The last checkpoint shown to anyone, in a plain file beside the journal: a journal that lost its tail, or was
 * restored from a backup, does not take this file back with it, and is found out.
 *
 * Consistency: on disk when `write` returns, and the old or the new checkpoint at every moment.
 */
export class CheckpointFile {
  private readonly path: string;

  constructor(private readonly directory: string) {
    this.path = join(directory, 'checkpoint');
  }

  /** The text, undefined when none was ever written. @throws AppError STORE_FAILED */
  async read(): Promise<string | undefined> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw storeError(error);
    }
  }

  /** @throws AppError STORE_FULL, STORE_FAILED */
  async write(text: string): Promise<void> {
    try {
      const draft = `${this.path}.new`;
      await syncing(draft, 'w', (file) => file.writeFile(text));
      await rename(draft, this.path);
      await syncing(this.directory, 'r', async () => {});
    } catch (error) {
      throw storeError(error);
    }
  }
}

type Handle = Awaited<ReturnType<typeof open>>;

async function syncing(
  path: string,
  flags: string,
  work: (file: Handle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o644);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
