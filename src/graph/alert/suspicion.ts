import type { HistoryEntry, TraceEvent } from '../trace/trace-event.js';

/** In stored codes: add at the end. */
export const ALERT_TYPES = [
  'DUPLICATE_SERIAL',
  'IMPOSSIBLE_TRAVEL',
  'CUSTODY_GAP',
  'DOUBLE_OWNERSHIP',
  'EXCURSION',
  'REPARENTED',
] as const;

export type AlertType = (typeof ALERT_TYPES)[number];

/** What exactly is odd, in the order in which the reasons of one alert are listed. */
export const ALERT_REASONS = [
  'SECOND_COMMISSIONING',
  'AFTER_END_OF_LIFE',
  'NEVER_COMMISSIONED',
  'FOREIGN_COMMISSIONING',
  'LOT_CONFLICT',
  'EXPIRY_CONFLICT',
  'TOO_FAST',
  'TWO_PLACES_AT_ONCE',
  'NEVER_RECEIVED',
  'NEVER_SHIPPED',
  'SOLD_BY_ANOTHER',
  'OUT_OF_RANGE',
  'ALARM_CONDITION',
  'REPARENTED_WITHOUT_DELETE',
] as const;

export type AlertReason = (typeof ALERT_REASONS)[number];

/** Something odd about an item: never a verdict. Two of one type and first evidence are one. */
export interface Suspicion {
  type: AlertType;
  reasons: AlertReason[];
  /** Ledger positions: the event that made it suspect, then what that contradicts, then what goes on with it. */
  evidence: [first: number, ...others: number[]];
  /** From when it is told, ms. */
  raisedAt: number;
  /** Position of the last thing beside its evidence that it rests on. */
  restsOn?: number;
}

/** Told from the first evidence on; a clock that ran ahead must not hide it. */
export function suspect(
  type: AlertType,
  reason: AlertReason,
  events: readonly [TraceEvent, ...TraceEvent[]],
): Suspicion {
  const [{ seq, time, at }, ...others] = events;
  return {
    type,
    reasons: [reason],
    evidence: [seq, ...others.map((event) => event.seq)],
    raisedAt: Math.min(time, at),
  };
}

/** One of each type and first evidence, with all its reasons. */
export function mergeSuspicions(suspicions: readonly Suspicion[]): Suspicion[] {
  if (suspicions.length < 2) return [...suspicions];
  const merged = new Map<string, Suspicion>();
  for (const each of suspicions) {
    const key = `${each.type} ${each.evidence[0]}`;
    const former = merged.get(key);
    merged.set(key, former ? merge(former, each) : each);
  }
  return [...merged.values()];
}

function merge(a: Suspicion, b: Suspicion): Suspicion {
  const reasons = ALERT_REASONS.filter((one) => a.reasons.includes(one) || b.reasons.includes(one));
  const [first, ...others] = a.evidence;
  const rest = new Set([...others, ...b.evidence]);
  rest.delete(first);
  return {
    type: a.type,
    reasons,
    evidence: [first, ...rest],
    raisedAt: Math.min(a.raisedAt, b.raisedAt),
    restsOn: Math.max(a.restsOn ?? -1, b.restsOn ?? -1),
  };
}

/** The position from which it could be known. */
export function knownFrom({ evidence, restsOn = -1 }: Suspicion): number {
  return Math.max(restsOn, ...evidence);
}

export function isOwn({ source }: HistoryEntry): boolean {
  return source.kind === 'SELF';
}

/**
 * True when the item is what the event is about. Where an event puts things into a container or takes them out, the
 * container is, and so it is the container that is suspect.
 */
export function isNamed(entry: HistoryEntry): boolean {
  return isOwn(entry) && !(entry.role === 'CHILD' && entry.event.parent !== undefined);
}

/** An instance comes into being: ObjectEvent ADD. */
export function isCommissioning({ event, role }: HistoryEntry): boolean {
  return event.type === 'ObjectEvent' && event.action === 'ADD' && role === 'EPC';
}

/** Commissioned, or out of a transformation. */
export function isBeginning(entry: HistoryEntry): boolean {
  return entry.role === 'OUTPUT' || isCommissioning(entry);
}
