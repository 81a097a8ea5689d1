import type { EventOrder, EventPosition, TimeWindow } from './event-filter.js';

/** A part of all events: by time and position, and by position alone. */
export interface EventRange {
  /** Excluded, as is `upper`. */
  lower: EventPosition;
  upper: EventPosition;
  fromSeq: number;
  /** Excluded. */
  toSeq: number;
}

const END = Number.MAX_SAFE_INTEGER;

export const WHOLE: Readonly<EventRange> = {
  lower: { time: -END, seq: -1 },
  upper: { time: END, seq: -1 },
  fromSeq: 0,
  toSeq: END,
};

export function isByTime(orderBy: EventOrder): boolean {
  return orderBy.startsWith('TIME');
}

export function isDescending(orderBy: EventOrder): boolean {
  return orderBy.endsWith('DESC');
}

export function comparePlaces(a: EventPosition, b: EventPosition): number {
  return a.time - b.time || a.seq - b.seq;
}

/** What is in both. */
export function narrow(range: EventRange, by: Partial<EventRange>): EventRange {
  const { lower, upper, fromSeq, toSeq } = range;
  return {
    lower: by.lower && comparePlaces(by.lower, lower) > 0 ? by.lower : lower,
    upper: by.upper && comparePlaces(by.upper, upper) < 0 ? by.upper : upper,
    fromSeq: Math.max(fromSeq, by.fromSeq ?? fromSeq),
    toSeq: Math.min(toSeq, by.toSeq ?? toSeq),
  };
}

/** Positions are never negative, so -1 stands before all events of a time. */
export function timeRange({ from, before }: TimeWindow): Partial<EventRange> {
  return {
    ...(from !== undefined && { lower: { time: from, seq: -1 } }),
    ...(before !== undefined && { upper: { time: before, seq: -1 } }),
  };
}

/** What comes behind a place in an order. */
export function behind(orderBy: EventOrder, after: EventPosition): Partial<EventRange> {
  if (isByTime(orderBy)) return isDescending(orderBy) ? { upper: after } : { lower: after };
  return isDescending(orderBy) ? { toSeq: after.seq } : { fromSeq: after.seq + 1 };
}

export function isEmptyRange({ lower, upper, fromSeq, toSeq }: EventRange): boolean {
  return fromSeq >= toSeq || comparePlaces(lower, upper) >= 0;
}
