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
  for (const [i, { sizeBytes = 0 }] of rows.entries()) {
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
