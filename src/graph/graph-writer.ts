import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AppError } from '../error.js';
import { AlertNotes } from './alert/alert-notes.js';
import { AlertWriter } from './alert/alert-writer.js';
import { ChangeStore } from './change-store.js';
import { ChangeFormatter, stillWaiting } from './change.js';
import { DispenseStore } from './dispense/dispense-store.js';
import { EventStore } from './event/event-store.js';
import { MasterStore } from './event/master-store.js';
import { FactStore } from './fact/fact-store.js';
import { openForWriting } from './index-file.js';
import { NameBook } from './name/name-book.js';
import { NameIndex } from './name/name-index.js';
import { cutBatches, type BatchBounds } from './row-batch.js';
import { decodeRows, type RowsWire } from './row-wire.js';
import { isRecordRow, type IndexRow, type RecordRow } from './row.js';
import { Select } from './select.js';
import { speak } from './name/spoken-row.js';
import { guard } from './sqlite-error.js';
import { TermWriter } from './term.js';

/** Rows worked out at once: enough to make look-ups large, few enough to keep memory small. */
const CHUNK: BatchBounds = { rowsMax: 2_048, bytesMax: 4 * 1024 * 1024 };

/** Items whose alerts are worked out with a transaction's rows; the rest waits for a quieter time. */
const ALERT_ITEMS = 5_000;

/** How far the index has come. */
export interface IndexHead {
  /** The next seq to apply. */
  cursor: number;
  /** CID of the entry before the cursor; empty at 0. Tells the index of another log apart. */
  entryCid: string;
}

interface Meta {
  cursor: number;
  at: number;
  head: string;
  records: number;
  edges: number;
  dangling: number;
  unreadable: number;
}

/**
 * The one writer of the index. Consistency law: `apply` is one transaction, rows and cursor together; after a crash
 * the index is as of some earlier cursor, never in between. It is not durable and need not be: the ledger is.
 */
export class GraphWriter {
  private readonly terms: TermWriter;
  private readonly names: NameIndex;
  private readonly lastPending: Select<[id: number]>;
  private readonly store: ChangeStore;
  private readonly events: EventStore;
  private readonly master: MasterStore;
  private readonly facts: FactStore;
  private readonly dispenses: DispenseStore;
  private readonly alertNotes: AlertNotes;
  private readonly alerts: AlertWriter;
  private readonly loadMeta: StatementSync;
  private readonly saveMeta: StatementSync;
  private meta: Meta;
  private readonly staged: IndexRow[] = [];

  private constructor(private readonly database: DatabaseSync) {
    this.terms = new TermWriter(database);
    this.store = new ChangeStore(database, this.terms);
    this.events = new EventStore(database, this.terms);
    this.master = new MasterStore(database, this.terms);
    this.facts = new FactStore(database, this.terms);
    this.dispenses = new DispenseStore(database, this.terms);
    this.alertNotes = new AlertNotes(database);
    this.alerts = new AlertWriter(database);
    this.names = new NameIndex(database);
    this.lastPending = new Select(database, 'SELECT coalesce(max(id), 0) FROM pending');
    this.loadMeta = database.prepare('SELECT * FROM meta');
    this.saveMeta = database.prepare(
      `UPDATE meta SET cursor = ?, at = ?, head = ?, records = ?, edges = ?, dangling = ?, unreadable = ?`,
    );
    this.meta = this.storedMeta();
  }

  /** @throws AppError STORE_FULL, STORE_FAILED */
  static open(path: string): GraphWriter {
    return guard(() => new GraphWriter(openForWriting(path)));
  }

  head(): IndexHead {
    return { cursor: this.meta.cursor, entryCid: this.meta.head };
  }

  /** Takes rows in for the next `apply`: a large transaction need not cross to this thread in one message. */
  stage(rows: RowsWire['rows'], extracts: string): void {
    this.staged.push(...decodeRows({ rows, extracts }));
  }

  /**
   * Applies entries in ledger order, staged ones first; rows before the cursor were applied already and are passed over.
   *
   * @param bulkRows a transaction of more rows leaves its alerts to `settle`
   * @returns the new cursor
   * @throws AppError INTERNAL (a gap in the rows), STORE_FULL, STORE_FAILED; the index is then as before
   */
  apply(rows: IndexRow[], bulkRows = Infinity): number {
    const all = this.staged.splice(0).concat(rows);
    const fresh = all.filter(({ seq }) => seq >= this.meta.cursor);
    if (fresh.some(({ seq }, i) => seq !== this.meta.cursor + i)) {
      throw new AppError('INTERNAL', 'entries were left out of the index');
    }
    if (fresh.length > 0) {
      guard(() => this.transact(fresh));
      if (fresh.length <= bulkRows) this.settleSome();
    }
    return this.meta.cursor;
  }

  /**
   * Works on alerts that `apply` left over.
   *
   * @returns how much is left; 0 when alerts are as of the cursor
   * @throws AppError STORE_FULL, STORE_FAILED
   */
  settle(itemsMax = ALERT_ITEMS): number {
    return guard(() => {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        const left = this.alerts.settle(itemsMax);
        this.database.exec('COMMIT');
        return left;
      } catch (error) {
        this.undo();
        throw error;
      }
    });
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  /** The rows are in, whatever becomes of the alerts: those that fail stay noted, and are told to be pending. */
  private settleSome(): void {
    try {
      this.settle();
    } catch {
      // a fault of the store meets the next call as well
    }
  }

  private transact(rows: IndexRow[]): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      for (const chunk of cutBatches(rows, CHUNK)) this.applyChunk(chunk);
      const { cursor, at, head, records, edges, dangling, unreadable } = this.meta;
      this.saveMeta.run(cursor, at, head, records, edges, dangling, unreadable);
      this.database.exec('COMMIT');
    } catch (error) {
      this.undo();
      throw error;
    }
  }

  private applyChunk(rows: IndexRow[]): void {
    const records = this.inTime(rows).filter(isRecordRow);
    if (records.length > 0) this.applyRecords(records);
    const last = rows[rows.length - 1]!;
    this.meta.cursor = last.seq + 1;
    this.meta.head = last.entryCid;
  }

  /** Works the whole change out first, from a few large look-ups; then one effect. */
  private applyRecords(rows: RecordRow[]): void {
    const book = new NameBook();
    const spoken = rows.map((row) => speak(row, book));
    this.names.load(book);
    const lastPendingId = this.lastPending.get()![0];
    const idOfPath = (path: string) => this.terms.idOf(path);
    const formatter = new ChangeFormatter({ lastPendingId, idOfPath });
    for (const row of spoken) formatter.add(row);
    const { change } = formatter;
    const growth = this.store.write(change, stillWaiting(book, lastPendingId));
    const notes = this.events.write(change);
    this.facts.write(change.versions, notes.moved);
    const told = { ...notes, ...this.master.write(change.versions) };
    this.alertNotes.note(told);
    growth.edges += this.dispenses.write(change, told);
    for (const [name, count] of Object.entries(growth) as [keyof typeof growth, number][]) {
      this.meta[name] += count;
    }
  }

  /** Finding a time by its position (record-list.ts) rests on the ledger's law that time never runs back. */
  private inTime(rows: IndexRow[]): IndexRow[] {
    return rows.map((row) => {
      this.meta.at = Math.max(this.meta.at, row.at);
      return row.at === this.meta.at ? row : { ...row, at: this.meta.at };
    });
  }

  /** Some failures have ended the transaction already; ids given inside it will be given again. */
  private undo(): void {
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
    this.terms.forget();
    this.store.forget();
    this.events.forget();
    this.meta = this.storedMeta();
  }

  private storedMeta(): Meta {
    const { cursor, at, head, records, edges, dangling, unreadable } =
      this.loadMeta.get() as unknown as Meta;
    return { cursor, at, head, records, edges, dangling, unreadable };
  }
}
