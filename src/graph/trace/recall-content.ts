import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { LEVELS_MAX } from '../containment/chain.js';
import { ContainmentReader, type Moment } from '../containment/containment-reader.js';
import {
  AFTER_ALL,
  afterAllAt,
  BEFORE_ALL,
  comparePositions,
  type Position,
} from '../containment/position.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';

const FIRST = 10_000;
/** Stays that are followed for one answer. */
const STAYS_MAX = 300_000;

/** A container, and while what is asked for was in something that leads to it. */
interface Stay {
  container: number;
  from: Position;
  to: Position;
}

/** Follows containment downwards. */
export class ContentWalk {
  private readonly packing: ContainmentReader;

  constructor(database: DatabaseSync) {
    this.packing = new ContainmentReader(new SqliteContainmentStore(database, 'packing'));
  }

  /**
   * All that a container has held up to the moment, directly or through others: a unit in a case counts when it was in
   * there while the case was in the container.
   *
   * @throws AppError QUERY_TOO_COMPLEX
   */
  everIn(container: number, moment: Moment, itemsMax: number): number[] {
    const items = new Set<number>();
    let stays: Stay[] = [{ container, from: BEFORE_ALL, to: afterAllAt(moment.asOf) }];
    let left = STAYS_MAX;
    for (let level = 0; stays.length > 0; level++) {
      const inner: Stay[] = [];
      for (const [holder, within] of Map.groupBy(stays, (stay) => stay.container)) {
        for (const found of this.inside(holder, within, moment)) {
          items.add(found.container);
          inner.push(found);
          const isTooMuch = level >= LEVELS_MAX || --left < 0 || items.size > itemsMax;
          if (isTooMuch) throw tooMany(itemsMax);
        }
      }
      stays = inner;
    }
    return [...items];
  }

  /**
   * However often the container was in what is asked for, its contents are read once.
   *
   * @param stays of the container; no two at once, for it is in one place at a time
   */
  private *inside(container: number, stays: readonly Stay[], { knownAt }: Moment): Generator<Stay> {
    const sorted = stays.toSorted((a, b) => comparePositions(a.from, b.from));
    const [first, last] = [sorted[0]!, sorted.at(-1)!];
    const range = {
      ...(first.from !== BEFORE_ALL && { from: first.from.time }),
      to: last.to.time + 1,
    };
    let after;
    do {
      const page = this.packing.intervalsOfParent(container, range, FIRST, after, knownAt);
      for (const { child, from, to = AFTER_ALL } of page.intervals) {
        for (let i = firstEndingAfter(sorted, from); i < sorted.length; i++) {
          const stay = sorted[i]!;
          if (comparePositions(stay.from, to) >= 0) break;
          yield { container: child, from: latest(from, stay.from), to: earliest(to, stay.to) };
        }
      }
      after = page.next;
    } while (after);
  }
}

/** The place of the first stay that is not over at the position. */
function firstEndingAfter(stays: readonly Stay[], position: Position): number {
  let [low, high] = [0, stays.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePositions(stays[middle]!.to, position) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function earliest(a: Position, b: Position): Position {
  return comparePositions(a, b) < 0 ? a : b;
}

function latest(a: Position, b: Position): Position {
  return comparePositions(a, b) > 0 ? a : b;
}

function tooMany(itemsMax: number): AppError {
  return new AppError(
    'QUERY_TOO_COMPLEX',
    'the container has held too much to answer for at once',
    {
      hint: 'ask for what it held, container by container',
      itemsMax,
    },
  );
}
