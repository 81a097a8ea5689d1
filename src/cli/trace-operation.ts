import { REPORTED_CHILDREN, type ReportedEntry, type TraceReport } from '../query/trace-report.js';
import { TypedDocumentString } from './gql/graphql.js';
import type { TraceQuestion } from './trace-answer.js';

interface Evidence {
  evidence: { seq: number };
}

interface Span {
  from: string;
  to: string | null;
}

/** A page of the history, with all else that is told of the item. */
export interface TracedItem extends Omit<
  TraceReport,
  | 'persistentDispositions'
  | 'chain'
  | 'children'
  | 'hasMoreChildren'
  | 'history'
  | 'custody'
  | 'sensors'
  | 'conflicts'
> {
  persistentDispositions: ({ disposition: string } & Evidence)[];
  chain: {
    containers: ({ level: number; epc: string; since: string } & Evidence)[];
    isComplete: boolean;
  };
  children: { nodes: TraceReport['children']; pageInfo: { hasNextPage: boolean } };
  history: {
    nodes: ReportedEntry[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  custody: {
    segments: ({ custodian: string } & Span & Evidence)[];
    gaps: ({ kind: string; evidence: { seq: number }[] } & Span)[];
  };
  sensors: (Omit<TraceReport['sensors'][number], 'outside'> & {
    outside: { count: number; seconds: number; evidence: { seq: number } | null } | null;
  })[];
  conflicts: (Omit<TraceReport['conflicts'][number], 'seq'> & Evidence)[];
}

/** The history of an item in pages; the rest comes with each. */
export const TraceDocument = new TypedDocumentString<
  { item: TracedItem | null },
  TraceQuestion & { first: number; after: string | null }
>(`query Trace($epc: String!, $asOf: DateTime, $knownAt: Seq, $first: Int, $after: String) {
  item(epc: $epc, asOf: $asOf, knownAt: $knownAt) {
    epc urn kind gtin serial lot expiry productName status since bizStep disposition
    persistentDispositions { disposition evidence { seq } }
    location {
      readPoint { id name latitude longitude }
      bizLocation { id name latitude longitude }
      site { id name latitude longitude }
    }
    custodian { id name latitude longitude }
    owner { id name latitude longitude }
    chain { containers { level epc since evidence { seq } } isComplete }
    children(first: ${REPORTED_CHILDREN}) { nodes { epc since seq } pageInfo { hasNextPage } }
    history(first: $first, after: $after) {
      nodes {
        source { kind epc level place }
        role
        event {
          seq eventID type action eventTime recordTime bizStep disposition readPoint bizLocation
          parentID transformationID persistentDisposition { set unset }
          bizTransactions { type value } sources { type value } destinations { type value }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
    custody {
      segments { custodian from to evidence { seq } }
      gaps { kind from to evidence { seq } }
    }
    sensors {
      type unit count min max mean from to outside { count seconds evidence { seq } }
    }
    conflicts { kind container other evidence { seq } }
    quantities { epcClass amount uom isExact }
    isComplete reason position
  }
}`);
