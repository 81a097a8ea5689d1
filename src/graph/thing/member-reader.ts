import type { DatabaseSync } from 'node:sqlite';
import { LEVELS_MAX } from '../containment/chain.js';
import { ContainmentReader } from '../containment/containment-reader.js';
import { ENDLESS, type Interval } from '../containment/interval.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import type { ScanDirection, ScanMoment } from '../edge/edge-scan.js';
import { Select } from '../select.js';

/** That a parent held a child: event times in ms, half-open. */
export interface Membership {
  place: number;
  /** The other one: the child of a parent asked about, or the parent of a child. */
  other: number;
  since: number;
  /** Null while it does. */
  until: number | null;
  /** The event that put the child in. */
  evidence: number;
}

type MemberRow = [place: number, other: number, time: number, ended: number, seq: number];

/** Where a parent's list goes on: behind that opening. */
type Key = [child: number, time: number, record: number, seq: number];
type KeyedRow = [ended: number, parent: number, ...Key];

const FIRST: Key = [-1, Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -1];
const PAGE = 4_096;
/** Looking back, each child is replayed. */
const REPLAYED_PAGE = 400;

/**
 * Who was in what. In order of the child and of time, whatever became of the membership since: children by the events that ever
 * added them, because the list of intervals is in order of their ends.
 */
export class MemberReader {
  private readonly reader: ContainmentReader;
  private readonly store: SqliteContainmentStore;
  private readonly byParent: Select<MemberRow>;
  private readonly byChild: Select<MemberRow>;
  private readonly children: Select<KeyedRow>;
  private readonly parents: Select<KeyedRow>;

  constructor(database: DatabaseSync) {
    this.store = new SqliteContainmentStore(database, 'packing');
    this.reader = new ContainmentReader(this.store, LEVELS_MAX);
    const opened = `packing_touch t INDEXED BY packing_touch_added`;
    const interval = `packing_interval i ON (i.child, i.time, i.record, i.seq, i.parent)
      = (t.child, t.time, t.record, t.seq, t.parent)`;
    this.byParent = new Select(
      database,
      `SELECT j.key, i.child, i.time, i.ended, i.seq FROM json_each(?1) j
       CROSS JOIN ${opened} ON t.kind = 0 AND t.parent = j.value CROSS JOIN ${interval}
       WHERE i.time <= ?2 AND i.ended > ?3 LIMIT +?4`,
    );
    this.byChild = new Select(
      database,
      `SELECT j.key, i.parent, i.time, i.ended, i.seq
       FROM json_each(?1) j CROSS JOIN packing_interval i ON i.child = j.value
       WHERE i.time <= ?2 AND i.ended > ?3 LIMIT +?4`,
    );
    const columns = 'i.ended, i.parent, i.child, i.time, i.record, i.seq';
    this.children = new Select(
      database,
      `SELECT ${columns} FROM ${opened} CROSS JOIN ${interval}
       WHERE t.kind = 0 AND t.parent = ?1 AND (t.child, t.time, t.record, t.seq) > (?2, ?3, ?4, ?5)
       ORDER BY t.child, t.time, t.record, t.seq LIMIT ${PAGE}`,
    );
    this.parents = new Select(
      database,
      `SELECT ${columns} FROM packing_interval i
       WHERE i.child = ?1 AND (i.child, i.time, i.record, i.seq) > (?2, ?3, ?4, ?5)
       ORDER BY i.child, i.time, i.record, i.seq LIMIT ${PAGE}`,
    );
  }

  /** True when what is stored is what was known then. */
  isNow({ upTo }: ScanMoment): boolean {
    return upTo + 1 >= this.store.movements.head();
  }

  /** Of many, as stored, in order of place; `limit` at most: it may end inside a place. */
  many(
    things: readonly number[],
    direction: ScanDirection,
    { asOf }: ScanMoment,
    limit: number,
  ): Membership[] {
    const read = direction === 'UPSTREAM' ? this.byParent : this.byChild;
    const [from, until] = [asOf ?? Number.MAX_SAFE_INTEGER, asOf ?? Number.MIN_SAFE_INTEGER];
    return read
      .all(JSON.stringify(things), from, until, limit)
      .map(([place, other, since, ended, evidence]) => ({
        ...{ place, other, since, evidence },
        until: ended === ENDLESS ? null : ended,
      }));
  }

  /** All of one, page by page, as known then. @throws AppError QUERY_TOO_COMPLEX (looking far back) */
  *one(thing: number, direction: ScanDirection, moment: ScanMoment): Generator<Membership[]> {
    const { asOf } = moment;
    const isMeant = ({ since, until }: Membership) =>
      asOf === undefined || (since <= asOf && (until ?? ENDLESS) > asOf);
    const pages = this.isNow(moment)
      ? this.stored(thing, direction)
      : this.lookBack(thing, direction, moment.upTo + 1);
    for (const page of pages) yield page.filter(isMeant);
  }

  private *stored(thing: number, direction: ScanDirection): Generator<Membership[]> {
    const read = direction === 'UPSTREAM' ? this.children : this.parents;
    let key: Key = direction === 'UPSTREAM' ? FIRST : [thing, ...behind(FIRST)];
    for (;;) {
      const rows = read.all(thing, ...key);
      yield rows.map(([ended, parent, child, since, , evidence]) => ({
        ...{ place: 0, since, evidence },
        other: direction === 'UPSTREAM' ? child : parent,
        until: ended === ENDLESS ? null : ended,
      }));
      if (rows.length < PAGE) return;
      const [, , ...last] = rows[rows.length - 1]!;
      key = last;
    }
  }

  private *lookBack(
    thing: number,
    direction: ScanDirection,
    knownAt: number,
  ): Generator<Membership[]> {
    if (direction === 'DOWNSTREAM') {
      for (let after: Interval | undefined; ;) {
        const page = this.reader.intervalsOf(thing, REPLAYED_PAGE, after?.from, knownAt);
        yield page.map((interval) => membershipOf(interval, interval.parent));
        if (page.length < REPLAYED_PAGE) return;
        after = page[page.length - 1];
      }
    }
    for (let after; ;) {
      const page = this.reader.intervalsOfParent(thing, {}, REPLAYED_PAGE, after, knownAt);
      yield page.intervals.map((interval) => membershipOf(interval, interval.child));
      if (!page.next) return;
      after = page.next;
    }
  }
}

function behind([, time, record, seq]: Key): [number, number, number] {
  return [time, record, seq];
}

function membershipOf({ from, to }: Interval, other: number): Membership {
  return { place: 0, other, since: from.time, until: to?.time ?? null, evidence: from.seq };
}
