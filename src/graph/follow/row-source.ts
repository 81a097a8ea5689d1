import type { Ledger } from '../../ledger/ledger.js';
import { formatEntryRow, type EntryRow } from './entry-row.js';
import type { HandOver } from './hand-over.js';
import type { RecordOpener } from './record-opener.js';
import { sourceWeight } from '../row-batch.js';
import type { IndexRow } from '../row.js';

/** A transaction's worth: large ones touch each page of the index once for many rows. */
export const BATCH_ROWS = 4_096;
/** Of sealed content: what a batch holds of it has to fit into memory more than once. */
const BATCH_BYTES = 8 * 1024 * 1024;
const OPENED_ROWS = 64;
const OPENED_BYTES = 2 * 1024 * 1024;

/** Makes rows of ledger entries: what was handed over is taken, what was not is read and opened. */
export class RowSource {
  constructor(
    private readonly ledger: Ledger,
    private readonly opener: RecordOpener,
    private readonly handOver: HandOver,
  ) {}

  /**
   * Rows from `from` on: at least one, and no more than a batch. Those before an entry that cannot be read are not held
   * back by it.
   *
   * @throws AppError UNAVAILABLE (the ledger cannot be read), STORE_FAILED
   */
  async read(from: number): Promise<IndexRow[]> {
    const end = Math.min(from + BATCH_ROWS, this.ledger.head().size);
    return this.handOver.has(from) ? this.takeHandedOver(from, end) : this.readLedger(from, end);
  }

  private takeHandedOver(from: number, end: number): IndexRow[] {
    const rows: IndexRow[] = [];
    for (let seq = from, bytes = 0; seq < end && bytes < BATCH_BYTES; seq++) {
      const row = this.handOver.take(seq);
      if (!row) break;
      rows.push(row);
      bytes += row.sizeBytes ?? 0;
    }
    return rows;
  }

  /** Up to `end`, or up to what was handed over. */
  private async readLedger(from: number, end: number): Promise<IndexRow[]> {
    const rows: IndexRow[] = [];
    let to = from + 1;
    while (to < end && !this.handOver.has(to)) to++;
    for await (const group of this.groups(from, to)) {
      rows.push(...(await Promise.all(group.map((entry) => this.complete(entry)))));
    }
    return rows;
  }

  /** Entries to be opened at once; an error of the ledger only when there is nothing before it. */
  private async *groups(from: number, to: number): AsyncGenerator<EntryRow[]> {
    const group: EntryRow[] = [];
    let [groupBytes, bytes] = [0, 0];
    try {
      for await (const entry of this.ledger.entries(from, to)) {
        const next = formatEntryRow(entry.bytes);
        group.push(next);
        groupBytes += (next.row.sizeBytes ?? 0) + sourceWeight(next.put?.sources?.count);
        if (group.length < OPENED_ROWS && groupBytes < OPENED_BYTES) continue;
        yield group.splice(0);
        bytes += groupBytes;
        groupBytes = 0;
        if (bytes >= BATCH_BYTES) return;
      }
    } catch (error) {
      if (bytes === 0 && group.length === 0) throw error;
    }
    yield group;
  }

  private async complete({ row, put }: EntryRow): Promise<IndexRow> {
    return put ? { ...row, ...(await this.opener.open(put)) } : { ...row, state: 'AVAILABLE' };
  }
}
