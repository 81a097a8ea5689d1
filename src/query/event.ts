import type { EpcisAction, TypedFact } from '../record/epcis/fact/event-fact.js';
import type { TraceEvent } from '../graph/trace/trace-event.js';
import type { Content } from './content.js';
import { withRecordTime } from './event-text.js';
import type { Reader } from './reader.js';
import { notFound } from './address.js';
import { showRecord, type RecordView } from './record.js';

/** An event, and what has become of it, as the index knows it. */
export interface KnownEvent extends TraceEvent {
  /** Ledger position of what voids it. */
  voidedAt?: number;
  isDeclaration?: boolean;
  isRepeat?: boolean;
}

export interface TypedView {
  type: string | null;
  value: string;
}

/** An EPCIS event as it is answered; terms are full URIs, identifiers canonical. Lists of things are opened when asked for. */
export interface EventView {
  seq: number;
  eventID: string | null;
  type: string;
  action: EpcisAction | null;
  eventTime: number;
  /** When the ledger took it in. */
  recordTime: number;
  bizStep: string | null;
  disposition: string | null;
  readPoint: string | null;
  bizLocation: string | null;
  parentID: string | null;
  transformationID: string | null;
  bizTransactions: TypedView[];
  sources: TypedView[];
  destinations: TypedView[];
  persistentDisposition: { set: string[]; unset: string[] } | null;
  lot: string | null;
  expiry: number | null;
  isVoided: boolean;
  isErrorDeclaration: boolean;
  /** What it was made of. */
  event: KnownEvent;
}

/** For a viewer who may read events: `checkEventReader`. */
export function shapeEvent(event: KnownEvent): EventView {
  const { set = [], unset = [] } = event;
  return {
    seq: event.seq,
    eventID: event.eventId ?? null,
    type: event.type,
    action: event.action ?? null,
    eventTime: event.time,
    recordTime: event.at,
    bizStep: event.bizStep ?? null,
    disposition: event.disposition ?? null,
    readPoint: event.readPoint ?? null,
    bizLocation: event.bizLocation ?? null,
    parentID: event.parent ?? null,
    transformationID: event.transformationId ?? null,
    bizTransactions: shapeTyped(event.bizTransactions),
    sources: shapeTyped(event.sources),
    destinations: shapeTyped(event.destinations),
    persistentDisposition: set.length + unset.length > 0 ? { set, unset } : null,
    lot: event.lot ?? null,
    expiry: event.expiry ?? null,
    isVoided: event.voidedAt !== undefined,
    isErrorDeclaration: event.isDeclaration ?? false,
    event,
  };
}

/** The record at a position that the index has told of. @throws AppError NOT_FOUND */
export async function recordAt(reader: Reader, seq: number): Promise<RecordView> {
  const node = await reader.load.recordAt.load(seq);
  const record = node && showRecord(reader, node);
  if (!record) throw notFound();
  return record;
}

/** The event's record, opened, after the rules. */
export async function openEvent(reader: Reader, { seq }: Pick<EventView, 'seq'>): Promise<Content> {
  const { node } = await recordAt(reader, seq);
  return reader.load.content.load(node);
}

/**
 * The event as it was captured, numbers as they were spelt, with the ledger's time as its `recordTime`; null when the
 * content cannot be shown.
 */
export async function formatEpcisText(reader: Reader, view: EventView): Promise<string | null> {
  const { text } = await openEvent(reader, view);
  return text === undefined ? null : withRecordTime(text, view.recordTime);
}

function shapeTyped(facts: readonly TypedFact[] = []): TypedView[] {
  return facts.map(({ type, value }) => ({ type: type ?? null, value }));
}
