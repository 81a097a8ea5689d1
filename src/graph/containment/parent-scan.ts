import type { IntervalStore, ParentCursor } from './containment-store.js';
import { endOf, holdsBefore, type Interval } from './interval.js';
import { AFTER_ALL, type Position } from './position.js';

const ROWS_AT_ONCE = 1_000;

/** Behind every interval that ends before `time`. */
export function cursorBefore(time: number): ParentCursor {
  return { to: time - 1, child: Number.MAX_SAFE_INTEGER, from: AFTER_ALL };
}

export function cursorAt(interval: Interval): ParentCursor {
  return { to: endOf(interval), child: interval.child, from: interval.from };
}

/** Intervals of the parent that end at `time` or later, in order of their end; read in pages. */
export function* scanEnds(
  intervals: IntervalStore,
  parent: number,
  time: number,
): Generator<Interval> {
  for (let after = cursorBefore(time); ;) {
    const page = intervals.ofParent(parent, after, ROWS_AT_ONCE);
    yield* page;
    if (page.length < ROWS_AT_ONCE) return;
    after = cursorAt(page[page.length - 1]!);
  }
}

/** Children the parent holds just before the event at the position. */
export function childrenBefore(
  intervals: IntervalStore,
  parent: number,
  position: Position,
): number[] {
  const children: number[] = [];
  for (const interval of scanEnds(intervals, parent, position.time)) {
    if (holdsBefore(interval, position)) children.push(interval.child);
  }
  return children;
}

/** Children the event at the position took out of the parent. */
export function* childrenEndedAt(
  intervals: IntervalStore,
  parent: number,
  { time, seq }: Position,
): Generator<number> {
  for (const interval of scanEnds(intervals, parent, time)) {
    if (endOf(interval) > time) return;
    if (interval.to?.seq === seq) yield interval.child;
  }
}
