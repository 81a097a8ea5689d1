import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';

/** Finds a time of capture among ledger positions: it rests on the ledger's law that its time never runs back. */
export class TimeIndex {
  private readonly entryAt: Select<[seq: number, at: number]>;
  private readonly ends: Select<[first: number | null, last: number | null]>;

  /** @param table has `seq` as its key, and `at`: ms of the ledger */
  constructor(database: DatabaseSync, table: 'record' | 'event') {
    this.entryAt = new Select(
      database,
      `SELECT seq, at FROM ${table} WHERE seq >= ? ORDER BY seq LIMIT 1`,
    );
    this.ends = new Select(database, `SELECT min(seq), max(seq) FROM ${table}`);
  }

  /** A position before which all was captured before `time`, and from which on nothing was. */
  firstSince(time: number): number {
    const [first, last] = this.ends.get() ?? [null, null];
    if (first === null || last === null) return 0;
    let low = first;
    let high = last + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [seq, at] = this.entryAt.get(middle)!;
      if (at >= time) high = middle;
      else low = seq + 1;
    }
    return low;
  }
}
