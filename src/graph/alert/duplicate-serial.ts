import { isReturn, passageOf, type Passage } from '../trace/passage.js';
import type { HistoryEntry, TraceEvent } from '../trace/trace-event.js';
import { formsPrefix } from './company-prefix.js';
import { isBeginning, isCommissioning, isNamed, suspect, type Suspicion } from './suspicion.js';

/** What is known of the other instances of a GTIN: positions of their earliest commissionings that count. */
export interface Siblings {
  /** Of any. */
  commissioned?: number;
  /** At a place of the company the GTIN is of. */
  atHome?: number;
}

/**
 * A serial number that seems to be borne by more than one thing.
 *
 * @param own the item's own events that count, in order of position
 * @param gtin class of the item; absent when it is no instance of a GTIN
 */
export function findDuplicates(
  own: readonly HistoryEntry[],
  gtin: string | undefined,
  siblings: Siblings,
): Suspicion[] {
  return [
    ...findSecondCommissionings(own),
    ...findLaterLife(own),
    ...findUncommissioned(own, gtin, siblings),
    ...findForeign(own, gtin, siblings),
    ...findConflicts(own, 'LOT_CONFLICT', ({ lot }) => lot),
    ...findConflicts(own, 'EXPIRY_CONFLICT', ({ expiry }) => expiry),
  ];
}

function findSecondCommissionings(own: readonly HistoryEntry[]): Suspicion[] {
  const [first, ...others] = own.filter(isCommissioning);
  return others.map(({ event }) =>
    suspect('DUPLICATE_SERIAL', 'SECOND_COMMISSIONING', [event, first!.event]),
  );
}

/** Ends of life, each further than the one before: what was given out may be written off, and then destroyed. */
const ENDS: readonly Passage[] = ['DISPENSE', 'DECOMMISSION', 'DESTROY'];

/** What still happens to something after its end; all that follows the same end is one suspicion. */
function findLaterLife(own: readonly HistoryEntry[]): Suspicion[] {
  const found: Suspicion[] = [];
  let end: { event: TraceEvent; rank: number; events: TraceEvent[] } | undefined;
  const close = () => {
    const [first, ...others] = end?.events ?? [];
    if (!first) return;
    found.push(suspect('DUPLICATE_SERIAL', 'AFTER_END_OF_LIFE', [first, end!.event, ...others]));
  };
  for (const entry of own) {
    const rank = rankOf(entry);
    if (end && entry.event.time > end.event.time && isLife(entry)) {
      const isBack = end.rank === 0 && isReturn(entry.event);
      if (rank <= end.rank && !isBack) end.events.push(entry.event);
      if (isBack && end.events.length === 0) end = undefined;
    }
    if (rank > (end?.rank ?? -1)) {
      close();
      end = { event: entry.event, rank, events: [] };
    }
  }
  close();
  return found;
}

function rankOf(entry: HistoryEntry): number {
  if (entry.role !== 'EPC' || isCommissioning(entry) || isReturn(entry.event)) return -1;
  return ENDS.indexOf(passageOf(entry));
}

/** That something is not in its container any more says nothing of its life. */
function isLife({ event, role }: HistoryEntry): boolean {
  return !(event.action === 'DELETE' && role === 'CHILD');
}

function findUncommissioned(
  own: readonly HistoryEntry[],
  gtin: string | undefined,
  { commissioned }: Siblings,
): Suspicion[] {
  const [first] = own;
  if (!first || gtin === undefined || commissioned === undefined) return [];
  if (own.some(isBeginning)) return [];
  const suspicion = suspect('DUPLICATE_SERIAL', 'NEVER_COMMISSIONED', [first.event]);
  return [{ ...suspicion, restsOn: commissioned }];
}

function findForeign(
  own: readonly HistoryEntry[],
  gtin: string | undefined,
  { atHome }: Siblings,
): Suspicion[] {
  if (gtin === undefined || atHome === undefined) return [];
  return own
    .filter((entry) => isCommissioning(entry) && formsPrefix(gtin, entry.event) === false)
    .map(({ event }) => {
      const suspicion = suspect('DUPLICATE_SERIAL', 'FOREIGN_COMMISSIONING', [event]);
      return { ...suspicion, restsOn: atHome };
    });
}

/** Whatever says something else than what was said first. */
function findConflicts(
  own: readonly HistoryEntry[],
  reason: 'LOT_CONFLICT' | 'EXPIRY_CONFLICT',
  said: (event: TraceEvent) => string | number | undefined,
): Suspicion[] {
  const [first, ...others] = own
    .filter((entry) => isNamed(entry) && entry.role !== 'INPUT')
    .map(({ event }) => event)
    .filter((event) => said(event) !== undefined);
  return others
    .filter((event) => said(event) !== said(first!))
    .map((event) => suspect('DUPLICATE_SERIAL', reason, [event, first!]));
}
