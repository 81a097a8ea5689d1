import { STEP } from '../../record/cbv/known-term.js';
import { JOURNEY_MAX_MS } from '../trace/journey.js';
import type { HistoryEntry, TraceEvent } from '../trace/trace-event.js';
import { siteAt } from './spot.js';
import { isBeginning, isNamed, suspect, type Suspicion } from './suspicion.js';

const ARRIVALS: ReadonlySet<string | undefined> = new Set([
  STEP.receiving,
  STEP.accepting,
  STEP.arriving,
]);
const DEPARTURES: ReadonlySet<string | undefined> = new Set([STEP.shipping, STEP.departing]);
const VOID_SHIPPING = 'https://ref.gs1.org/cbv/BizStep-void_shipping';

/** Shippings of one thing, the last, for which it is asked what became of all that it held. */
const CONTENTS_ASKED_MAX = 10;

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
  const sites = entries.map(({ event }) => siteAt(event));
  const unseen = entries.flatMap((entry, i) => {
    if (!isNamed(entry) || entry.event.bizStep !== STEP.shipping) return [];
    return isExplained(entries, sites, i) ? [] : [entry.event];
  });
  const settled = unseen.length - CONTENTS_ASKED_MAX;
  return unseen
    .filter((shipping, i) => i < settled || !areContentsSeen(shipping))
    .map((shipping) => ({
      ...suspect('CUSTODY_GAP', 'NEVER_RECEIVED', [shipping]),
      raisedAt: shipping.time + JOURNEY_MAX_MS,
    }));
}

/** Whether some later event shows what became of the one at that place. */
function isExplained(
  entries: readonly HistoryEntry[],
  sites: readonly (string | undefined)[],
  place: number,
): boolean {
  const due = entries[place]!.event.time + JOURNEY_MAX_MS;
  for (let i = place + 1; i < entries.length && entries[i]!.event.time <= due; i++) {
    const { bizStep } = entries[i]!.event;
    if (bizStep === VOID_SHIPPING || ARRIVALS.has(bizStep)) return true;
    if (areApart(sites[place], sites[i])) return true;
  }
  return false;
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
