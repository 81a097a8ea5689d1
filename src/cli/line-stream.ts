const CHUNK_CHARACTERS = 65_536;

/**
 * Writes lines in chunks, no faster than they are taken, until there are no more or somebody says stop.
 *
 * @returns how many were written
 */
export async function streamLines(
  lines: Iterable<string>,
  write: (chunk: string) => Promise<unknown>,
  signal: AbortSignal,
  onChunk: (count: number) => void = () => {},
): Promise<number> {
  let [chunk, count] = ['', 0];
  for (const line of lines) {
    chunk += `${line}\n`;
    count++;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    await write(chunk);
    chunk = '';
    onChunk(count);
    if (signal.aborted) return count;
  }
  await write(chunk);
  return count;
}
