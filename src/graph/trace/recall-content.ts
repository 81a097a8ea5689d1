import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { LEVELS_MAX } from '../containment/chain.js';
import { ContainmentReader, type Moment } from '../containment/containment-reader.js';
import {
  comparePositions,
  afterAllAt,
  BEFORE_ALL,
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
    for (let level = 0; level < LEVELS_MAX && stays.length > 0; level++) {
      const inner: Stay[] = [];
      for (const stay of stays) {
        for (const found of this.inside(stay, moment)) {
          items.add(found.container);
          inner.push(found);
          if (--left < 0 || items.size > itemsMax) throw tooMany(itemsMax);
        }
      }
      stays = inner;
    }
    return [...items];
  }

  private *inside({ container, from, to }: Stay, { knownAt }: Moment): Generator<Stay> {
    const range = { ...(from !== BEFORE_ALL && { from: from.time }), to: to.time + 1 };
    let after;
    do {
      const page = this.packing.intervalsOfParent(container, range, FIRST, after, knownAt);
      for (const interval of page.intervals) {
        const stay = {
          container: interval.child,
          from: latest(interval.from, from),
          to: interval.to && comparePositions(interval.to, to) < 0 ? interval.to : to,
        };
        if (comparePositions(stay.from, stay.to) < 0) yield stay;
      }
      after = page.next;
    } while (after);
  }
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
