import { document } from './client.ts';

/** The first payment of a health plan. */
export const FirstPayment = document<{ records: { nodes: { cid: string }[] } }>(`
  query FirstPayment {
    records(filter: { type: "ExplanationOfBenefit" }, orderBy: SEQ_ASC, first: 1) {
      nodes {
        cid
      }
    }
  }
`);

export interface Lineage {
  lineage: {
    nodes: { cid: string | null; type: string | null; depth: number }[];
    edges: { from: string; to: string; relation: string; path: string }[];
    isComplete: boolean;
    reason: string | null;
    omitted: number;
    position: number | null;
  };
}

/** Where a record comes from. */
export const Upstream = document<Lineage, { cid: string }>(`
  query Upstream($cid: CID!) {
    lineage(input: { roots: [{ cid: $cid }], direction: UPSTREAM, depthMax: 20 }) {
      nodes {
        cid
        type
        depth
      }
      edges {
        from
        to
        relation
        path
      }
      isComplete
      reason
      omitted
      position
    }
  }
`);

export interface Impact {
  impact: {
    count: number;
    byType: { type: string | null; count: number }[];
    isComplete: boolean;
    reason: string | null;
  };
}

/** Everything downstream of a record. */
export const ImpactOf = document<Impact, { cid: string }>(`
  query ImpactOf($cid: CID!) {
    impact(input: { roots: [{ cid: $cid }] }) {
      count
      byType {
        type
        count
      }
      isComplete
      reason
    }
  }
`);

export interface Totals {
  analytics: {
    claims: {
      totals: {
        groups: {
          keys: { id: string | null }[];
          claims: number | null;
          billed: string | null;
          paid: string | null;
        }[];
        isComplete: boolean;
        reason: string | null;
      };
    };
  };
}

/** What was claimed and paid, by type of claim. */
export const ClaimTotals = document<Totals>(`
  query ClaimTotals {
    analytics {
      claims {
        totals(by: [CLAIM_TYPE]) {
          groups {
            keys {
              id
            }
            claims
            billed
            paid
          }
          isComplete
          reason
        }
      }
    }
  }
`);

export interface EntryParts {
  seq: number;
  prev: string | null;
  at: string;
  statement: { payload: string; protected: string; signature: string };
}

export interface Proof {
  provenance: {
    entry: EntryParts;
    inclusionProof: { hashes: string[]; checkpoint: string | null };
  };
  log: { cid: string; origin: string; entry: EntryParts | null };
}

/** All that is needed to check that a record stands in the log. */
export const ProofOf = document<Proof, { cid: string }>(`
  query ProofOf($cid: CID!) {
    provenance(cid: $cid) {
      entry {
        ...Parts
      }
      inclusionProof {
        hashes
        checkpoint
      }
    }
    log {
      cid
      origin
      entry(seq: 0) {
        ...Parts
      }
    }
  }

  fragment Parts on Entry {
    seq
    prev
    at
    statement {
      payload
      protected
      signature
    }
  }
`);
