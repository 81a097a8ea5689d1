import { MATCH_RULES, type MatchRule } from '../dispense/match-rule.js';
import type { RecallGap } from './recall.js';

/**
 * By what a record is known to be of a dispensing, the strongest first. Null: it names the event itself. What follows from a
 * record found so has the same.
 */
export const REACH_RULES: readonly (MatchRule | null)[] = [null, ...MATCH_RULES];

/** Records that the dispensed units of a recall have reached. */
export interface RecallReach {
  dispensings: number;
  /** Claims and explanations of benefit: of the dispensings, and what was made of these. */
  claims: number;
  /** Distinct, as far as the records name one. */
  patients: number;
  /** Adds up to the above; the strongest first, without what found nothing. */
  byRule: RecallReachCount[];
  /** How many products the units asked about are of, dispensed or not. */
  products: number;
  /** The first that holds; absent when this is all. */
  gap?: RecallGap;
  /** Number of ledger entries the answer knows. */
  knownAt: number;
}

export interface RecallReachCount {
  rule: MatchRule | null;
  dispensings: number;
  claims: number;
}

export interface ReachedRecord {
  seq: number;
  rule: MatchRule | null;
}

export interface ReachedPage {
  records: ReachedRecord[];
  hasNext: boolean;
}
