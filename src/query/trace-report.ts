import type { ItemChild } from '../graph/trace/item-tracer.js';
import type { EventView } from './event.js';
import type { ItemView, PlaceView } from './item.js';
import { listChildren } from './item-children.js';
import { shapeEntry, type HistoryEntryView } from './item-history.js';
import type { Reader } from './reader.js';

/** Views as JSON carries them: times as RFC 3339 in UTC. */
type Reported<T, Times extends keyof T = never> = {
  [K in keyof T]: K extends Times ? string | Extract<T[K], null> : T[K];
};

export type ReportedEvent = Reported<
  Omit<EventView, 'event' | 'lot' | 'expiry' | 'isVoided' | 'isErrorDeclaration'>,
  'eventTime' | 'recordTime'
>;

export interface ReportedEntry extends Omit<HistoryEntryView, 'event'> {
  event: ReportedEvent;
}

export interface ReportedSpan {
  from: string;
  to: string | null;
  /** Ledger positions of the events that say so. */
  seqs: number[];
}

export interface ReportedSensor {
  type: string | null;
  unit: string | null;
  count: number;
  min: number;
  max: number;
  mean: number | null;
  from: string;
  to: string;
  /** Outside the storage range of the product, where that is known. */
  outside: { count: number; seconds: number; seq: number | null } | null;
}

/** All that a trace tells of an item, as one value to print or to write in another form. */
export interface TraceReport extends Reported<
  Omit<ItemView, 'trace' | 'moment' | 'question' | 'chain' | 'location' | 'reason'>,
  'expiry' | 'since'
> {
  /** Why it is not complete. */
  reason: string | null;
  location: Record<'readPoint' | 'bizLocation' | 'site', PlaceView | null> | null;
  chain: {
    containers: { level: number; epc: string; since: string; seq: number }[];
    isComplete: boolean;
  };
  /** The first of what is in it. */
  children: { epc: string; since: string; seq: number }[];
  hasMoreChildren: boolean;
  /** Oldest first. */
  history: ReportedEntry[];
  custody: {
    segments: (ReportedSpan & { custodian: string })[];
    gaps: (ReportedSpan & { kind: string })[];
  };
  sensors: ReportedSensor[];
}

/** More than anybody reads; `children` of the API has them all. */
export const REPORTED_CHILDREN = 100;

export async function formatReport(reader: Reader, item: ItemView): Promise<TraceReport> {
  const { trace, moment: _moment, question: _question, ...view } = item;
  const children = await listChildren(reader, item, { first: REPORTED_CHILDREN });
  return {
    ...view,
    expiry: toText(view.expiry),
    since: toText(view.since),
    chain: {
      isComplete: view.chain.isComplete,
      containers: view.chain.containers.map((each) => ({ ...each, since: toText(each.since) })),
    },
    children: children.nodes.map(formatChild),
    hasMoreChildren: children.hasNext,
    history: trace.history.entries.map((entry) => formatEntry(shapeEntry(entry))),
    custody: {
      segments: trace.custody.segments.map(({ custodian, from, to, fromSeq }) => ({
        custodian,
        ...formatSpan({ from, to, fromSeq }),
      })),
      gaps: trace.custody.gaps.map(({ kind, ...span }) => ({ kind, ...formatSpan(span) })),
    },
    sensors: trace.sensors.map(formatSensor),
  };
}

function formatEntry({ event: view, ...entry }: HistoryEntryView): ReportedEntry {
  const {
    event: _event,
    lot: _lot,
    expiry: _expiry,
    isVoided: _isVoided,
    isErrorDeclaration: _isErrorDeclaration,
    ...event
  } = view;
  const { eventTime, recordTime } = view;
  return {
    ...entry,
    event: { ...event, eventTime: toText(eventTime), recordTime: toText(recordTime) },
  };
}

function formatChild({ epc, since, seq }: ItemChild): TraceReport['children'][number] {
  return { epc, since: toText(since), seq };
}

function formatSpan(span: {
  from: number;
  to?: number;
  fromSeq: number;
  toSeq?: number;
}): ReportedSpan {
  const { from, to = null, fromSeq, toSeq } = span;
  return {
    from: toText(from),
    to: toText(to),
    seqs: toSeq === undefined ? [fromSeq] : [fromSeq, toSeq],
  };
}

function formatSensor(summary: ItemView['trace']['sensors'][number]): ReportedSensor {
  const { type = null, unit = null, count, min, max, mean = null, from, to, outside } = summary;
  return {
    ...{ type, unit, count, min, max, mean },
    from: toText(from),
    to: toText(to),
    outside: outside
      ? {
          count: outside.count,
          seconds: outside.durationMs / 1_000,
          seq: outside.count > 0 ? outside.seq : null,
        }
      : null,
  };
}

function toText(time: number): string;
function toText(time: number | null): string | null;
function toText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
