import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { BulkInsert } from '../bulk-insert.js';
import { Select } from '../select.js';
import { balanceAt, type Balance, type QuantityChange } from './quantity-balance.js';

/** `lot` -1: the parent is emptied; `unit` -1: pieces. */
export const QUANTITY_SCHEMA = `
CREATE TABLE quantity (
  parent INTEGER NOT NULL, time INTEGER NOT NULL, record INTEGER NOT NULL, seq INTEGER NOT NULL,
  place INTEGER NOT NULL, lot INTEGER NOT NULL, unit INTEGER NOT NULL, amount REAL, voided INTEGER,
  PRIMARY KEY (parent, time, record, seq, place)
) WITHOUT ROWID;
CREATE INDEX quantity_seq ON quantity (seq);
`;

type Row = [
  ...[time: number, record: number, seq: number, lot: number, unit: number],
  ...[amount: number | null, voided: number | null],
];

/** Changes of a parent that are summed for one answer. */
export const CHANGES_MAX = 100_000;
const NONE = -1;

/** Quantities of lots in parents, in SQLite; lives in the caller's transaction. */
export class QuantityTable {
  private readonly insert: BulkInsert;
  private readonly mark: StatementSync;
  private readonly changes: Select<Row>;

  constructor(database: DatabaseSync) {
    this.insert = new BulkInsert(database, 'quantity', 9);
    this.mark = database.prepare(
      'UPDATE quantity SET voided = min(?, coalesce(voided, ?)) WHERE seq = ?',
    );
    this.changes = new Select(
      database,
      `SELECT time, record, seq, lot, unit, amount, voided FROM quantity
       WHERE parent = ? AND time <= ? ORDER BY time, record, seq, place LIMIT +?`,
    );
  }

  /** All changes of one event. */
  put(changes: readonly QuantityChange[]): void {
    const values: SQLInputValue[] = [];
    changes.forEach(({ parent, position, lot = NONE, unit = NONE, amount, voidedAt }, place) => {
      const { time, recordTime, seq } = position;
      values.push(parent, time, recordTime, seq, place);
      values.push(lot, unit, amount ?? null, voidedAt ?? null);
    });
    this.insert.run(values);
  }

  /** The event stops counting for whoever knows the ledger position `voidedAt`. */
  void(seq: number, voidedAt: number): void {
    this.mark.run(voidedAt, voidedAt, seq);
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  balanceAt(parent: number, asOf: number, knownAt?: number): Balance[] {
    const rows = this.changes.all(parent, asOf, CHANGES_MAX + 1);
    if (rows.length > CHANGES_MAX) {
      throw new AppError('QUERY_TOO_COMPLEX', 'the parent has too many changes to sum up', {
        changesMax: CHANGES_MAX,
      });
    }
    const changes = rows.map(([time, recordTime, seq, lot, unit, amount, voided]) => ({
      parent,
      position: { time, recordTime, seq },
      lot: lot === NONE ? undefined : lot,
      unit: unit === NONE ? undefined : unit,
      amount: amount ?? undefined,
      voidedAt: voided ?? undefined,
    }));
    return balanceAt(changes, asOf, knownAt);
  }
}
