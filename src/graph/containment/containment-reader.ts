import { AppError } from '../../error.js';
import { LEVELS_MAX } from './chain.js';
import type { Conflict } from './conflict.js';
import type { ContainmentStore, ParentCursor } from './containment-store.js';
import { Hindsight } from './hindsight.js';
import { ENDLESS, type Interval } from './interval.js';
import { cursorAt, cursorBefore } from './parent-scan.js';
import { AFTER_ALL, BEFORE_ALL, comparePositions, type Position } from './position.js';
import { listStretches, type Stretches, type TimeRange } from './stretch.js';
import { intervalAt, StoredTimelines, type Timelines } from './timeline.js';

/**
 * When the question is asked. `asOf`: event time, ms; what had happened up to and at it. `knownAt`: number of ledger
 * entries, for what was known when there were so many; left out: all.
 */
export interface Moment {
  asOf: number;
  knownAt?: number;
}

export interface ContainerChain {
  /** From the innermost outwards: the item in its container, that in its own, and so on. */
  links: Interval[];
  /** False when it goes on beyond the levels allowed. */
  isComplete: boolean;
}

export interface IntervalPage {
  intervals: Interval[];
  /** Where to go on; absent at the end. A page may be short, even empty, and yet not the last. */
  next?: ParentCursor;
}

/** An interval, or nothing, and where to go on behind it. */
interface Row {
  cursor: ParentCursor;
  interval?: Interval;
}

const FIRST_MAX = 10_000;
/** Rows a page may pass over before it gives what it has. */
const PASSED_MAX = 20_000;
const ROWS_AT_ONCE = 1_000;
/** Children replayed together: they share their containers. */
const REPLAYED_AT_ONCE = 200;

/**
 * Where things are and were. Consistency law: it reads the store as it stands; a list taken in pages while events come
 * in may miss a child that has moved on, unless `knownAt` holds it fast.
 */
export class ContainmentReader {
  private readonly stored: StoredTimelines;

  constructor(
    private readonly store: ContainmentStore,
    private readonly levelsMax = LEVELS_MAX,
  ) {
    this.stored = new StoredTimelines(store);
  }

  /** The interval that says where the child is. @throws AppError QUERY_TOO_COMPLEX (with knownAt) */
  parentAt(child: number, { asOf, knownAt }: Moment): Interval | undefined {
    return intervalAt(this.timelines([child], knownAt), child, asOf);
  }

  /** Unit in case, case in pallet, and so on. @throws AppError QUERY_TOO_COMPLEX (with knownAt) */
  chainAt(child: number, { asOf, knownAt }: Moment): ContainerChain {
    const timelines = this.timelines([child], knownAt);
    const links: Interval[] = [];
    let link = intervalAt(timelines, child, asOf);
    for (; link && links.length < this.levelsMax; link = intervalAt(timelines, link.parent, asOf)) {
      links.push(link);
    }
    return { links, isComplete: link === undefined };
  }

  /**
   * The children in the parent at that moment, each with its interval; in order of the interval's end, of the child
   * where `knownAt` is earlier than now.
   *
   * @param first how many at most: 1 to 10,000
   * @throws AppError BAD_USER_INPUT (first), QUERY_TOO_COMPLEX (with knownAt)
   */
  childrenAt(
    parent: number,
    { asOf, knownAt }: Moment,
    first: number,
    after?: ParentCursor,
  ): IntervalPage {
    const range = { from: asOf, to: asOf + 1 };
    return this.intervalsOfParent(parent, range, first, after, knownAt);
  }

  /**
   * The parent's intervals that share an instant with the range; ordered, bounded and failing as `childrenAt`. Without
   * range, those that cover no instant too.
   */
  intervalsOfParent(
    parent: number,
    range: TimeRange,
    first: number,
    after?: ParentCursor,
    knownAt?: number,
  ): IntervalPage {
    checkFirst(first);
    const isMeant = (interval: Interval) => overlaps(interval, range);
    const rows = this.isNow(knownAt)
      ? this.scan(parent, range, after)
      : this.replayScan(parent, knownAt!, after);
    const intervals: Interval[] = [];
    let passed = 0;
    let next: ParentCursor | undefined;
    for (const { cursor, interval } of rows) {
      if (intervals.length === first || passed === PASSED_MAX) return { intervals, next };
      if (interval && isMeant(interval)) intervals.push(interval);
      else passed++;
      next = cursor;
    }
    return { intervals };
  }

  /** The child's intervals in order, behind the one opened at `after`. */
  intervalsOf(child: number, first: number, after?: Position, knownAt?: number): Interval[] {
    checkFirst(first);
    const timelines = this.timelines([child], knownAt);
    const from = after ?? BEFORE_ALL;
    const intervals = timelines.listFrom(child, from, first + 1);
    const isBehind = (each: Interval) => !after || comparePositions(each.from, after) > 0;
    return intervals.filter(isBehind).slice(0, first);
  }

  /** The conflicts over a child by ledger position, from `fromSeq` on. */
  conflictsOf(child: number, first: number, fromSeq = 0, knownAt?: number): Conflict[] {
    checkFirst(first);
    if (this.isNow(knownAt)) return this.store.conflicts.ofChild(child, fromSeq, first);
    const hindsight = this.lookBack([child], knownAt!);
    return hindsight
      .conflictsOf(child)
      .filter(({ seq }) => seq >= fromSeq)
      .slice(0, first);
  }

  /** In which containers the item was, through every level, within the range: what it inherits events from. */
  stretchesOf(item: number, range: TimeRange, knownAt?: number): Stretches {
    return listStretches(this.timelines([item], knownAt), item, range, this.levelsMax);
  }

  private *scan(parent: number, range: TimeRange, after?: ParentCursor): Generator<Row> {
    let cursor = after ?? cursorBefore(range.from ?? BEFORE_ALL.time + 1);
    for (;;) {
      const page = this.store.intervals.ofParent(parent, cursor, ROWS_AT_ONCE);
      for (const interval of page) yield { cursor: cursorAt(interval), interval };
      if (page.length < ROWS_AT_ONCE) return;
      cursor = cursorAt(page[page.length - 1]!);
    }
  }

  /** Every child that some event had put into the parent is asked where it was, child after child. */
  private *replayScan(parent: number, knownAt: number, after?: ParentCursor): Generator<Row> {
    let fromChild = after?.child ?? 0;
    for (;;) {
      const children = this.store.movements.everAddedTo(parent, fromChild, REPLAYED_AT_ONCE);
      const hindsight = this.lookBack(children, knownAt);
      for (const child of children) {
        const from = child === after?.child ? after.from : BEFORE_ALL;
        for (const interval of hindsight.listFrom(child, BEFORE_ALL, Infinity)) {
          const isMeant = interval.parent === parent && comparePositions(interval.from, from) > 0;
          if (isMeant) yield { cursor: cursorAt(interval), interval };
        }
        yield { cursor: { to: ENDLESS, child, from: AFTER_ALL } };
      }
      if (children.length < REPLAYED_AT_ONCE) return;
      fromChild = children[children.length - 1]! + 1;
    }
  }

  private timelines(items: number[], knownAt: number | undefined): Timelines {
    return this.isNow(knownAt) ? this.stored : this.lookBack(items, knownAt!);
  }

  private isNow(knownAt: number | undefined): boolean {
    return knownAt === undefined || knownAt >= this.store.movements.head();
  }

  private lookBack(items: number[], knownAt: number): Hindsight {
    return Hindsight.of(this.store, items, knownAt, this.levelsMax);
  }
}

function overlaps({ from, to }: Interval, range: TimeRange): boolean {
  const end = to?.time ?? ENDLESS;
  if (range.from === undefined && range.to === undefined) return true;
  if (from.time === end) return false;
  return from.time < (range.to ?? AFTER_ALL.time) && end > (range.from ?? BEFORE_ALL.time);
}

function checkFirst(first: number): void {
  if (!Number.isSafeInteger(first) || first < 1 || first > FIRST_MAX) {
    throw new AppError('BAD_USER_INPUT', `first must be from 1 to ${FIRST_MAX}`);
  }
}
