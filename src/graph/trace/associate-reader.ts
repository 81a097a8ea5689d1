import type { DatabaseSync } from 'node:sqlite';
import { ContainmentReader, type Moment } from '../containment/containment-reader.js';
import { AFTER_ALL, BEFORE_ALL, comparePositions, type Position } from '../containment/position.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import type { TimeRange } from '../containment/stretch.js';
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
   * What is associated with the thing within one of these reaches: its children there, its parents and theirs. However
   * often something was in the thing, what is associated is read once.
   *
   * @param limit how many at most
   * @throws AppError QUERY_TOO_COMPLEX (with knownAt)
   */
  associatesOf(
    thing: number,
    reaches: readonly Reach[],
    { asOf, knownAt }: Moment,
    limit: number,
  ): Associates {
    const range = rangeOf(reaches, asOf);
    const below = this.reader.intervalsOfParent(thing, range, ASSOCIATES_MAX, undefined, knownAt);
    const above = this.reader.stretchesOf(thing, range, knownAt);
    const found = [
      ...below.intervals.map(({ child, from, to }) => ({ id: child, reach: { from, to } })),
      ...above.stretches.map(({ container, from, to }) => ({ id: container, reach: { from, to } })),
    ];
    const associates: Associate[] = [];
    const isComplete = below.next === undefined && above.isComplete;
    for (const reach of reaches) {
      for (const { id, reach: own } of found) {
        const common = intersect(own, reach);
        if (!common) continue;
        if (associates.length === limit) return { associates, isComplete: false };
        associates.push({ id, reach: common });
      }
    }
    return { associates, isComplete };
  }
}

/** All of the reaches, as far as the moment goes. */
function rangeOf(reaches: readonly Reach[], asOf: number): TimeRange {
  const from = Math.min(...reaches.map(({ from = BEFORE_ALL }) => from.time));
  const end = Math.max(...reaches.map(({ to = AFTER_ALL }) => to.time));
  // an event at the very end of the reach may still be before it in order
  const to = Math.min(end, asOf) + 1;
  return from === BEFORE_ALL.time ? { to } : { from, to };
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
