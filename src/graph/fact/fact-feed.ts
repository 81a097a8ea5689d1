import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { parseItems } from '../event/event-item.js';
import { ENDLESS } from '../containment/interval.js';
import { openForReading } from '../index-file.js';
import { Select } from '../select.js';
import { guard } from '../sqlite-error.js';
import { ClinicalFacts } from './clinical-facts.js';
import { EventFacts } from './event-facts.js';
import { FactRows } from './fact-columns.js';
import { Snapshots } from './snapshot.js';
import { TermLookup } from './term-lookup.js';

/** What a run of ledger positions changes in the facts: old rows out first, then the new ones in. */
export interface FactBatch {
  from: number;
  /** The position behind the last one. */
  to: number;
  /** Positions whose rows go, in all tables of positions but `record`. */
  gone: number[];
  /** Positions whose row of `record` goes. */
  revised: number[];
  /** Items whose rows of `containment` go. */
  moved: number[];
  /** Items whose history is another now. */
  touched: number[];
  rows: FactRows;
}

/** Positions read at once, unless their events name more items than this. */
const SEQS_MAX = 2_048;
const ITEMS_MAX = 100_000;

type IntervalRow = [
  ...[child: number, parent: number, time: number, record: number, seq: number],
  ...[ended: number, endedRecord: number | null, endedSeq: number | null],
];

/**
 * What the index has to tell whoever counts: everything that is new since a position, in ledger order, in batches of
 * bounded size. Each batch is read in one transaction, as the index is at that moment: what is known by then not to
 * count is left out of it, and taken out again where a batch before had it. So whoever has applied every batch up to the
 * head has the same, however they were cut.
 */
export class FactFeed {
  readonly terms: TermLookup;
  private readonly events: EventFacts;
  private readonly clinical: ClinicalFacts;
  private readonly snapshots: Snapshots;
  private readonly mark: Select<[mark: string]>;
  private readonly cursor: Select<[cursor: number]>;
  private readonly itemCounts: Select<[seq: number, items: number]>;
  private readonly records: Select<(number | null)[]>;
  private readonly superseded: Select<[seq: number]>;
  private readonly voided: Select<[seq: number, named: string | null]>;
  private readonly healed: Select<[src: number]>;
  private readonly movedIn: Select<[items: string]>;
  private readonly intervals: Select<IntervalRow>;

  private constructor(private readonly database: DatabaseSync) {
    this.terms = new TermLookup(database);
    this.events = new EventFacts(database, this.terms);
    this.clinical = new ClinicalFacts(database, this.terms);
    this.snapshots = new Snapshots(database);
    const select = <Row extends SQLOutputValue[]>(sql: string) => new Select<Row>(database, sql);
    this.mark = select('SELECT mark FROM birth');
    this.cursor = select('SELECT cursor FROM meta');
    // as many brackets and commas as there are roles and items: an upper bound is good enough
    this.itemCounts = select(
      `SELECT seq, length(named) - length(replace(named, ',', '')) FROM event_item
       WHERE seq >= ? AND seq < ? ORDER BY seq`,
    );
    this.records = select(
      `SELECT seq, at, time, kind, author, origin, size, until FROM record WHERE seq >= ? AND seq < ?
       UNION ALL
       SELECT seq, at, time, kind, author, origin, size, until FROM record
       WHERE until >= ? AND until < ? AND seq < ? ORDER BY seq`,
    );
    this.superseded = select('SELECT seq FROM record WHERE until >= ? AND until < ? AND seq < ?');
    this.voided = select(
      `SELECT e.seq, i.named FROM event e LEFT JOIN event_item i ON i.seq = e.seq
       WHERE e.voided >= ? AND e.voided < ? AND e.seq < ?`,
    );
    // a reference whose target came later: the claim that names it belongs to a known patient now
    this.healed = select(
      `SELECT DISTINCT e.src FROM edge e INDEXED BY edge_back JOIN clinical_fact c ON c.seq = e.src
       WHERE e.dst >= ? AND e.dst < ? AND e.src < ?`,
    );
    this.movedIn = select('SELECT items FROM packing_moved WHERE seq >= ? AND seq < ?');
    this.intervals = select(
      `SELECT i.child, i.parent, i.time, i.record, i.seq, i.ended, i.ended_record, i.ended_seq
       FROM json_each(?) j CROSS JOIN packing_interval i ON i.child = j.value`,
    );
  }

  /** @throws AppError STORE_FAILED */
  static open(path: string): FactFeed {
    return guard(() => new FactFeed(openForReading(path)));
  }

  /** Which index this is: ids of another one mean other things. */
  source(): string {
    return guard(() => this.mark.get()![0]);
  }

  /** How far the index is. */
  head(): number {
    return guard(() => this.cursor.get()![0]);
  }

  /** What is new from position `from` on, as much as one batch takes; undefined when nothing is. */
  next(from: number): FactBatch | undefined {
    return guard(() => this.atOnce(() => this.read(from)));
  }

  /** Small tables that are taken over as a whole, those that changed since the last call. */
  changedTables(): FactRows & { replaced: readonly string[] } {
    return guard(() => this.atOnce(() => this.snapshots.changed()));
  }

  /** Forgets what was handed over: the next call hands all of it over again. */
  forget(): void {
    this.snapshots.forget();
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  private read(from: number): FactBatch | undefined {
    const head = this.cursor.get()![0];
    if (from >= head) return undefined;
    const to = this.endOf(from, head);
    const rows = new FactRows();
    const touched = new Set<number>();
    this.events.read(from, to, rows, touched);
    for (const row of this.records.all(from, to, from, to, from)) rows.add('record', row);
    const revised = this.superseded.all(from, to, from).map(([seq]) => seq);
    const healed = this.healed.all(from, to, from).map(([seq]) => seq);
    this.clinical.read(from, to, rows);
    this.clinical.readSome(healed, rows);
    const gone = [...revised, ...healed];
    for (const [seq, named] of this.voided.all(from, to, from)) {
      gone.push(seq);
      for (const [, ...items] of named === null ? [] : parseItems(named)) {
        for (const item of items) touched.add(item);
      }
    }
    const moved = this.readMoved(from, to, rows);
    for (const item of moved) touched.add(item);
    return { from, to, gone, revised, moved, touched: [...touched], rows };
  }

  private readMoved(from: number, to: number, rows: FactRows): number[] {
    const moved = new Set<number>();
    for (const [items] of this.movedIn.all(from, to)) {
      for (const item of JSON.parse(items) as number[]) moved.add(item);
    }
    const all = [...moved];
    for (const row of all.length === 0 ? [] : this.intervals.all(JSON.stringify(all))) {
      const [child, parent, time, record, seq, ended, endedRecord, endedSeq] = row;
      const until = ended === ENDLESS ? null : ended;
      rows.add('containment', [child, parent, time, record, seq, until, endedRecord, endedSeq]);
    }
    return all;
  }

  private endOf(from: number, head: number): number {
    const to = Math.min(head, from + SEQS_MAX);
    let items = 0;
    for (const [seq, count] of this.itemCounts.all(from, to)) {
      items += count;
      if (items > ITEMS_MAX) return seq + 1;
    }
    return to;
  }

  private atOnce<T>(work: () => T): T {
    this.database.exec('BEGIN');
    try {
      return work();
    } finally {
      this.database.exec('COMMIT');
    }
  }
}
