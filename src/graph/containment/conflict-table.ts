import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BulkInsert } from '../bulk-insert.js';
import { Select } from '../select.js';
import { CONFLICT_KINDS, type Conflict } from './conflict.js';
import type { Space } from './containment-schema.js';
import type { ConflictStore } from './containment-store.js';

type ConflictRow = [
  ...[seq: number, child: number, kind: number, parent: number | null, other: number | null],
];

const NOBODY = -1;

/** Conflicts in SQLite. */
export class ConflictTable implements ConflictStore {
  private readonly insert: BulkInsert;
  private readonly remove: StatementSync;
  private readonly removeAll: StatementSync;
  private readonly byChild: Select<ConflictRow>;
  private readonly bySeq: Select<ConflictRow>;

  constructor(database: DatabaseSync, space: Space) {
    const table = `${space}_conflict`;
    const columns = 'seq, child, kind, parent, other';
    this.insert = new BulkInsert(database, table, 5);
    this.remove = database.prepare(`DELETE FROM ${table} WHERE seq = ? AND child = ?`);
    this.removeAll = database.prepare(`DELETE FROM ${table} WHERE seq = ?`);
    this.byChild = new Select(
      database,
      `SELECT ${columns} FROM ${table} WHERE child = ? AND seq >= ? ORDER BY seq, kind LIMIT +?`,
    );
    this.bySeq = new Select(
      database,
      `SELECT ${columns} FROM ${table} WHERE seq >= ? ORDER BY seq, child, kind LIMIT +?`,
    );
  }

  put(
    seq: number,
    child: number | undefined = NOBODY,
    conflicts: Conflict[],
    isFirst: boolean,
  ): void {
    if (!isFirst) this.remove.run(seq, child);
    const rows: SQLInputValue[] = [];
    for (const { kind, parent = null, other = null } of conflicts) {
      rows.push(seq, child, CONFLICT_KINDS.indexOf(kind), parent, other);
    }
    this.insert.run(rows);
  }

  clear(seq: number): void {
    this.removeAll.run(seq);
  }

  ofChild(child: number, fromSeq: number, limit: number): Conflict[] {
    return this.byChild.all(child, fromSeq, limit).map(decode);
  }

  list(fromSeq: number, limit: number): Conflict[] {
    return this.bySeq.all(fromSeq, limit).map(decode);
  }
}

function decode([seq, child, kind, parent, other]: ConflictRow): Conflict {
  return {
    kind: CONFLICT_KINDS[kind]!,
    seq,
    child: child === NOBODY ? undefined : child,
    parent: parent ?? undefined,
    other: other ?? undefined,
  };
}
