import type { IndexRow } from '../row.js';

/** Characters held at once. */
const WEIGHT_MAX = 24_000_000;
const ROW_WEIGHT = 1_000;

/**
 * Rows of what has just been appended, so that it need not be read and opened again to be indexed. Only a short
 * cut: what is not in it is read back from ledger and archive. When it is full it takes nothing more, since
 * the oldest is what is needed next.
 */
export class HandOver {
  private readonly held = new Map<number, { row: IndexRow; weight: number }>();
  private weight = 0;
  private first = 0;

  put(row: IndexRow): void {
    if (row.seq < this.first || this.weight >= WEIGHT_MAX || this.held.has(row.seq)) return;
    const weight = weightOf(row);
    this.held.set(row.seq, { row, weight });
    this.weight += weight;
  }

  has(seq: number): boolean {
    return this.held.has(seq);
  }

  take(seq: number): IndexRow | undefined {
    const held = this.held.get(seq);
    if (!held) return undefined;
    this.held.delete(seq);
    this.weight -= held.weight;
    return held.row;
  }

  /** Rows before `seq` are not needed any more, nor will they be. */
  pass(seq: number): void {
    for (const held of this.held.keys()) if (held < seq) this.take(held);
    this.first = seq;
  }
}

/** How much a row holds, in characters. */
function weightOf({ extractText = '' }: IndexRow): number {
  return ROW_WEIGHT + extractText.length;
}
