import type { DatabaseSync } from 'node:sqlite';
import { LEVELS_MAX } from '../containment/chain.js';
import { ENDLESS } from '../containment/interval.js';
import { Select } from '../select.js';
import { isTime, type DirtyItem, type DirtyTable } from './dirty-table.js';
import type { ReadingTable } from './reading-table.js';
import { encodeAspect } from './watch-table.js';

type Since = [item: number, since: number];

const EVER = Number.MIN_SAFE_INTEGER;

/** Whom it concerns that the facts of other items have changed. */
export class Reach {
  private readonly watchers: Select<[item: number]>;
  private readonly anyContents: Select<[one: number]>;
  private readonly parents: Select<[child: number, parent: number]>;
  private readonly fixed: Select<[parent: number, child: number]>;

  constructor(
    database: DatabaseSync,
    private readonly dirty: DirtyTable,
    private readonly readings: ReadingTable,
  ) {
    this.watchers = new Select(
      database,
      `SELECT w.item FROM json_each(?) j
       CROSS JOIN watch w ON w.thing = j.value ->> 0 AND w.aspect = ? AND w.until >= j.value ->> 1`,
    );
    this.anyContents = new Select(
      database,
      `SELECT 1 FROM watch INDEXED BY watch_contents WHERE aspect = ${encodeAspect('CONTENTS')} LIMIT 1`,
    );
    // whoever ever put it there, voided or not: what is not true any more has to be looked at as well
    this.parents = new Select(
      database,
      `SELECT DISTINCT t.child, t.parent FROM json_each(?) j
       CROSS JOIN packing_touch t ON t.child = j.value WHERE t.kind = 0`,
    );
    this.fixed = new Select(
      database,
      `SELECT DISTINCT t.parent, t.child FROM json_each(?) j
       CROSS JOIN association_touch t ON t.parent = j.value WHERE t.kind = 0`,
    );
  }

  /** Makes dirty whoever depends on these. */
  spread(changed: readonly DirtyItem[]): void {
    if (changed.length === 0) return;
    // when things were moved that no event names is not known
    const from = changed.map(({ item, since }): Since => [item, isTime(since) ? since : EVER]);
    this.tell(from, 'EVENTS');
    const isRead = !this.readings.isEmpty();
    if (!isRead && this.anyContents.get() === undefined) return;
    const reached = this.outwards(changed);
    const inTime = [...reached].filter(([, since]) => isTime(since));
    this.tell(inTime, 'CONTENTS');
    if (isRead) this.tellReaders(new Map(inTime));
  }

  private tell(things: readonly Since[], aspect: 'EVENTS' | 'CONTENTS'): void {
    const rows = this.watchers.all(JSON.stringify(things), encodeAspect(aspect));
    this.dirty.add(rows.map(([item]) => item));
  }

  /** The items and all they were ever in, each with the time from which it may be another. */
  private outwards(changed: readonly DirtyItem[]): Map<number, number> {
    const reached = new Map<number, number>();
    let front = new Map(changed.map(({ item, since }) => [item, since]));
    for (let level = 0; front.size > 0 && level <= LEVELS_MAX; level++) {
      for (const [item, since] of front) reached.set(item, since);
      const next = new Map<number, number>();
      for (const [child, parent] of this.parents.all(JSON.stringify([...front.keys()]))) {
        const since = Math.min(front.get(child)!, next.get(parent) ?? ENDLESS);
        if (since < (reached.get(parent) ?? ENDLESS)) next.set(parent, since);
      }
      front = next;
    }
    return reached;
  }

  private tellReaders(reached: ReadonlyMap<number, number>): void {
    const readers = new Map(reached);
    for (const [parent, child] of this.fixed.all(JSON.stringify([...reached.keys()]))) {
      const since = Math.min(reached.get(parent)!, readers.get(child) ?? ENDLESS);
      readers.set(child, since);
    }
    const told = [...readers].filter(([item, since]) => this.readings.forget(item, since));
    this.dirty.add(told.map(([item]) => item));
  }
}
