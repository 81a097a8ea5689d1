import { comparePositions, type Position } from './position.js';

/**
 * A child is in a parent, half-open: from the event `from` (by its position; `from.seq` opened it) up to but without the
 * event `to` (`to.seq` closed it); without `to`, still. In time: in at `from.time`, out at `to.time`. Packed and
 * unpacked in the same millisecond is an interval that covers no instant, though it may cover a position.
 */
export interface Interval {
  child: number;
  parent: number;
  from: Position;
  to?: Position;
}

/** Where a child is, and since when. */
export type Held = Pick<Interval, 'parent' | 'from'>;

/** Stands for "still" where ends are compared or stored. */
export const ENDLESS = Number.MAX_SAFE_INTEGER;

export function endOf({ to }: Pick<Interval, 'to'>): number {
  return to ? to.time : ENDLESS;
}

/** True between the opening event, itself included, and the closing one, itself excluded. */
export function covers({ from, to }: Pick<Interval, 'from' | 'to'>, position: Position): boolean {
  return comparePositions(from, position) <= 0 && endsAfter({ to }, position);
}

/** True when the state just before the event at `position` is this interval. */
export function holdsBefore({ from, to }: Interval, position: Position): boolean {
  return comparePositions(from, position) < 0 && (!to || comparePositions(to, position) >= 0);
}

export function endsAfter({ to }: Pick<Interval, 'to'>, position: Position): boolean {
  return !to || comparePositions(to, position) > 0;
}

/** The same stay: a position names one event, and an event puts a child into one parent. */
export function isSameHeld(a: Held | undefined, b: Held | undefined): boolean {
  return a?.from.seq === b?.from.seq && a?.parent === b?.parent;
}
