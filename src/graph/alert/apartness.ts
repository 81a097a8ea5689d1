import { STEP } from '../../record/cbv/known-term.js';
import { AFTER_ALL, BEFORE_ALL, comparePositions, type Position } from '../containment/position.js';
import { ownersOf } from '../trace/party.js';
import type { HistoryEntry } from '../trace/trace-event.js';
import type { Stay } from './packing-facts.js';
import { isNamed } from './suspicion.js';

/**
 * Whether what happened to its containers bears on an item's alerts. For most units it does not: they are packed, come out
 * and are given away, and whatever befell the pallet is the pallet's affair. It does for what was shipped, received or
 * sold on its own, and for what was seen without the container it is said to be in.
 */
export function isSeenApart(own: readonly HistoryEntry[], stays: readonly Stay[]): boolean {
  if (stays.length === 0) return false;
  return own.some(isTrade) || isSeenWhilePacked(own, stays);
}

function isTrade(entry: HistoryEntry): boolean {
  const { event } = entry;
  if (!isNamed(entry)) return false;
  if (event.bizStep === STEP.shipping || event.bizStep === STEP.receiving) return true;
  const { from, to } = ownersOf(event);
  return from !== undefined || to !== undefined;
}

/** Between two sightings, one of them on its own, it was in something. */
function isSeenWhilePacked(own: readonly HistoryEntry[], stays: readonly Stay[]): boolean {
  const located = own.filter(({ event }) => event.readPoint ?? event.bizLocation);
  for (let i = 0; i <= located.length; i++) {
    const [before, after] = [located[i - 1], located[i]];
    const areNeighboursOwn = [before, after].some((entry) => entry && entry.role !== 'CHILD');
    if (!areNeighboursOwn) continue;
    const from: Position = before?.event ?? BEFORE_ALL;
    const to: Position = after?.event ?? AFTER_ALL;
    if (stays.some((stay) => overlaps(stay, from, to))) return true;
  }
  return false;
}

function overlaps(stay: Stay, from: Position, to: Position): boolean {
  const endsLater = !stay.to || comparePositions(stay.to, from) > 0;
  return endsLater && comparePositions(stay.from, to) < 0;
}
