import type { Relation } from '../../record/draft.js';

/**
 * A relation, from the derived thing to its source. Ends and evidence are named by the CID of a record or the URI of a thing.
 */
export interface Edge {
  from: string;
  to: string;
  relation: Relation;
  /**
   * Where it stands in the record that says so, RFC 6901; `/links/0` and `/replaces` stand in the statement. Empty when no one
   * place says so.
   */
  path: string;
}

/** What says so. */
export interface ToldEdge extends Edge {
  /** CID of the record that says so; null when that one may not be shown. */
  evidence: string | null;
  /** When it held, ms; null for from the beginning, and for still. */
  since: number | null;
  until: number | null;
  /** What the ends have in common when no record says so: SERIAL, NDC, PRESCRIPTION. */
  rule: string | null;
}

/** UPSTREAM: from a thing to what it comes from. DOWNSTREAM: to what came of it. */
export type Direction = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';

const MATCH = 'match:';

/** A stored path is where a record says so, or what the two ends were matched by. */
export function readPath(text: string): { path: string; rule: string | null } {
  return text.startsWith(MATCH)
    ? { path: '', rule: text.slice(MATCH.length) }
    : { path: text, rule: null };
}
