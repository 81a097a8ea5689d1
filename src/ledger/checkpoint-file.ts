import { closeSync, fdatasync, fsync, open, openSync, writeSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { storeError } from '../level.js';

const [opened, synced, dataSynced] = [promisify(open), promisify(fsync), promisify(fdatasync)];

/** A sector, the most that every disk writes as a whole or not at all. */
const SECTOR_BYTES = 512;

/**
 * The last checkpoint shown to anyone, in a plain file beside the journal: a journal that lost its tail, or was
 * restored from a backup, does not take this file back with it, and is found out.
 *
 * One sector, filled up with line breaks and written over in place: each publication waits for this file, and so
 * does every answer to a capture. The first checkpoint, and one too long for a sector, replace the file instead.
 *
 * Consistency: on disk when `write` returns, and the old or the new checkpoint at every moment. One process writes.
 */
export class CheckpointFile {
  private readonly path: string;
  /** The file itself, when it is known to be one sector long. */
  private sector: number | undefined;

  constructor(private readonly directory: string) {
    this.path = join(directory, 'checkpoint');
  }

  /** The text, undefined when none was ever written. @throws AppError STORE_FAILED */
  async read(): Promise<string | undefined> {
    try {
      return (await readFile(this.path, 'utf8')).replace(/\n+$/, '\n');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw storeError(error);
    }
  }

  /** @throws AppError STORE_FULL, STORE_FAILED */
  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const isShort = bytes.length <= SECTOR_BYTES;
    try {
      if (!isShort) await this.replace(bytes);
      else if (this.sector === undefined) this.sector = await this.replace(padded(bytes));
      else await overwrite(this.sector, padded(bytes));
    } catch (error) {
      this.close();
      throw storeError(error);
    }
  }

  close(): void {
    if (this.sector !== undefined) closeSync(this.sector);
    this.sector = undefined;
  }

  /** @returns the new file, open, when it is one sector */
  private async replace(bytes: Uint8Array): Promise<number | undefined> {
    this.close();
    const draft = `${this.path}.new`;
    const file = await opened(draft, 'w', 0o644);
    try {
      writeSync(file, bytes);
      await synced(file);
      await rename(draft, this.path);
      await syncDirectory(this.directory);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    if (bytes.length === SECTOR_BYTES) return file;
    closeSync(file);
    return undefined;
  }
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(SECTOR_BYTES - bytes.length, '\n')]);
}

async function overwrite(file: number, bytes: Uint8Array): Promise<void> {
  writeSync(file, bytes, 0, bytes.length, 0);
  await dataSynced(file);
}

async function syncDirectory(path: string): Promise<void> {
  const directory = openSync(path, 'r');
  try {
    await synced(directory);
  } finally {
    closeSync(directory);
  }
}
