import type { ContainmentStore } from './containment-store.js';
import { endsAfter, type Interval } from './interval.js';
import { afterAllAt, comparePositions, type Position } from './position.js';

/** Where children were: as it is stored, or as it was known at some earlier time. */
export interface Timelines {
  /** Intervals of the child that are not over at the position, in order. */
  listFrom(child: number, position: Position, limit: number): Interval[];
}

/** As it is known now. */
export class StoredTimelines implements Timelines {
  constructor(private readonly store: ContainmentStore) {}

  listFrom(child: number, position: Position, limit: number): Interval[] {
    const { intervals } = this.store;
    const last = intervals.lastBefore(child, position);
    const begun = last && endsAfter(last, position) ? [last] : [];
    return [...begun, ...intervals.openedFrom(child, position, limit - begun.length)];
  }
}

/** The interval the child is in at that event time, with all that happened at it. */
export function intervalAt(
  timelines: Timelines,
  child: number,
  asOf: number,
): Interval | undefined {
  const position = afterAllAt(asOf);
  const [next] = timelines.listFrom(child, position, 1);
  return next && comparePositions(next.from, position) < 0 ? next : undefined;
}
