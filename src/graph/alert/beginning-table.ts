import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Select } from '../select.js';
import { formsPrefix } from './company-prefix.js';
import type { Siblings } from './duplicate-serial.js';
import type { ErrandTable } from './errand-table.js';
import type { OwnHistory } from './own-reader.js';
import { isBeginning } from './suspicion.js';

/** Which events commission instances of a class; who waits for the first of them is told. */
export class BeginningTable {
  private readonly put: StatementSync;
  private readonly drop: StatementSync;
  private readonly first: Select<[seq: number | null]>;
  private readonly known = new Map<number, Siblings>();

  constructor(
    database: DatabaseSync,
    private readonly errands: ErrandTable,
  ) {
    this.put = database.prepare('INSERT OR IGNORE INTO beginning VALUES (?, ?, ?)');
    this.drop = database.prepare('DELETE FROM beginning WHERE gtin = ? AND home = ? AND seq = ?');
    this.first = new Select(database, 'SELECT min(seq) FROM beginning WHERE gtin = ? AND home = ?');
  }

  /** Takes in what the items' events say of their classes, those that count no more included. */
  update(histories: readonly OwnHistory[]): void {
    const before = new Map<number, Siblings>();
    const seen = new Set<string>();
    for (const { gtin, entries, others } of histories) {
      if (!gtin) continue;
      for (const list of [entries, others]) {
        for (const entry of list) {
          if (!isBeginning(entry)) continue;
          const key = `${gtin.id} ${entry.event.seq}`;
          if (seen.has(key)) continue;
          seen.add(key);
          if (!before.has(gtin.id)) before.set(gtin.id, this.siblings(gtin.id));
          const home = formsPrefix(gtin.text, entry.event) ? 1 : 0;
          const write = list === entries ? this.put : this.drop;
          if (write.run(gtin.id, home, entry.event.seq).changes) this.known.delete(gtin.id);
        }
      }
    }
    for (const [gtin, former] of before) {
      const now = this.siblings(gtin);
      if (now.commissioned === former.commissioned && now.atHome === former.atHome) continue;
      this.errands.begin(gtin, 'SIBLINGS');
    }
  }

  siblings(gtin: number): Siblings {
    const known = this.known.get(gtin);
    if (known) return known;
    const atHome = this.first.get(gtin, 1)?.[0] ?? undefined;
    const away = this.first.get(gtin, 0)?.[0] ?? undefined;
    const commissioned = Math.min(atHome ?? Infinity, away ?? Infinity);
    const siblings = {
      ...(commissioned !== Infinity && { commissioned }),
      ...(atHome !== undefined && { atHome }),
    };
    this.known.set(gtin, siblings);
    return siblings;
  }

  clear(): void {
    this.known.clear();
  }
}
