import type { DatabaseSync } from 'node:sqlite';
import { ContainmentReader } from '../containment/containment-reader.js';
import { comparePositions, type Position } from '../containment/position.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import type { Reach } from './gathering.js';

/** A thing associated with another, and from which event up to which. */
export interface Associate {
  id: number;
  reach: Reach;
}

export interface Associates {
  associates: Associate[];
  /** False when there are more than are looked at. */
  isComplete: boolean;
}

/** Loggers on one pallet, assets one trailer is part of: more than any real one has. */
const ASSOCIATES_MAX = 1_000;

/** Assets and sensors that AssociationEvents have put on a thing, or the thing on them. */
export class AssociateReader {
  private readonly reader: ContainmentReader;

  constructor(database: DatabaseSync) {
    this.reader = new ContainmentReader(new SqliteContainmentStore(database, 'association'));
  }

  /**
   * What is associated with the thing within that reach: its children there, its parents and theirs.
   *
   * @throws AppError QUERY_TOO_COMPLEX (with knownAt)
   */
  associatesOf(thing: number, reach: Reach, asOf: number, knownAt?: number): Associates {
    const end = Math.min(reach.to?.time ?? asOf, asOf);
    // an event at the very end of the reach may still be before it in order
    const range = { from: reach.from?.time, to: end + 1 };
    const below = this.reader.intervalsOfParent(thing, range, ASSOCIATES_MAX, undefined, knownAt);
    const above = this.reader.stretchesOf(thing, range, knownAt);
    const found = [
      ...below.intervals.map(({ child, from, to }) => ({ id: child, reach: { from, to } })),
      ...above.stretches.map(({ container, from, to }) => ({ id: container, reach: { from, to } })),
    ];
    return {
      associates: found.flatMap(({ id, reach: own }) => {
        const common = intersect(own, reach);
        return common ? [{ id, reach: common }] : [];
      }),
      isComplete: below.next === undefined && above.isComplete,
    };
  }
}

function intersect(a: Reach, b: Reach): Reach | undefined {
  const from = pick(a.from, b.from, 1);
  const to = pick(a.to, b.to, -1);
  const isEmpty = from && to && comparePositions(from, to) >= 0;
  return isEmpty ? undefined : { from, to };
}

/** The later (sign 1) or the earlier (-1) of two sides; open sides give way. */
function pick(a: Position | undefined, b: Position | undefined, sign: 1 | -1) {
  if (!a || !b) return a ?? b;
  return sign * comparePositions(a, b) >= 0 ? a : b;
}
