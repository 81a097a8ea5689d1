import type { TraceReport } from '../query/trace-report.js';

/** What the command asks for; times as the API takes them. */
export interface TraceQuestion {
  epc: string;
  /** RFC 3339; now when left out. */
  asOf?: string;
  /** The last ledger position known; all when left out. */
  knownAt?: number;
}

/** Null when nothing is known of the item. */
export type TraceAsker = (question: TraceQuestion) => Promise<TraceReport | null>;
