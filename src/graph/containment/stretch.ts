import type { Interval } from './interval.js';
import { comparePositions, beforeAllAt, BEFORE_ALL, type Position } from './position.js';
import type { Timelines } from './timeline.js';

/** Event times, half-open; a side left out is open. */
export interface TimeRange {
  from?: number;
  to?: number;
}

/**
 * While an item was in a container, directly (level 1) or through others: every link of the chain between them covers
 * it. An event recorded on the container reaches the item when `covers(stretch, position)` (interval.ts). Where the
 * range asked for cuts a stretch, the cut stands before all events of that time.
 */
export interface Stretch {
  container: number;
  level: number;
  from: Position;
  to?: Position;
}

export interface Stretches {
  /** By level, and within it in order. */
  stretches: Stretch[];
  /** False when there were more levels or stretches than the bounds allow. */
  isComplete: boolean;
}

export const STRETCHES_MAX = 10_000;

/** Level by level: a container's intervals, cut to the stretch in which the item was in it. */
export function listStretches(
  timelines: Timelines,
  item: number,
  range: TimeRange,
  levelsMax: number,
): Stretches {
  const start = {
    container: item,
    level: 0,
    from: range.from === undefined ? BEFORE_ALL : beforeAllAt(range.from),
    to: range.to === undefined ? undefined : beforeAllAt(range.to),
  };
  const stretches: Stretch[] = [];
  const queue: Stretch[] = isEmpty(start) ? [] : [start];
  for (const inner of queue) {
    const outer = listOuter(timelines, inner, STRETCHES_MAX - stretches.length + 1);
    const isOver = stretches.length + outer.length > STRETCHES_MAX;
    if (isOver || (outer.length > 0 && inner.level === levelsMax)) {
      return { stretches, isComplete: false };
    }
    stretches.push(...outer);
    queue.push(...outer);
  }
  return { stretches, isComplete: true };
}

function listOuter(timelines: Timelines, inner: Stretch, limit: number): Stretch[] {
  const outer: Stretch[] = [];
  for (const { parent, from, to } of scanFrom(timelines, inner.container, inner.from)) {
    if (inner.to && comparePositions(from, inner.to) >= 0) break;
    const stretch = {
      container: parent,
      level: inner.level + 1,
      from: comparePositions(from, inner.from) > 0 ? from : inner.from,
      to: !to || (inner.to && comparePositions(inner.to, to) < 0) ? inner.to : to,
    };
    if (!isEmpty(stretch)) outer.push(stretch);
    if (outer.length === limit) break;
  }
  return outer;
}

const ROWS_AT_ONCE = 32;

function* scanFrom(timelines: Timelines, child: number, from: Position): Generator<Interval> {
  for (let position: Position | undefined = from; position;) {
    const page = timelines.listFrom(child, position, ROWS_AT_ONCE);
    yield* page;
    position = page.length < ROWS_AT_ONCE ? undefined : page[page.length - 1]!.to;
  }
}

function isEmpty({ from, to }: Stretch): boolean {
  return to !== undefined && comparePositions(from, to) >= 0;
}
