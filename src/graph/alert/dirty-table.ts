import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Select } from '../select.js';

export interface DirtyItem {
  item: number;
  /** Event time from which its own facts are others than before; CHANGED and UNCHANGED (below) are later than all. */
  since: number;
}

/** Only what it depends on has changed. */
const UNCHANGED = Number.MAX_SAFE_INTEGER;
/**
 * Its facts are others, but what it adds to the contents of others is told by an event that names it, or something between.
 * (Who is in what changes by an event only above the things that the event names.)
 */
const CHANGED = UNCHANGED - 1;

export function isChanged({ since }: DirtyItem): boolean {
  return since < UNCHANGED;
}

/** True for an event time. */
export function isTime(since: number): boolean {
  return since < CHANGED;
}

/** Counting further tells nobody more. */
export const PENDING_MAX = 10_000;

/** Items whose alerts have to be worked out again. */
export class DirtyTable {
  private readonly put: StatementSync;
  private readonly first: Select<[item: number, since: number]>;
  private readonly drop: StatementSync;
  private readonly count: Select<[items: number, errands: number]>;

  constructor(database: DatabaseSync) {
    this.put = database.prepare(
      `INSERT INTO dirty SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
       ON CONFLICT (item) DO UPDATE SET since = min(since, excluded.since)`,
    );
    this.first = new Select(database, 'SELECT item, since FROM dirty ORDER BY item LIMIT +?');
    this.drop = database.prepare(
      'DELETE FROM dirty WHERE item IN (SELECT value FROM json_each(?))',
    );
    this.count = new Select(
      database,
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM dirty LIMIT ${PENDING_MAX})),
              (SELECT count(*) FROM errand)`,
    );
  }

  add(items: readonly number[], how: 'CHANGED' | 'UNCHANGED' = 'UNCHANGED'): void {
    const since = how === 'CHANGED' ? CHANGED : UNCHANGED;
    this.write(items.map((item) => [item, since]));
  }

  /** Their facts are others from an event time on. */
  addSince(items: ReadonlyMap<number, number>): void {
    this.write([...items]);
  }

  private write(rows: readonly (readonly [item: number, since: number])[]): void {
    if (rows.length > 0) this.put.run(JSON.stringify(rows));
  }

  list(limit: number): DirtyItem[] {
    return this.first.all(limit).map(([item, since]) => ({ item, since }));
  }

  remove(items: readonly DirtyItem[]): void {
    this.drop.run(JSON.stringify(items.map(({ item }) => item)));
  }

  /** Items to be looked at, up to a bound, and errands that will name more. */
  pending(): number {
    const [items, errands] = this.count.get()!;
    return items + errands;
  }
}
