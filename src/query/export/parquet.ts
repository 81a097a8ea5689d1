import type { ParquetFile } from '../../facts/parquet-writer.js';
import { AppError } from '../../error.js';
import type { ExportRows } from './export-rows.js';

/**
 * The rows as a Parquet file below this directory, whole before anybody gets any of it; how it ended stands in its
 * key-value metadata, under `provtrail`. Whoever asks discards it.
 *
 * @throws AppError what cut the export; STORE_FULL
 */
export async function openParquet(rows: ExportRows, directory: string): Promise<ParquetFile> {
  async function* pages() {
    yield* rows.pages();
    rows.checkWhole();
  }
  // DuckDB is half a second and tens of megabytes to load: few nodes ever need it on this thread
  const { writeParquet } = await import('../../facts/parquet-writer.js');
  try {
    return await writeParquet(directory, rows.columns, pages(), () => JSON.stringify(rows.end));
  } catch (error) {
    if (!isFull(error)) throw error;
    throw new AppError('STORE_FULL', 'there is no room to prepare the file', {}, { cause: error });
  }
}

/** DuckDB passes on what the system says of a write that failed. */
function isFull(error: unknown): boolean {
  const { message = '', code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || /No space left/i.test(message);
}
