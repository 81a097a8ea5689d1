import type { Way } from './chain.js';
import type { Conflict, ConflictKind } from './conflict.js';
import type { Held } from './interval.js';
import type { Touch } from './movement.js';

export interface Verdict {
  /** Where the child is after the event. */
  held?: Held;
  conflicts: Conflict[];
}

/**
 * The rules (DOMAIN 2, containment over time), for one child and one event.
 *
 * @param before where the child was just before the event
 * @param way what walking up from the parent, just before the event, came to; for ADD only
 */
export function judge(touch: Touch, child: number, before: Held | undefined, way: Way): Verdict {
  const {
    kind,
    parent,
    position: { seq },
  } = touch;
  const conflict = (of: ConflictKind): Conflict => ({
    kind: of,
    seq,
    child,
    parent,
    other: before?.parent === parent ? undefined : before?.parent,
  });
  const isHere = before !== undefined && before.parent === parent;
  switch (kind) {
    case 'ADD': {
      if (isHere) return { held: before, conflicts: [] };
      const conflicts = before ? [conflict('REPARENTED_WITHOUT_DELETE')] : [];
      if (way !== 'FREE') return { conflicts: [...conflicts, conflict(way)] };
      return { held: { parent: parent!, from: touch.position }, conflicts };
    }
    case 'DELETE':
      return isHere
        ? { conflicts: [] }
        : { held: before, conflicts: [conflict('DELETE_WITHOUT_ADD')] };
    case 'OBSERVE': {
      const isSeenRightly = parent === undefined ? before !== undefined : isHere;
      return { held: before, conflicts: isSeenRightly ? [] : [conflict('MISMATCH_INSTANCE')] };
    }
    case 'CONSUME':
      return { conflicts: [] };
    case 'SWEEP':
      return { held: isHere ? undefined : before, conflicts: [] };
  }
}
