import { CustodyFold } from './custody-fold.js';
import { isOfItem } from './item-state.js';
import { JOURNEY_MAX_MS } from './journey.js';
import { passageOf } from './passage.js';
import { siteOf } from './site.js';
import type { HistoryEntry, TraceEvent } from './trace-event.js';

/** While one party, or one site where no party is named, had the item; event times in ms, half-open. */
export interface CustodySegment {
  custodian: string;
  from: number;
  /** Absent while it still has it. */
  to?: number;
  /** The event that shows it first. */
  fromSeq: number;
  /** The event that shows somebody else. */
  toSeq?: number;
}

/**
 * NOT_RECEIVED: sent away, and sent or seen elsewhere again without having been received, or not seen for 14 days.
 * NOT_SHIPPED: received at another site than the one where it was, without having been sent.
 */
export type CustodyGapKind = 'NOT_RECEIVED' | 'NOT_SHIPPED';

export interface CustodyGap {
  kind: CustodyGapKind;
  from: number;
  /** Absent while nothing has been seen of it since. */
  to?: number;
  /** The last event before, and the first behind. */
  fromSeq: number;
  toSeq?: number;
}

export interface Custody {
  segments: CustodySegment[];
  gaps: CustodyGap[];
}

/**
 * @param history in the order of events
 * @param asOf event time, ms, up to which it goes
 */
export function custodyOf(history: readonly HistoryEntry[], asOf: number): Custody {
  const own = history.filter(isOfItem);
  return { segments: segmentsOf(own), gaps: gapsOf(own, asOf) };
}

function segmentsOf(history: readonly HistoryEntry[]): CustodySegment[] {
  const fold = new CustodyFold();
  const segments: CustodySegment[] = [];
  for (const entry of history) {
    const { time, seq } = entry.event;
    const before = fold.custodian;
    fold.add(entry);
    const { custodian } = fold;
    if (custodian === undefined || custodian === before) continue;
    const last = segments.at(-1);
    if (last) Object.assign(last, { to: time, toSeq: seq });
    segments.push({ custodian, from: time, fromSeq: seq });
  }
  return segments;
}

/** Loading and departing after shipping are one journey; it ends where the item is next shown to be. */
function gapsOf(history: readonly HistoryEntry[], asOf: number): CustodyGap[] {
  const gaps: CustodyGap[] = [];
  let seen: TraceEvent | undefined;
  let sent: TraceEvent | undefined;
  for (const entry of history) {
    const { event } = entry;
    const passage = passageOf(entry);
    const place = placeOf(event);
    const hasMoved = place !== undefined && isAnotherSite(place, seen);
    if (passage === 'ARRIVE') {
      if (!sent && seen && hasMoved) gaps.push(gapOf('NOT_SHIPPED', seen, event));
      sent = undefined;
    } else if (sent && hasMoved) {
      gaps.push(gapOf('NOT_RECEIVED', sent, event));
      sent = undefined;
    }
    if (passage === 'DEPART') sent ??= event;
    else if (sent && endsJourney(passage, event)) sent = undefined;
    if (place !== undefined) seen = event;
  }
  if (sent && asOf - sent.time >= JOURNEY_MAX_MS) gaps.push(gapOf('NOT_RECEIVED', sent));
  return gaps;
}

/** A place of business, or an end of life, says that it is somewhere. */
function endsJourney(passage: string, { bizLocation }: TraceEvent): boolean {
  return bizLocation !== undefined || passage !== 'OTHER';
}

function gapOf(kind: CustodyGapKind, before: TraceEvent, behind?: TraceEvent): CustodyGap {
  const start = { kind, from: before.time, fromSeq: before.seq };
  return behind ? { ...start, to: behind.time, toSeq: behind.seq } : start;
}

function placeOf({ bizLocation, readPoint }: TraceEvent): string | undefined {
  return bizLocation ?? readPoint;
}

function isAnotherSite(place: string, seen: TraceEvent | undefined): boolean {
  const before = seen && placeOf(seen);
  return before !== undefined && siteOf(before) !== siteOf(place);
}
