import type { Conflict } from '../../../src/graph/containment/conflict.js';
import type { Interval } from '../../../src/graph/containment/interval.js';
import type { Movement, Voiding } from '../../../src/graph/containment/movement.js';

export type Given = Movement | Voiding;

export interface NaiveState {
  intervals: Interval[];
  conflicts: Conflict[];
}

/** All events from the beginning, one after the other, as the rules say it: what the engine is held against. */
export function naiveReplay(
  given: readonly Given[],
  knownAt = Infinity,
  levelsMax = 64,
): NaiveState {
  const known = given.filter(({ seq }) => seq < knownAt);
  const voided = new Set(known.map((each) => ('voids' in each ? each.voids : undefined)));
  voided.delete(undefined);
  const events = known
    .filter((each): each is Movement => !('voids' in each))
    .filter(({ seq }) => !voided.has(seq))
    .sort((a, b) => {
      if (a.eventTime !== b.eventTime) return a.eventTime < b.eventTime ? -1 : 1;
      if (a.recordTime !== b.recordTime) return a.recordTime < b.recordTime ? -1 : 1;
      return a.seq < b.seq ? -1 : 1;
    });
  const intervals: Interval[] = [];
  const conflicts: Conflict[] = [];
  const whereIs = (child: number) => intervals.find((each) => each.child === child && !each.to);

  for (const event of events) {
    const { seq, kind, parent } = event;
    const here = { time: event.eventTime, recordTime: event.recordTime, seq };
    const children = new Set(event.children);
    const tell = (of: Conflict['kind'], child?: number, other?: number) =>
      conflicts.push({ kind: of, seq, child, parent, other });
    if (kind === 'ADD') {
      const above = [parent];
      for (let up = whereIs(parent); up && above.length <= levelsMax; up = whereIs(up.parent)) {
        above.push(up.parent);
      }
      for (const child of children) {
        const old = whereIs(child);
        if (old?.parent === parent) continue;
        if (old) {
          old.to = here;
          tell('REPARENTED_WITHOUT_DELETE', child, old.parent);
        }
        if (above.includes(child)) tell('CYCLE', child, old?.parent);
        else if (above.length > levelsMax) tell('TOO_DEEP', child, old?.parent);
        else intervals.push({ child, parent, from: here });
      }
    }
    if (kind === 'DELETE' && children.size > 0) {
      for (const child of children) {
        const old = whereIs(child);
        if (old?.parent === parent) old.to = here;
        else tell('DELETE_WITHOUT_ADD', child, old?.parent);
      }
    }
    if (kind === 'DELETE' && children.size === 0) {
      const inside = intervals.filter((each) => each.parent === parent && !each.to);
      for (const each of inside) each.to = here;
      if (inside.length === 0) tell('DELETE_WITHOUT_ADD');
    }
    if (kind === 'OBSERVE') {
      for (const child of children) {
        const old = whereIs(child);
        if (parent === undefined ? !old : old?.parent !== parent) {
          tell('MISMATCH_INSTANCE', child, old?.parent);
        }
      }
    }
    if (kind === 'END') {
      for (const each of intervals) if (children.has(each.parent) && !each.to) each.to = here;
    }
    if (kind === 'CONSUME') {
      for (const child of children) {
        const old = whereIs(child);
        if (old) old.to = here;
      }
    }
  }
  return sortState({ intervals, conflicts });
}

export function sortState({ intervals, conflicts }: NaiveState): NaiveState {
  const text = (conflict: Conflict) =>
    [conflict.seq, conflict.child, conflict.kind, conflict.parent, conflict.other].join(' ');
  return {
    intervals: [...intervals].sort((a, b) => a.child - b.child || compare(a, b)),
    conflicts: [...conflicts].sort((a, b) => (text(a) < text(b) ? -1 : 1)),
  };
}

function compare(a: Interval, b: Interval): number {
  return (
    a.from.time - b.from.time || a.from.recordTime - b.from.recordTime || a.from.seq - b.from.seq
  );
}

export function naiveAt({ intervals }: NaiveState, child: number, asOf: number) {
  return intervals.find(
    ({ child: each, from, to }) => each === child && from.time <= asOf && (!to || asOf < to.time),
  );
}
