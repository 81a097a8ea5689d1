import type { EpcisAction } from '../../record/epcis/fact/event-fact.js';
import type { EventDetail } from '../event/event-detail.js';
import type { ItemRole } from '../event/mention-role.js';

/** An EPCIS event as a trace sees it: terms as texts (full CBV URIs, canonical EPCs), times in ms. */
export interface TraceEvent extends EventDetail {
  seq: number;
  /** eventTime. */
  time: number;
  /** recordTime of the document, else the ledger's; second in the order of events. */
  recordTime: number;
  /** When the ledger took it in. */
  at: number;
  /** `ObjectEvent` ... */
  type: string;
  action?: EpcisAction;
  bizStep?: string;
  disposition?: string;
  readPoint?: string;
  bizLocation?: string;
  parent?: string;
  eventId?: string;
}

/** How an event comes into an item's history. */
export type HistorySource =
  | { kind: 'SELF' }
  /** Recorded on a container the item was in, `level` levels up (1: the innermost). */
  | { kind: 'CONTAINER'; epc: string; level: number }
  /** A sensor at the place where the item was. */
  | { kind: 'LOCATION_SENSOR'; place: string }
  /** A thing associated with the item or one of its containers: a logger. */
  | { kind: 'ASSOCIATION'; epc: string };

/** One event of an item's history. */
export interface HistoryEntry {
  event: TraceEvent;
  source: HistorySource;
  /** As what the event names the item, or the container it is inherited from. */
  role: ItemRole;
}
