import type { SupplySize } from './size.js';

export type AnomalyType =
  | 'DUPLICATE_SERIAL'
  | 'IMPOSSIBLE_TRAVEL'
  | 'CUSTODY_GAP'
  | 'DOUBLE_OWNERSHIP'
  | 'EXCURSION'
  | 'REPARENTED';

/** What can be planted, and the type of alert that it must raise; the reasons of a type take turns. */
export const TYPE_OF_REASON = {
  SECOND_COMMISSIONING: 'DUPLICATE_SERIAL',
  AFTER_END_OF_LIFE: 'DUPLICATE_SERIAL',
  NEVER_COMMISSIONED: 'DUPLICATE_SERIAL',
  FOREIGN_COMMISSIONING: 'DUPLICATE_SERIAL',
  LOT_CONFLICT: 'DUPLICATE_SERIAL',
  EXPIRY_CONFLICT: 'DUPLICATE_SERIAL',
  TOO_FAST: 'IMPOSSIBLE_TRAVEL',
  TWO_PLACES_AT_ONCE: 'IMPOSSIBLE_TRAVEL',
  NEVER_RECEIVED: 'CUSTODY_GAP',
  NEVER_SHIPPED: 'CUSTODY_GAP',
  SOLD_BY_ANOTHER: 'DOUBLE_OWNERSHIP',
  ALARM_CONDITION: 'EXCURSION',
  OUT_OF_RANGE: 'EXCURSION',
  REPARENTED_WITHOUT_DELETE: 'REPARENTED',
} as const satisfies Record<string, AnomalyType>;

export type AnomalyReason = keyof typeof TYPE_OF_REASON;

/** Something planted, and what an alert on it must say. */
export interface Anomaly {
  type: AnomalyType;
  /** What was planted. */
  reason: AnomalyReason;
  /** All that is wrong at the first evidence, `reason` first: a second lot is a second commissioning too. */
  reasons: [AnomalyReason, ...AnomalyReason[]];
  /** The item, an EPC URN as it stands in the events. */
  epc: string;
  /** First evidence, then what it contradicts. */
  eventIDs: [string, ...string[]];
}

/** What is wrong with the events of a run; whatever it does not list is in order. */
export interface SupplyTruth {
  seed: number;
  /** Absent when the number of events was asked for. */
  size?: SupplySize;
  /** Lines, error declarations among them. */
  events: number;
  anomalies: Anomaly[];
}
