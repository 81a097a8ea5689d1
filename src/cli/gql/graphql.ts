/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How a record version came to be in the log. */
export type ActivityKind =
  /** It was captured as a new record. */
  | 'CAPTURE'
  /** It was stated in place of the version before. */
  | 'CORRECTION';

/** A document as text: a FHIR R4 resource or Bundle, an EPCIS 2.0 document, query document, event or list of events, an EPCIS 1.2 or 2.0 XML document. */
export type CaptureDocument = {
  /** JSON or XML text. A string, so that numbers keep their spelling. */
  content: string;
  /** "application/fhir+json", "application/ld+json" or "application/xml"; told from the content when left out. */
  mediaType?: string | null | undefined;
};

/** What to capture, and what to wait for. */
export type CaptureInput = {
  /** The documents; each may hold many records. */
  documents: Array<CaptureDocument>;
  /** Makes a repeated call safe: with the same key and documents it answers the first receipts again. At most 256 characters. */
  idempotencyKey?: string | null | undefined;
  /** What becomes of the good records when there are bad ones. */
  mode?: CaptureMode;
  /** Refuses what would otherwise only be warned of, like a wrong check digit. */
  strict?: boolean;
  /** What to wait for; receipts say what was reached. */
  waitFor?: Durability;
};

/** What becomes of the good records of a call that has bad ones too. */
export type CaptureMode =
  /** The good records are captured, and each bad one is reported. */
  | 'PROCEED'
  /** All records are captured, or none is. */
  | 'ROLLBACK';

/** Why content is there or not. Its entry, its proof and its lineage hold in every state. */
export type ContentState =
  /** The content was opened, and its hash, seal and key commitment hold. */
  | 'AVAILABLE'
  /** Its keys were destroyed, and that was attested on the ledger. */
  | 'ERASED'
  /** It cannot be opened for this viewer here: no key on this node, or no right to it. */
  | 'SEALED'
  /** The sealed block is missing, or its bytes do not match what the ledger says. */
  | 'UNAVAILABLE';

/** What to correct, and with what. */
export type CorrectInput = {
  /** The next version: exactly one record. */
  document: CaptureDocument;
  /** The version that is wrong; it stays, and stays provable. */
  record: RecordAddress;
  /** What to wait for; the receipt says what was reached. */
  waitFor?: Durability;
};

/** How far a record has come. Each state includes the ones before it. */
export type Durability =
  /** Found by queries. */
  | 'INDEXED'
  /** Covered by a signed checkpoint. */
  | 'PUBLISHED'
  /** Durable, its position in the log fixed. */
  | 'SEQUENCED';

/** The closed list of what can go wrong; errors carry it as `extensions.code`. */
export type ErrorCode =
  /** The cursor was not made for this question, or not for this viewer. */
  | 'BAD_CURSOR'
  /** An argument is not what the description of it says. */
  | 'BAD_USER_INPUT'
  /** Another record of the same call was refused, so this one was not captured. */
  | 'BATCH_ROLLED_BACK'
  /** There is a data directory already. */
  | 'DATA_DIRECTORY_EXISTS'
  /** Another process has the data directory open. */
  | 'DATA_DIRECTORY_LOCKED'
  /** There is no data directory. */
  | 'DATA_DIRECTORY_MISSING'
  /** The data directory was written by a later version. */
  | 'DATA_DIRECTORY_NEWER'
  /** The time for the request was over. */
  | 'DEADLINE'
  /** A JSON object names a member twice. */
  | 'DUPLICATE_MEMBER'
  /** There is nothing in what was sent. */
  | 'EMPTY_INPUT'
  /** The log does not take this statement. */
  | 'ENTRY_REFUSED'
  /** The statement is larger than an entry may be. */
  | 'ENTRY_TOO_LARGE'
  /** The caller may not do this. */
  | 'FORBIDDEN'
  /** The query is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The query does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** Something went wrong here; the request id finds it in our log. */
  | 'INTERNAL'
  /** The record breaks a rule of its standard; the pointer shows where. */
  | 'INVALID_RECORD'
  /** The key file cannot be opened with this passphrase. */
  | 'KEY_FILE_LOCKED'
  /** The key is not one that may be used. */
  | 'KEY_REFUSED'
  /** Too much is waiting to be sequenced; send it again. */
  | 'LOG_BUSY'
  /** The log does not agree with what it signed before; it signs nothing more. */
  | 'LOG_DIVERGED'
  /** It is not JSON. */
  | 'MALFORMED_JSON'
  /** The same key of idempotency was used before, for something else. */
  | 'NONCE_REUSED'
  /** It is not in the one spelling that is signed. */
  | 'NON_CANONICAL'
  /** It is not given in the form asked for; the message names the header. */
  | 'NOT_ACCEPTABLE'
  /** There is no such thing, or none this viewer may know of. */
  | 'NOT_FOUND'
  /** No query is known by this hash; send its text. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** The proof does not hold. */
  | 'PROOF_REFUSED'
  /** The query asks for too much at once. */
  | 'QUERY_TOO_COMPLEX'
  /** Too many requests; wait a while. */
  | 'RATE_LIMITED'
  /** The seal does not hold. */
  | 'SEAL_REFUSED'
  /** The node is stopping. */
  | 'SHUTTING_DOWN'
  /** The signature does not hold. */
  | 'SIGNATURE_REFUSED'
  /** The disk failed. */
  | 'STORE_FAILED'
  /** The disk is full. */
  | 'STORE_FULL'
  /** It is nested too deeply. */
  | 'TOO_DEEP'
  /** It is larger than what is taken; the message names the limit. */
  | 'TOO_LARGE'
  /** A token is needed, or the one sent is not good. */
  | 'UNAUTHENTICATED'
  /** It cannot be reached now. */
  | 'UNAVAILABLE'
  /** It is not a kind of record that is known here. */
  | 'UNKNOWN_RESOURCE_TYPE'
  /** Its media type is not read here. */
  | 'UNSUPPORTED_MEDIA_TYPE';

/** A name for a thing outside, to look records up by. */
export type IdentifierInput = {
  /** Whose naming it is; without it, any. */
  system?: string | null | undefined;
  /** The name itself, spelt exactly. */
  value: string;
};

/** Why a lineage answer is not all there is. */
export type IncompleteReason =
  /** Nodes were left out that this viewer may not see. */
  | 'ACCESS'
  /** The time for the request was over. */
  | 'DEADLINE'
  /** There is more beyond the depth asked for. */
  | 'MAX_DEPTH'
  /** There are more nodes than asked for. */
  | 'MAX_NODES'
  /** The content of a record could not be opened, so its references are not known. */
  | 'MISSING_BLOCK';

/** Which way lineage is followed. */
export type LineageDirection =
  /** Both: what a record came from, and what came from it. */
  | 'BOTH'
  /** To what came from a record. */
  | 'DOWNSTREAM'
  /** To what a record came from. */
  | 'UPSTREAM';

/** From where, which way and how far lineage is followed. */
export type LineageInput = {
  /** How many steps from the nearest root, from 0 to 1,000. */
  depthMax?: number;
  /** Which way. */
  direction?: LineageDirection;
  /** Only what was known when the log ended with this position. */
  knownAt?: number | null | undefined;
  /** How many nodes at most, from 1 to 10,000. */
  nodesMax?: number;
  /** Relations to follow; all but refersTo when left out. */
  relations?: Array<Relation> | null | undefined;
  /** The records to begin with, at most 100; all of them stand at depth 0. */
  roots: Array<RecordAddress>;
  /** Types of record to go through, like "Claim"; all when left out. */
  types?: Array<string> | null | undefined;
};

/** Names one record version. A rid means its latest version. */
export type RecordAddress =
  {   /** The CID of its sealed block. */
  cid: string; id?: never; rid?: never; seq?: never; }
  |  { cid?: never;   /** The global id of a Record. */
  id: string; rid?: never; seq?: never; }
  |  { cid?: never; id?: never;   /** The rid: its latest version. */
  rid: string; seq?: never; }
  |  { cid?: never; id?: never; rid?: never;   /** The position of its entry in the log. */
  seq: number; };

/** What a record is, as the ledger names it in clear. */
export type RecordClass =
  /** A derivative: a cohort, an extract, a model. */
  | 'DATASET'
  /** One EPCIS 2.0 event. */
  | 'EPCIS_EVENT'
  /** One HL7 FHIR R4 resource. */
  | 'FHIR_RESOURCE'
  /** An organisation, a place or a product. */
  | 'MASTER_DATA';

/** Which records are meant: those that satisfy all of these. */
export type RecordFilter = {
  /** Signed by the author with this key id. */
  author?: string | null | undefined;
  /** Captured before this time. */
  capturedBefore?: string | null | undefined;
  /** Captured at this time or later. */
  capturedFrom?: string | null | undefined;
  /** Of this class. */
  class?: RecordClass | null | undefined;
  /** Naming this identifier. Finds only records whose content the viewer may read. */
  identifier?: IdentifierInput | null | undefined;
  /** Leave out versions that have a later one. */
  latestOnly?: boolean;
  /** Of this type, like "Claim" or "ObjectEvent". */
  type?: string | null | undefined;
};

/** Order of a list of records. */
export type RecordOrder =
  /** As captured, oldest first. Stable while the log grows. */
  | 'SEQ_ASC'
  /** As captured, newest first. */
  | 'SEQ_DESC'
  /** By when it happened (or was captured, if it does not say), oldest first. Lists only records whose content the viewer may read. */
  | 'TIME_ASC'
  /** By when it happened (or was captured, if it does not say), newest first. Lists only records whose content the viewer may read. */
  | 'TIME_DESC';

/** How one record stands to another (W3C PROV-DM), read from the derived thing to its source. */
export type Relation =
  /** The other is one of its members. */
  | 'hadMember'
  /** Any other reference; lineage follows it only when asked to. */
  | 'refersTo'
  /** It made use of the other. */
  | 'used'
  /** The other had a part in it. */
  | 'wasAssociatedWith'
  /** The other answers for it. */
  | 'wasAttributedTo'
  /** It was made from the other, in whole or in part. */
  | 'wasDerivedFrom'
  /** It came to be through the other. */
  | 'wasGeneratedBy'
  /** It ceased to hold through the other. */
  | 'wasInvalidatedBy'
  /** It is a later version of the other. */
  | 'wasRevisionOf';

export type CaptureMutationVariables = Exact<{
  input: CaptureInput;
}>;


export type CaptureMutation = { capture: { receipts: Array<{ document: number, pointer: string, cid: string, rid: string, version: number, statementCid: string, entryCid: string, seq: number, at: string, state: Durability, size: number, checkpoint: string | null, repeated: boolean }>, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, pointer: string | null }> } };

export type CorrectMutationVariables = Exact<{
  input: CorrectInput;
}>;


export type CorrectMutation = { correct: { receipt: { cid: string, rid: string, version: number, statementCid: string, entryCid: string, seq: number, at: string, state: Durability, size: number, checkpoint: string | null } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, pointer: string | null }> } };

export type DispensedQueryVariables = Exact<{ [key: string]: never; }>;


export type DispensedQuery = { events: { nodes: Array<{ epcList: { epcs: Array<string> } | null }> } };

export type EntriesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  from?: number | null | undefined;
}>;


export type EntriesQuery = { log: { origin: string, entries: { totalCount: number, nodes: Array<{ cid: string, seq: number, prev: string | null, at: string, statement: { cid: string, type: string, author: string, issuedAt: string, body: unknown } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } };

export type LineageQueryVariables = Exact<{
  input: LineageInput;
}>;


export type LineageQuery = { lineage: { isComplete: boolean, reason: IncompleteReason | null, omitted: number, isOmittedExact: boolean, frontier: Array<string>, redacted: number, cycles: Array<Array<string>>, position: number | null, nodes: Array<{ cid: string, rid: string, version: number, depth: number, seq: number, capturedAt: string, class: RecordClass, type: string | null, occurredAt: string | null }>, edges: Array<{ from: string, to: string, relation: Relation, path: string }> } };

export type LogQueryVariables = Exact<{
  origin?: string | null | undefined;
}>;


export type LogQuery = { log: { origin: string, cid: string, authors: Array<string>, organisation: { name: string, slug: string }, head: { size: number, root: string, text: string }, index: { position: number | null, lagEntries: number, lagMs: number, records: number, edges: number, dangling: number } | null } };

export type PathsQueryVariables = Exact<{
  from: string;
  to: string;
  k?: number | null | undefined;
  maxLength?: number | null | undefined;
}>;


export type PathsQuery = { paths: { isExhaustive: boolean, position: number | null, paths: Array<{ length: number, nodes: Array<{ cid: string, type: string | null, seq: number }>, edges: Array<{ from: string, to: string, relation: Relation, path: string }> }> } };

export type ProvenanceQueryVariables = Exact<{
  cid: string;
}>;


export type ProvenanceQuery = { provenance: { position: number | null, record: { cid: string, rid: string, version: number, class: RecordClass, type: string | null, contentState: ContentState }, versions: Array<{ cid: string, version: number, seq: number, capturedAt: string }>, author: { kid: string, organisation: string, log: string }, activity: { kind: ActivityKind, startedAt: string, endedAt: string }, entry: { cid: string, seq: number, prev: string | null, at: string, statement: { cid: string, type: string, payload: string, protected: string, signature: string } }, inclusionProof: { seq: number, size: number, leafHash: string, hashes: Array<string>, root: string, checkpoint: string | null }, custody: Array<{ kind: ActivityKind, seq: number, at: string, version: number }> } };

export type RecordQueryVariables = Exact<{
  cid?: string | null | undefined;
  rid?: string | null | undefined;
  version?: number | null | undefined;
}>;


export type RecordQuery = { record: { id: string, cid: string, rid: string, version: number, seq: number, capturedAt: string, class: RecordClass, type: string | null, mediaType: string | null, sizeBytes: number, occurredAt: string | null, isLatest: boolean, author: string, statementCid: string, entryCid: string, contentState: ContentState, content: string | null, inclusionProof: { seq: number, size: number, leafHash: string, hashes: Array<string>, root: string, checkpoint: string | null } } | null };

export type RecordsQueryVariables = Exact<{
  filter?: RecordFilter | null | undefined;
  orderBy?: RecordOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RecordsQuery = { records: { position: number | null, nodes: Array<{ cid: string, rid: string, version: number, seq: number, capturedAt: string, class: RecordClass, type: string | null, occurredAt: string | null, isLatest: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WatchSubscriptionVariables = Exact<{
  after?: number | null | undefined;
}>;


export type WatchSubscription = { entries: { cid: string, seq: number, at: string, statement: { type: string, author: string } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CaptureDocument = new TypedDocumentString(`
    mutation Capture($input: CaptureInput!) {
  capture(input: $input) {
    receipts {
      document
      pointer
      cid
      rid
      version
      statementCid
      entryCid
      seq
      at
      state
      size
      checkpoint
      repeated
    }
    userErrors {
      code
      message
      path
      pointer
    }
  }
}
    `, {"hash":"sha256:f64563b41505d02ec6f37b1317135e0da5199309f0b69eb338a4a15aaa92ce83"}) as unknown as TypedDocumentString<CaptureMutation, CaptureMutationVariables>;
export const CorrectDocument = new TypedDocumentString(`
    mutation Correct($input: CorrectInput!) {
  correct(input: $input) {
    receipt {
      cid
      rid
      version
      statementCid
      entryCid
      seq
      at
      state
      size
      checkpoint
    }
    userErrors {
      code
      message
      path
      pointer
    }
  }
}
    `, {"hash":"sha256:b96e7845cb7d7a4d4f0d291483e27061be5feb7071d7b2fe97fe35b9f2ae1db1"}) as unknown as TypedDocumentString<CorrectMutation, CorrectMutationVariables>;
export const DispensedDocument = new TypedDocumentString(`
    query Dispensed {
  events(filter: {EQ_bizStep: ["dispensing"]}, orderBy: TIME_ASC, first: 1) {
    nodes {
      epcList(first: 1) {
        epcs
      }
    }
  }
}
    `, {"hash":"sha256:daeda12127049171c20862d819e31fbf45b269a444fc72a1b2e2db786676fdb2"}) as unknown as TypedDocumentString<DispensedQuery, DispensedQueryVariables>;
export const EntriesDocument = new TypedDocumentString(`
    query Entries($first: Int, $after: String, $from: Seq) {
  log {
    origin
    entries(first: $first, after: $after, from: $from) {
      nodes {
        cid
        seq
        prev
        at
        statement {
          cid
          type
          author
          issuedAt
          body
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    `, {"hash":"sha256:efb93c07f7112ea7138de71c9679992165b2a6057414b67b87cb9e7cffad4f40"}) as unknown as TypedDocumentString<EntriesQuery, EntriesQueryVariables>;
export const LineageDocument = new TypedDocumentString(`
    query Lineage($input: LineageInput!) {
  lineage(input: $input) {
    nodes {
      cid
      rid
      version
      depth
      seq
      capturedAt
      class
      type
      occurredAt
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
    isOmittedExact
    frontier
    redacted
    cycles
    position
  }
}
    `, {"hash":"sha256:12307041364b63b26616c6a112e165e34ca21a2d0e5b0e6c71089433f4115d59"}) as unknown as TypedDocumentString<LineageQuery, LineageQueryVariables>;
export const LogDocument = new TypedDocumentString(`
    query Log($origin: String) {
  log(origin: $origin) {
    origin
    cid
    organisation {
      name
      slug
    }
    authors
    head {
      size
      root
      text
    }
    index {
      position
      lagEntries
      lagMs
      records
      edges
      dangling
    }
  }
}
    `, {"hash":"sha256:15594675219c759a346c0061b54944da8bf7d89d71f3b94352101e81cd53d568"}) as unknown as TypedDocumentString<LogQuery, LogQueryVariables>;
export const PathsDocument = new TypedDocumentString(`
    query Paths($from: ID!, $to: ID!, $k: Int, $maxLength: Int) {
  paths(from: $from, to: $to, k: $k, maxLength: $maxLength) {
    paths {
      length
      nodes {
        cid
        type
        seq
      }
      edges {
        from
        to
        relation
        path
      }
    }
    isExhaustive
    position
  }
}
    `, {"hash":"sha256:117fce82a704e059cdc03e0622c823ccdbdf556a865623b2b8829449297441a4"}) as unknown as TypedDocumentString<PathsQuery, PathsQueryVariables>;
export const ProvenanceDocument = new TypedDocumentString(`
    query Provenance($cid: CID!) {
  provenance(cid: $cid) {
    record {
      cid
      rid
      version
      class
      type
      contentState
    }
    versions {
      cid
      version
      seq
      capturedAt
    }
    author {
      kid
      organisation
      log
    }
    activity {
      kind
      startedAt
      endedAt
    }
    entry {
      cid
      seq
      prev
      at
      statement {
        cid
        type
        payload
        protected
        signature
      }
    }
    inclusionProof {
      seq
      size
      leafHash
      hashes
      root
      checkpoint
    }
    custody {
      kind
      seq
      at
      version
    }
    position
  }
}
    `, {"hash":"sha256:b86e136ec450516d5722bea0ca580e8752c7d67409e54727a76e7d414d29d095"}) as unknown as TypedDocumentString<ProvenanceQuery, ProvenanceQueryVariables>;
export const RecordDocument = new TypedDocumentString(`
    query Record($cid: CID, $rid: ID, $version: Int) {
  record(cid: $cid, rid: $rid, version: $version) {
    id
    cid
    rid
    version
    seq
    capturedAt
    class
    type
    mediaType
    sizeBytes
    occurredAt
    isLatest
    author
    statementCid
    entryCid
    contentState
    content
    inclusionProof {
      seq
      size
      leafHash
      hashes
      root
      checkpoint
    }
  }
}
    `, {"hash":"sha256:3489abc4a27e93841f4e55f9dbdc90bda07a930eca797979ac0aa8c8ab720cf3"}) as unknown as TypedDocumentString<RecordQuery, RecordQueryVariables>;
export const RecordsDocument = new TypedDocumentString(`
    query Records($filter: RecordFilter, $orderBy: RecordOrder, $first: Int, $after: String) {
  records(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes {
      cid
      rid
      version
      seq
      capturedAt
      class
      type
      occurredAt
      isLatest
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    position
  }
}
    `, {"hash":"sha256:7be16481f192650f48619edaf352a2195c6bba46f485c19c0a791e40221148ad"}) as unknown as TypedDocumentString<RecordsQuery, RecordsQueryVariables>;
export const WatchDocument = new TypedDocumentString(`
    subscription Watch($after: Seq) {
  entries(after: $after) {
    cid
    seq
    at
    statement {
      type
      author
    }
  }
}
    `, {"hash":"sha256:9988210c81dab0c22a7a365c781318ceadd487bc920ce377d389ef1fbf9a6c40"}) as unknown as TypedDocumentString<WatchSubscription, WatchSubscriptionVariables>;