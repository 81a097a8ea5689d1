import type { Relation } from '../record/draft.js';

/** A relation between two record versions, from the derived thing to its source. */
export interface Edge {
  /** Record CIDs. */
  from: string;
  to: string;
  relation: Relation;
  /** Where it stands in the record it starts from, RFC 6901; `/links/0` and `/replaces` stand in the statement. */
  path: string;
}

/** UPSTREAM: from a thing to what it comes from. DOWNSTREAM: to what came of it. */
export type Direction = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
