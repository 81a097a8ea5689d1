/**
 * Where an event stands among all events: by event time, then record time, then ledger position (DOMAIN 2). Times are
 * whole milliseconds. Ledger positions are unique, so no two events stand at the same place.
 */
export interface Position {
  time: number;
  recordTime: number;
  seq: number;
}

const FIRST = Number.MIN_SAFE_INTEGER;
const LAST = Number.MAX_SAFE_INTEGER;

export function comparePositions(a: Position, b: Position): number {
  return a.time - b.time || a.recordTime - b.recordTime || a.seq - b.seq;
}

/** Before every event of that time. */
export function beforeAllAt(time: number): Position {
  return { time, recordTime: FIRST, seq: FIRST };
}

/** Behind every event of that time. */
export function afterAllAt(time: number): Position {
  return { time, recordTime: LAST, seq: LAST };
}

export const BEFORE_ALL: Readonly<Position> = beforeAllAt(FIRST);
export const AFTER_ALL: Readonly<Position> = afterAllAt(LAST);
