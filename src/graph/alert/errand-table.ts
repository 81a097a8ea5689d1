import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ENDLESS } from '../containment/interval.js';
import { parseItems } from '../event/event-item.js';
import { encodeRole, type MentionRole } from '../event/mention-role.js';
import { Select } from '../select.js';
import type { DirtyTable } from './dirty-table.js';
import { encodeAspect, type Aspect } from './watch-table.js';

/** In stored codes. The items that watch a class, or all that were ever at a place. */
const KINDS = ['PRODUCT', 'SIBLINGS', 'PLACE'] as const satisfies (Aspect | 'PLACE')[];

export type ErrandKind = (typeof KINDS)[number];

type ErrandRow = [
  ...[what: number, kind: number, below: number],
  ...[role: number, time: number, next: number],
];

const FIRST = Number.MIN_SAFE_INTEGER;
const WATCHERS_AT_ONCE = 1_000;
const EVENTS_AT_ONCE = 100;
/** One event may name thousands: no further event is looked at behind so many. */
const ITEMS_AT_ONCE = 5_000;
const PLACE_ROLES = (['READ_POINT', 'BIZ_LOCATION'] satisfies MentionRole[]).map(encodeRole);

/** Changes that concern many items, carried out a slice at a time. */
export class ErrandTable {
  private readonly put: StatementSync;
  private readonly first: Select<ErrandRow>;
  private readonly advance: StatementSync;
  private readonly drop: StatementSync;
  private readonly watchers: Select<[item: number]>;
  private readonly events: Select<[time: number, seq: number, named: string | null]>;

  constructor(
    database: DatabaseSync,
    private readonly dirty: DirtyTable,
  ) {
    this.put = database.prepare('INSERT OR REPLACE INTO errand VALUES (?, ?, ?, ?, ?, ?)');
    this.first = new Select(
      database,
      'SELECT what, kind, below, role, time, next FROM errand LIMIT 1',
    );
    this.advance = database.prepare(
      'UPDATE errand SET role = ?, time = ?, next = ? WHERE what = ? AND kind = ?',
    );
    this.drop = database.prepare('DELETE FROM errand WHERE what = ? AND kind = ?');
    this.watchers = new Select(
      database,
      `SELECT item FROM watch WHERE thing = ? AND aspect = ? AND until = ${ENDLESS} AND item > ?
       ORDER BY item LIMIT ${WATCHERS_AT_ONCE}`,
    );
    this.events = new Select(
      database,
      `SELECT m.time, m.seq, i.named FROM mention m LEFT JOIN event_item i ON i.seq = m.seq
       WHERE m.what = ? AND m.role = ? AND (m.time, m.seq) > (?, ?) AND m.seq < ?
       ORDER BY m.time, m.seq LIMIT ${EVENTS_AT_ONCE}`,
    );
  }

  /**
   * From the start, even if it was under way.
   *
   * @param below of a place: position from which whatever happened there is dirty for its own sake
   */
  begin(what: number, kind: ErrandKind, below = 0): void {
    this.put.run(what, KINDS.indexOf(kind), below, PLACE_ROLES[0]!, FIRST, FIRST);
  }

  /** One slice of one errand. @returns false when there is none */
  step(): boolean {
    const row = this.first.get();
    if (!row) return false;
    const [what, kind] = row;
    const next = KINDS[kind] === 'PLACE' ? this.stepPlace(row) : this.stepWatchers(row);
    if (next) this.advance.run(...next, what, kind);
    else this.drop.run(what, kind);
    return true;
  }

  private stepWatchers([what, kind, , role, time, next]: ErrandRow): number[] | undefined {
    const aspect = encodeAspect(KINDS[kind] as Aspect);
    const items = this.watchers.all(what, aspect, next).map(([item]) => item);
    this.dirty.add(items);
    return items.length < WATCHERS_AT_ONCE ? undefined : [role, time, items[items.length - 1]!];
  }

  /** Where a thing was bears on what it holds as well, so its facts count as changed. */
  private stepPlace([what, , below, role, time, next]: ErrandRow): number[] | undefined {
    const rows = this.events.all(what, role, time, next, below);
    const items = new Set<number>();
    let done = 0;
    for (; done < rows.length && items.size < ITEMS_AT_ONCE; done++) {
      const named = rows[done]![2];
      for (const [, ...ids] of parseItems(named ?? '[]')) ids.forEach((id) => items.add(id));
    }
    this.dirty.add([...items], 'CHANGED');
    if (done === EVENTS_AT_ONCE || done < rows.length) {
      const [lastTime, lastSeq] = rows[done - 1]!;
      return [role, lastTime, lastSeq];
    }
    const after = PLACE_ROLES[PLACE_ROLES.indexOf(role) + 1];
    return after === undefined ? undefined : [after, FIRST, FIRST];
  }
}
