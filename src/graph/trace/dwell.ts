import type { Position } from '../containment/position.js';
import { isOfItem, StateFold } from './item-state.js';
import type { HistoryEntry, TraceEvent } from './trace-event.js';

/** While an item was at a place: from the event that shows it there up to, but without, the one that says otherwise. */
export interface Dwell {
  place: string;
  from: Position;
  to?: Position;
}

/** @param history in the order of events; what sensors elsewhere say is passed over */
export function dwellsOf(history: readonly HistoryEntry[]): Dwell[] {
  const fold = new StateFold();
  const dwells: Dwell[] = [];
  let open: Dwell | undefined;
  for (const entry of history.filter(isOfItem)) {
    fold.add(entry);
    const { status, bizLocation, readPoint } = fold.state;
    const place = status === 'AT_SITE' ? (bizLocation ?? readPoint) : undefined;
    if (place === open?.place) continue;
    const position = positionOf(entry.event);
    if (open) open.to = position;
    open = place === undefined ? undefined : { place, from: position };
    if (open) dwells.push(open);
  }
  return dwells;
}

export function positionOf({ time, recordTime, seq }: TraceEvent): Position {
  return { time, recordTime, seq };
}
