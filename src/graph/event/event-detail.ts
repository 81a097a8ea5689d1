import type {
  EventFacts,
  QuantityFact,
  SensorFact,
  TypedFact,
} from '../../record/epcis/fact/event-fact.js';

/** What a trace needs of an event beside its columns; absent parts are empty. */
export interface EventDetail {
  sources?: TypedFact[];
  destinations?: TypedFact[];
  bizTransactions?: TypedFact[];
  /** Persistent dispositions. */
  set?: string[];
  unset?: string[];
  lot?: string;
  expiry?: number;
  transformationId?: string;
  sensors?: SensorFact[];
  /** Amounts of classes and lots. */
  quantities?: QuantityFact[];
}

/** Reports kept with an event: enough to sum up; all of them can be queried. */
export const SENSORS_MAX = 100;

/** JSON text of an EventDetail; null when there is nothing to tell. */
export function formatDetail(facts: EventFacts): string | null {
  const { sources, destinations, bizTransactions, set, unset, lot, expiry, transformationId } =
    facts;
  const { quantities } = facts;
  const sensors = facts.sensors?.slice(0, SENSORS_MAX);
  const detail: EventDetail = {
    sources,
    destinations,
    bizTransactions,
    set,
    unset,
    lot,
    expiry,
    transformationId,
    sensors,
    quantities,
  };
  const text = JSON.stringify(detail);
  return text === '{}' ? null : text;
}

export function parseDetail(text: string | null): EventDetail {
  return text === null ? {} : (JSON.parse(text) as EventDetail);
}
