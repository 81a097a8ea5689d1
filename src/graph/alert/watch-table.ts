import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ENDLESS } from '../containment/interval.js';
import { Select } from '../select.js';

/**
 * As what a thing bears on an item's alerts. In stored codes: add at the end.
 *
 * - EVENTS: a container's (or a unit's) own events and containers.
 * - CONTENTS: what is in a container, and what becomes of it.
 * - PRODUCT: storage range of a class.
 * - SIBLINGS: whether instances of a class were commissioned, and where.
 */
export const ASPECTS = ['EVENTS', 'CONTENTS', 'PRODUCT', 'SIBLINGS'] as const;

export type Aspect = (typeof ASPECTS)[number];

export function encodeAspect(aspect: Aspect): number {
  return ASPECTS.indexOf(aspect);
}

type WatchRow = [thing: number, aspect: number, until: number];

/** What one item's alerts depend on beside its own events and containers. */
export class Watch {
  private readonly found = new Map<string, WatchRow>();

  /** @param until event time, ms, behind which nothing of it matters */
  add(thing: number, aspect: Aspect, until = ENDLESS): void {
    const code = encodeAspect(aspect);
    const key = `${thing} ${code}`;
    const former = this.found.get(key);
    if (!former) this.found.set(key, [thing, code, until]);
    else former[2] = Math.max(former[2], until);
  }

  rows(): Iterable<WatchRow> {
    return this.found.values();
  }
}

/** Whom to look at again when something changes. */
export class WatchTable {
  private readonly ofItem: Select<WatchRow>;
  private readonly put: StatementSync;
  private readonly drop: StatementSync;

  constructor(database: DatabaseSync) {
    this.ofItem = new Select(
      database,
      'SELECT thing, aspect, until FROM watch INDEXED BY watch_item WHERE item = ?',
    );
    this.put = database.prepare(
      'INSERT OR IGNORE INTO watch (thing, aspect, until, item) VALUES (?, ?, ?, ?)',
    );
    this.drop = database.prepare(
      'DELETE FROM watch WHERE thing = ? AND aspect = ? AND until = ? AND item = ?',
    );
  }

  /** In place of what the item's alerts depended on before. */
  replace(item: number, watch: Watch): void {
    const former = new Map(this.ofItem.all(item).map((row) => [row.join(), row]));
    for (const row of watch.rows()) {
      if (!former.delete(row.join())) this.put.run(...row, item);
    }
    for (const row of former.values()) this.drop.run(...row, item);
  }
}
