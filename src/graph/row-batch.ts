import type { IndexRow } from './row.js';

export interface BatchBounds {
  rowsMax: number;
  /** Of sealed content, as the ledger tells it: an event may name thousands of items. */
  bytesMax: number;
}

/** Cuts rows, in order, into batches that keep to the bounds; a row that is too large by itself is one alone. */
export function* cutBatches(rows: IndexRow[], bounds: BatchBounds): Generator<IndexRow[]> {
  let from = 0;
  let bytes = 0;
  for (const [i, row] of rows.entries()) {
    const sizeBytes = weightOf(row);
    const isFull = i - from >= bounds.rowsMax || bytes + sizeBytes > bounds.bytesMax;
    if (isFull && i > from) {
      yield rows.slice(from, i);
      from = i;
      bytes = 0;
    }
    bytes += sizeBytes;
  }
  if (from < rows.length) yield rows.slice(from);
}

/** A source of a list costs about what 128 bytes of a record do: its name, its look-up, its edge. */
const SOURCE_BYTES = 128;

/** What a row weighs, in bytes of sealed content. */
export function weightOf({ sizeBytes = 0, sources }: IndexRow): number {
  return sizeBytes + sourceWeight(sources?.length);
}

/** What its sources add to that. */
export function sourceWeight(count = 0): number {
  return count * SOURCE_BYTES;
}
