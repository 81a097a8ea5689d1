import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** Takes a chunk, no faster than it can be written. */
export type Write = (chunk: string | Uint8Array) => Promise<void>;

/** Mode 0600, because content is in the clear here; never overwrites, and leaves no half of an export behind. */
export async function writeExportFile<Result>(
  path: string,
  work: (write: Write) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, 'wx', 0o600);
  const stream = file.createWriteStream({ flush: true });
  try {
    const result = await work((chunk) => writeTo(stream, chunk));
    stream.end();
    await finished(stream);
    return result;
  } catch (error) {
    stream.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

async function writeTo(stream: WriteStream, chunk: string | Uint8Array): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (!stream.write(chunk)) await once(stream, 'drain');
}
