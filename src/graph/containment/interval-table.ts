import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BulkInsert } from '../bulk-insert.js';
import { Select } from '../select.js';
import type { Space } from './containment-schema.js';
import type { IntervalStore, ParentCursor } from './containment-store.js';
import { ENDLESS, type Interval } from './interval.js';
import type { Position } from './position.js';

type IntervalRow = [
  ...[child: number, time: number, record: number, seq: number, parent: number],
  ...[ended: number, endedRecord: number | null, endedSeq: number | null],
];

const COLUMNS = 'child, time, record, seq, parent, ended, ended_record, ended_seq';

/** Intervals in SQLite: by child as a table, by parent as an index. */
export class IntervalTable implements IntervalStore {
  private readonly add: BulkInsert;
  private readonly close: StatementSync;
  private readonly remove: StatementSync;
  private readonly last: Select<IntervalRow>;
  private readonly opened: Select<IntervalRow>;
  private readonly held: Select<IntervalRow>;

  constructor(database: DatabaseSync, space: Space) {
    const table = `${space}_interval`;
    const there = 'child = ? AND time = ? AND record = ? AND seq = ?';
    const select = (rest: string) =>
      new Select<IntervalRow>(database, `SELECT ${COLUMNS} FROM ${table} ${rest}`);
    this.add = new BulkInsert(database, table, 8);
    this.close = database.prepare(
      `UPDATE ${table} SET ended = ?, ended_record = ?, ended_seq = ? WHERE ${there}`,
    );
    this.remove = database.prepare(`DELETE FROM ${table} WHERE ${there}`);
    this.last = select(`WHERE child = ? AND (time, record, seq) < (?, ?, ?)
      ORDER BY time DESC, record DESC, seq DESC LIMIT 1`);
    this.opened = select(`WHERE child = ? AND (time, record, seq) >= (?, ?, ?)
      ORDER BY time, record, seq LIMIT +?`);
    this.held = select(`INDEXED BY ${table}_parent
      WHERE parent = ? AND (ended, child, time, record, seq) > (?, ?, ?, ?, ?)
      ORDER BY ended, child, time, record, seq LIMIT +?`);
  }

  lastBefore(child: number, { time, recordTime, seq }: Position): Interval | undefined {
    const row = this.last.get(child, time, recordTime, seq);
    return row && decode(row);
  }

  openedFrom(child: number, position: Position, limit: number): Interval[] {
    const { time, recordTime, seq } = position;
    return this.opened.all(child, time, recordTime, seq, limit).map(decode);
  }

  ofParent(parent: number, { to, child, from }: ParentCursor, limit: number): Interval[] {
    const { time, recordTime, seq } = from;
    return this.held.all(parent, to, child, time, recordTime, seq, limit).map(decode);
  }

  insert({ child, parent, from, to }: Interval): void {
    const { time, recordTime, seq } = from;
    this.add.run([child, time, recordTime, seq, parent, ...encodeEnd(to)]);
  }

  end({ child, from: { time, recordTime, seq }, to }: Interval): void {
    this.close.run(...encodeEnd(to), child, time, recordTime, seq);
  }

  delete({ child, from: { time, recordTime, seq } }: Interval): void {
    this.remove.run(child, time, recordTime, seq);
  }
}

function encodeEnd(to: Position | undefined): [number, number | null, number | null] {
  return to ? [to.time, to.recordTime, to.seq] : [ENDLESS, null, null];
}

function decode(row: IntervalRow): Interval {
  const [child, time, recordTime, seq, parent, ended, endedRecord, endedSeq] = row;
  const from = { time, recordTime, seq };
  if (endedRecord === null || endedSeq === null) return { child, parent, from };
  return { child, parent, from, to: { time: ended, recordTime: endedRecord, seq: endedSeq } };
}
