import type { Ledger } from '../ledger/ledger.js';
import { formatEntryRow, type EntryRow } from './entry-row.js';
import { weightOf, type HandOver } from './hand-over.js';
import type { RecordOpener } from './record-opener.js';
import type { IndexRow } from './row.js';

/** A transaction's worth: large ones touch each page of the index once for many rows. */
export const BATCH_ROWS = 4_096;
/** Names and references in one batch: an event may name thousands of items. */
const BATCH_WEIGHT = 100_000;
const OPENED_AT_ONCE = 64;

/** Makes rows of ledger entries: what was handed over is taken, what was not is opened. */
export class RowSource {
  constructor(
    private readonly ledger: Ledger,
    private readonly opener: RecordOpener,
    private readonly handOver: HandOver,
  ) {}

  /**
   * Rows from `from` on, before `to`: as many as make a batch, at least one. Those before an entry that cannot be read
   * are not held back by it.
   *
   * @throws AppError UNAVAILABLE (the ledger cannot be read), STORE_FAILED
   */
  async read(from: number, to: number): Promise<IndexRow[]> {
    const end = Math.min(to, from + BATCH_ROWS, this.ledger.head().size);
    return this.handOver.has(from) ? this.takeHandedOver(from, end) : this.readLedger(from, end);
  }

  private takeHandedOver(from: number, end: number): IndexRow[] {
    const rows: IndexRow[] = [];
    let weight = 0;
    for (let seq = from; seq < end && weight <= BATCH_WEIGHT; seq++) {
      const row = this.handOver.take(seq);
      if (!row) break;
      rows.push(row);
      weight += weightOf(row);
    }
    return rows;
  }

  /** Up to `end`, or up to what was handed over. */
  private async readLedger(from: number, end: number): Promise<IndexRow[]> {
    const rows: IndexRow[] = [];
    const waiting: EntryRow[] = [];
    let weight = 0;
    let to = from + 1;
    while (to < end && !this.handOver.has(to)) to++;
    try {
      for await (const { bytes } of this.ledger.entries(from, to)) {
        waiting.push(formatEntryRow(bytes));
        if (waiting.length < OPENED_AT_ONCE) continue;
        weight += await this.fill(waiting.splice(0), rows);
        if (weight > BATCH_WEIGHT) return rows;
      }
    } catch (error) {
      if (rows.length + waiting.length === 0) throw error;
    }
    await this.fill(waiting, rows);
    return rows;
  }

  /** Completes the rows, all at once, and says how much they hold. */
  private async fill(entries: EntryRow[], rows: IndexRow[]): Promise<number> {
    const filled = await Promise.all(entries.map((entry) => this.complete(entry)));
    rows.push(...filled);
    return filled.reduce((sum, row) => sum + weightOf(row), 0);
  }

  private async complete({ row, put }: EntryRow): Promise<IndexRow> {
    if (!put) return { ...row, state: 'AVAILABLE' };
    return { ...row, ...(await this.opener.open(put)) };
  }
}
