import { STEP } from '../../record/cbv/known-term.js';
import { comparePositions } from '../containment/position.js';
import type { HistoryEntry, TraceEvent } from '../trace/trace-event.js';
import { siteAt } from './spot.js';
import { isBeginning, isNamed, suspect, type Suspicion } from './suspicion.js';

/** How long goods may be on their way. */
export const TRANSIT_MAX_MS = 14 * 24 * 3_600_000;

const ARRIVALS: ReadonlySet<string | undefined> = new Set([
  STEP.receiving,
  STEP.accepting,
  STEP.arriving,
]);
const DEPARTURES: ReadonlySet<string | undefined> = new Set([STEP.shipping, STEP.departing]);
const VOID_SHIPPING = 'https://ref.gs1.org/cbv/BizStep-void_shipping';

/** What an event has to say of where something is. */
export type Trace = Pick<TraceEvent, 'bizStep' | 'readPoint' | 'bizLocation'>;

/**
 * Shipped and not received, or received and not shipped.
 *
 * @param entries own and inherited events that count, in order of position
 * @param areContentsSeen whether something that the item held when it was shipped has arrived
 */
export function findCustodyGaps(
  entries: readonly HistoryEntry[],
  areContentsSeen: (shipping: TraceEvent) => boolean = () => false,
): Suspicion[] {
  return [...findUnreceived(entries, areContentsSeen), ...findUnshipped(entries)];
}

/** Told when the time is over; known from the start. */
function findUnreceived(
  entries: readonly HistoryEntry[],
  areContentsSeen: (shipping: TraceEvent) => boolean,
): Suspicion[] {
  return entries
    .filter((entry) => isNamed(entry) && entry.event.bizStep === STEP.shipping)
    .map(({ event }) => event)
    .filter((shipping) => !isExplained(shipping, entries) && !areContentsSeen(shipping))
    .map((shipping) => ({
      ...suspect('CUSTODY_GAP', 'NEVER_RECEIVED', [shipping]),
      raisedAt: shipping.time + TRANSIT_MAX_MS,
    }));
}

function isExplained(shipping: TraceEvent, entries: readonly HistoryEntry[]): boolean {
  return entries.some(({ event }) => {
    if (event.time > shipping.time + TRANSIT_MAX_MS) return false;
    if (comparePositions(event, shipping) <= 0) return false;
    return event.bizStep === VOID_SHIPPING || showsArrival(shipping, event);
  });
}

/** Whether an event after a shipping shows that the goods have got somewhere. */
export function showsArrival(shipping: Trace, later: Trace): boolean {
  return ARRIVALS.has(later.bizStep) || areApart(siteAt(shipping), siteAt(later));
}

function findUnshipped(entries: readonly HistoryEntry[]): Suspicion[] {
  return entries.flatMap((entry, i) => {
    if (!isNamed(entry) || entry.event.bizStep !== STEP.receiving) return [];
    const before = sinceLastStop(entries.slice(0, i));
    const here = siteAt(entry.event);
    const elsewhere = before.findLast(({ event }) => areApart(siteAt(event), here));
    const isShipped = before.some(({ event }) => DEPARTURES.has(event.bizStep));
    if (!elsewhere || isShipped) return [];
    return [suspect('CUSTODY_GAP', 'NEVER_SHIPPED', [entry.event, elsewhere.event])];
  });
}

/** From where it was commissioned or received last. */
function sinceLastStop(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const stop = entries.findLastIndex(
    (entry) => isBeginning(entry) || entry.event.bizStep === STEP.receiving,
  );
  return entries.slice(Math.max(0, stop));
}

function areApart(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
