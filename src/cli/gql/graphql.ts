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

/** What a figure can be split by; which of these, the figure says. */
export type AnalyticsDimension =
  /** Business step, full URI. */
  | 'BIZ_STEP'
  /** Time: the start of the bucket, RFC 3339. */
  | 'BUCKET'
  /** Status of the claim. */
  | 'CLAIM_STATUS'
  /** Type of the claim: system|code. */
  | 'CLAIM_TYPE'
  /** Class of the record. */
  | 'CLASS'
  /** ISO 4217 code; amounts of two are never added. */
  | 'CURRENCY'
  /** Lot number. */
  | 'LOT'
  /** Author of the event, or who has the unit. */
  | 'ORGANISATION'
  /** Insurer: its rid where the node has its record, else its name. */
  | 'PAYER'
  /** Business location, else read point. */
  | 'PLACE'
  /** GTIN, as Digital Link. */
  | 'PRODUCT'
  /** Who rendered the service, in the same way. */
  | 'PROVIDER'
  /** Why; what it can be, the figure says. */
  | 'REASON'
  /** Who received it: a party, else a site. */
  | 'RECEIVER'
  /** Who sent it: a party, else a site. */
  | 'SENDER'
  /** Product or service: system|code. */
  | 'SERVICE'
  /** Site: GLN without extension. */
  | 'SITE'
  /** Type of the event or resource. */
  | 'TYPE'
  /** The single unit. */
  | 'UNIT';

/** A derivative and what it was made of. */
export type CaptureDatasetInput = {
  /** JSON text: {"type": "Dataset", "id", "name", "description"?, "method"?, "code"? {"repository", "revision", "path"?}, "parameters"?, "result"? {"mediaType"?, "cid"?, "sha256"?, "url"?, "rows"?, "value"?}, "createdAt"?}. A later one with the same id is its next version. */
  content: string;
  /** Makes a repeated call safe: with the same key, content and sources it answers the first receipt again. At most 256 characters. */
  idempotencyKey?: string | null | undefined;
  /** The records it was made of, from 1 to 100,000, each of which the caller may know of: by CID, by global id, by rid (the version that is the latest now) or by position in the log. */
  sources: Array<string>;
  /** What to wait for; the receipt says what was reached. */
  waitFor?: Durability;
};

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
  /** Whose FHIR resources these are: an absolute URL or URN that their names begin with where no fullUrl tells, so that ids of one source are never taken for those of another. */
  source?: string | null | undefined;
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

/** How an event does not fit where things are known to be. */
export type ContainmentConflictKind =
  /** Put into something that is in it. */
  | 'CYCLE'
  /** Taken out of a container it was not in. */
  | 'DELETE_WITHOUT_ADD'
  /** Seen in a container it was not in. */
  | 'MISMATCH_INSTANCE'
  /** Put into a container while it was in another. */
  | 'REPARENTED_WITHOUT_DELETE'
  /** Put into a container that is in too many others. */
  | 'TOO_DEEP';

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

/** What is missing in a chain of custody. */
export type CustodyGapKind =
  /** Sent, and seen elsewhere without having been received, or not seen for 14 days. */
  | 'NOT_RECEIVED'
  /** Received at another site than the one where it was, without having been sent. */
  | 'NOT_SHIPPED';

/** How far a record has come. Each state includes the ones before it. */
export type Durability =
  /** Found by queries. */
  | 'INDEXED'
  /** Covered by a signed checkpoint. */
  | 'PUBLISHED'
  /** Durable, its position in the log fixed. */
  | 'SEQUENCED';

/** What an event does to the things it names (EPCIS 2.0 section 7.3.2). */
export type EpcisAction =
  /** They came to be, or were put together. */
  | 'ADD'
  /** They ceased to be, or were taken apart. */
  | 'DELETE'
  /** They were seen; nothing was changed. */
  | 'OBSERVE';

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

/** Whether what a dataset was made of is still as it was. */
export type FreshnessState =
  /** No source has a later version, and all of them can be read. */
  | 'CURRENT'
  /** A source has a later version, or can no longer be read. */
  | 'OUTDATED'
  /** No such source was found, but there are more than one answer looks at. */
  | 'UNKNOWN';

/** How an event comes into the history of an item. */
export type HistorySourceKind =
  /** A sensor of something associated with the item or one of its containers. */
  | 'ASSOCIATION'
  /** The event names a container the item was in, directly or through others. */
  | 'CONTAINER'
  /** A sensor at the place where the item was. */
  | 'LOCATION_SENSOR'
  /** The event names the item. */
  | 'SELF';

/** A name for a thing outside, to look records up by. */
export type IdentifierInput = {
  /** Whose naming it is; without it, any. */
  system?: string | null | undefined;
  /** The name itself, spelt exactly. */
  value: string;
};

/** Of what everything downstream is asked for. */
export type ImpactInput = {
  /** Only what had happened by then, and what held then. */
  asOf?: string | null | undefined;
  /** How many steps from the nearest root, from 1; to the end when left out. */
  depthMax?: number | null | undefined;
  /** Only what was known when the log ended with this position. */
  knownAt?: number | null | undefined;
  /** How many nodes at most, from 1 to 10,000,000; all when left out. */
  nodesMax?: number | null | undefined;
  /** Organisations whose records to go through, by name, slug or log id, or key ids of authors; all when left out. */
  organisations?: Array<string> | null | undefined;
  /** Relations to follow; all but refersTo when left out. */
  relations?: Array<Relation> | null | undefined;
  /** The records to begin with: with `things`, 1 to 1,000. Each has to be there. */
  roots?: Array<RecordAddress>;
  /** Things to begin with, each in any form of an EPC: instances, classes and lots, parties. For whoever may read supply events. */
  things?: Array<string> | null | undefined;
  /** Types to go through, like "Claim"; ITEM, CLASS or PARTY for things; all when left out. */
  types?: Array<string> | null | undefined;
  /** A root stands for the versions before it as well: a correction touches what came of those. */
  withFormerVersions?: boolean;
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

/** As what an event names a thing. */
export type ItemRole =
  /** As a child. */
  | 'CHILD'
  /** As one of its EPCs. */
  | 'EPC'
  /** As an input of a transformation. */
  | 'INPUT'
  /** As an output of a transformation. */
  | 'OUTPUT'
  /** As the parent. */
  | 'PARENT';

/** Where a thing stands in its life. */
export type ItemStatus =
  /** At a known place. */
  | 'AT_SITE'
  /** Went into a transformation. */
  | 'CONSUMED'
  /** Its identifier is in use no more. */
  | 'DECOMMISSIONED'
  /** Destroyed. */
  | 'DESTROYED'
  /** Given to a patient or sold to a consumer. */
  | 'DISPENSED'
  /** Sent, and not yet seen to arrive. */
  | 'IN_TRANSIT'
  /** No event says where it is. */
  | 'UNKNOWN';

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
  /** As it was at that time: without what had not happened yet, and without memberships and attributions that did not hold. Things are shown then only to whoever may read supply events. */
  asOf?: string | null | undefined;
  /** How many steps from the nearest root, from 0 to 1,000. */
  depthMax?: number;
  /** Which way. */
  direction?: LineageDirection;
  /** Only what was known when the log ended with this position. */
  knownAt?: number | null | undefined;
  /** How many nodes a page has at most, from 1 to 10,000. */
  nodesMax?: number;
  /** Go only through records of what happened before this time; see `occurredFrom`. */
  occurredBefore?: string | null | undefined;
  /** Go only through records of what happened at this time or later; for whoever may not read them, the time of capture counts. */
  occurredFrom?: string | null | undefined;
  /** Go only through records of these: an organisation by name, slug or log id, or an author by key id. Things have no author, and are passed through. */
  organisations?: Array<string> | null | undefined;
  /** Relations to follow; all but refersTo when left out. */
  relations?: Array<Relation> | null | undefined;
  /** The records to begin with; with `things` from 1 to 100. All of them stand at depth 0. Those that are not there are passed over as long as one is; the answer is then not complete, and they count as redacted. */
  roots?: Array<RecordAddress>;
  /** Items, classes, lots or parties to begin with, as EPC URN, Digital Link or element string. They are there for whoever may read supply events. */
  things?: Array<string> | null | undefined;
  /** Types to go through, like "Claim", or "ITEM", "CLASS" or "PARTY"; all when left out. Roots may be of any, and so may a record that cannot be opened. */
  types?: Array<string> | null | undefined;
};

/** What stands in a lineage answer. */
export type LineageNodeKind =
  /** A class of things or a lot of them, without serials. */
  | 'CLASS'
  /** One instance of something, by its serial: a pack, a case, an asset. */
  | 'ITEM'
  /** Somebody who owns or holds things. */
  | 'PARTY'
  /** A version of a record. */
  | 'RECORD';

/** What two records have in common that were joined though neither names the other. */
export type MatchRule =
  /** The National Drug Code and the day, where only one of each can be meant. */
  | 'NDC'
  /** The number of the prescription. */
  | 'PRESCRIPTION'
  /** Product code and serial number. */
  | 'SERIAL';

/** What is recalled: a lot, a GTIN, both; or an item in place of these. */
export type RecallInput = {
  /** What was true then, by the time of events; now when left out. */
  asOf?: string | null | undefined;
  /** GTIN of 8, 12, 13 or 14 digits, an NDC with hyphens, or a class as URN or link. */
  gtin?: string | null | undefined;
  /** EPC in any form. Of a unit, its lot is recalled; of a container, all units it holds or has held. */
  item?: string | null | undefined;
  /** Only what was known when the log ended with this position; for 20,000 units at most. */
  knownAt?: number | null | undefined;
  /** A lot number as events give it; or the lot with its GTIN as EPC URN, Digital Link or element string. */
  lot?: string | null | undefined;
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

/** Why a product identifier is not verified: codes of the GS1 Lightweight Messaging Standard for Verification of Product Identifiers. */
export type VerificationFailureReason =
  /** No unit was commissioned with this GTIN and this serial number. */
  | 'No_match_GTIN_Serial'
  /** The unit was commissioned with another expiry date. */
  | 'No_match_GTIN_Serial_Expiry'
  /** The unit was commissioned with another lot. */
  | 'No_match_GTIN_Serial_Lot'
  /** The unit was commissioned with another lot and another expiry date. */
  | 'No_match_GTIN_Serial_Lot_Expiry'
  /** The identifier is right, but the unit was dispensed, destroyed, decommissioned or consumed. "Not_for_re-distribution" in the standard. */
  | 'Not_for_re_distribution';

/** What else is to be known of a unit whose identifier is right; codes of GS1. */
export type VerificationInfo =
  /** Its expiry date is over. */
  | 'Expired'
  /** It is marked as recalled. */
  | 'Recalled'
  /** It was commissioned twice, its life had ended, or it was reported stolen: look closer. */
  | 'Suspect';

export type CaptureMutationVariables = Exact<{
  input: CaptureInput;
}>;


export type CaptureMutation = { capture: { receipts: Array<{ document: number, pointer: string, cid: string, rid: string, version: number, statementCid: string, entryCid: string, seq: number, at: string, state: Durability, size: number, checkpoint: string | null, repeated: boolean }>, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, pointer: string | null }> } };

export type CorrectMutationVariables = Exact<{
  input: CorrectInput;
}>;


export type CorrectMutation = { correct: { receipt: { cid: string, rid: string, version: number, statementCid: string, entryCid: string, seq: number, at: string, state: Durability, size: number, checkpoint: string | null } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, pointer: string | null }> } };

export type CaptureDatasetMutationVariables = Exact<{
  input: CaptureDatasetInput;
}>;


export type CaptureDatasetMutation = { captureDataset: { sourceCount: number, receipt: { cid: string, seq: number } | null, userErrors: Array<{ code: ErrorCode, path: Array<string>, message: string }> } };

export type DatasetQueryVariables = Exact<{
  id: string;
}>;


export type DatasetQuery = { dataset: { sourceCount: number, record: { cid: string }, freshness: { state: FreshnessState, outdatedCount: number } } | null };

export type ClaimTotalsQueryVariables = Exact<{ [key: string]: never; }>;


export type ClaimTotalsQuery = { analytics: { claims: { totals: { isComplete: boolean, groups: Array<{ claims: number | null, billed: unknown, paid: unknown, keys: Array<{ dimension: AnalyticsDimension, id: string | null }> }> } | null } } };

export type ImpactQueryVariables = Exact<{
  input: ImpactInput;
}>;


export type ImpactQuery = { impact: { count: number, isComplete: boolean, byType: Array<{ type: string | null, count: number }> } };

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


export type LineageQuery = { lineage: { isComplete: boolean, reason: IncompleteReason | null, omitted: number, isOmittedExact: boolean, frontier: Array<string>, redacted: number, cycles: Array<Array<string>>, position: number | null, nodes: Array<{ key: string, kind: LineageNodeKind, uri: string | null, cid: string | null, rid: string | null, version: number | null, depth: number, seq: number | null, capturedAt: string | null, class: RecordClass | null, type: string | null, occurredAt: string | null }>, edges: Array<{ from: string, to: string, relation: Relation, path: string, evidence: string | null, since: string | null, until: string | null, rule: MatchRule | null }> } };

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

export type RecallQueryVariables = Exact<{
  input: RecallInput;
}>;


export type RecallQuery = { recall: { recalled: number, quantityEvents: number, isComplete: boolean, reason: IncompleteReason | null, asOf: string, position: number | null, counts: { total: number, atSite: number, inTransit: number, dispensed: number, destroyed: number, decommissioned: number, unaccounted: number }, bySite: Array<{ id: string | null, name: string | null, counts: { total: number, atSite: number, inTransit: number, dispensed: number, destroyed: number, decommissioned: number, unaccounted: number } }>, byCustodian: Array<{ id: string | null, name: string | null, counts: { total: number, atSite: number, inTransit: number, dispensed: number, destroyed: number, decommissioned: number, unaccounted: number } }>, byOwner: Array<{ id: string | null, name: string | null, counts: { total: number, atSite: number, inTransit: number, dispensed: number, destroyed: number, decommissioned: number, unaccounted: number } }>, byProduct: Array<{ id: string | null, name: string | null, counts: { total: number, atSite: number, inTransit: number, dispensed: number, destroyed: number, decommissioned: number, unaccounted: number } }>, quantities: Array<{ epcClass: string, container: string, amount: number, uom: string | null, isExact: boolean }>, reached: { dispensings: number | null, claims: number | null, patients: number | null, isWithheld: boolean, isComplete: boolean, reason: IncompleteReason | null, byRule: Array<{ rule: MatchRule | null, dispensings: number, claims: number }> | null } } };

export type CountsFragment = { total: number, atSite: number, inTransit: number, dispensed: number, destroyed: number, decommissioned: number, unaccounted: number };

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

export type TraceQueryVariables = Exact<{
  epc: string;
  asOf?: string | null | undefined;
  knownAt?: number | null | undefined;
  children?: number | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TraceQuery = { item: { epc: string, urn: string | null, kind: string | null, gtin: string | null, serial: string | null, lot: string | null, expiry: string | null, productName: string | null, status: ItemStatus, since: string | null, bizStep: string | null, disposition: string | null, isComplete: boolean, reason: IncompleteReason | null, position: number | null, persistentDispositions: Array<{ disposition: string, evidence: { seq: number } }>, location: { readPoint: { id: string, name: string | null, latitude: number | null, longitude: number | null } | null, bizLocation: { id: string, name: string | null, latitude: number | null, longitude: number | null } | null, site: { id: string, name: string | null, latitude: number | null, longitude: number | null } | null } | null, custodian: { id: string, name: string | null, latitude: number | null, longitude: number | null } | null, owner: { id: string, name: string | null, latitude: number | null, longitude: number | null } | null, chain: { isComplete: boolean, containers: Array<{ level: number, epc: string, since: string, evidence: { seq: number } }> }, children: { nodes: Array<{ epc: string, since: string, seq: number }>, pageInfo: { hasNextPage: boolean } }, history: { nodes: Array<{ role: ItemRole | null, source: { kind: HistorySourceKind, epc: string | null, level: number | null, place: string | null }, event: { seq: number, eventID: string | null, type: string, action: EpcisAction | null, eventTime: string, recordTime: string, bizStep: string | null, disposition: string | null, readPoint: string | null, bizLocation: string | null, parentID: string | null, transformationID: string | null, persistentDisposition: { set: Array<string>, unset: Array<string> } | null, bizTransactions: Array<{ type: string | null, value: string }>, sources: Array<{ type: string | null, value: string }>, destinations: Array<{ type: string | null, value: string }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, custody: { segments: Array<{ custodian: string, from: string, to: string | null, evidence: { seq: number } }>, gaps: Array<{ kind: CustodyGapKind, from: string, to: string | null, evidence: Array<{ seq: number }> }> }, sensors: Array<{ type: string | null, unit: string | null, count: number, min: number, max: number, mean: number | null, from: string, to: string, outside: { count: number, seconds: number, evidence: { seq: number } | null } | null }>, conflicts: Array<{ kind: ContainmentConflictKind, container: string | null, other: string | null, evidence: { seq: number } }>, quantities: Array<{ epcClass: string, amount: number, uom: string | null, isExact: boolean }> } | null };

export type PlaceFragment = { id: string, name: string | null, latitude: number | null, longitude: number | null };

export type VerifyProductQueryVariables = Exact<{
  gtin?: string | null | undefined;
  serial?: string | null | undefined;
  lot?: string | null | undefined;
  expiry?: string | null | undefined;
  scan?: string | null | undefined;
}>;


export type VerifyProductQuery = { verifyProduct: { gtin: string, serial: string, lot: string | null, expiry: string | null, epc: string, verified: boolean, verificationFailureReason: VerificationFailureReason | null, additionalInfo: Array<VerificationInfo>, status: ItemStatus, verifiedAt: string, position: number | null, evidence: Array<{ seq: number }> } };

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
export const CountsFragmentDoc = new TypedDocumentString(`
    fragment Counts on RecallCounts {
  total
  atSite
  inTransit
  dispensed
  destroyed
  decommissioned
  unaccounted
}
    `, {"fragmentName":"Counts"}) as unknown as TypedDocumentString<CountsFragment, unknown>;
export const PlaceFragmentDoc = new TypedDocumentString(`
    fragment Place on Place {
  id
  name
  latitude
  longitude
}
    `, {"fragmentName":"Place"}) as unknown as TypedDocumentString<PlaceFragment, unknown>;
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
export const CaptureDatasetDocument = new TypedDocumentString(`
    mutation CaptureDataset($input: CaptureDatasetInput!) {
  captureDataset(input: $input) {
    receipt {
      cid
      seq
    }
    sourceCount
    userErrors {
      code
      path
      message
    }
  }
}
    `, {"hash":"sha256:b1ce5fa1ac9ae99ff3a4fe6dc91d03b3d3cd833686ddd578f1a916564606fed2"}) as unknown as TypedDocumentString<CaptureDatasetMutation, CaptureDatasetMutationVariables>;
export const DatasetDocument = new TypedDocumentString(`
    query Dataset($id: String!) {
  dataset(id: $id) {
    record {
      cid
    }
    sourceCount
    freshness {
      state
      outdatedCount
    }
  }
}
    `, {"hash":"sha256:ab03a29dbb3c1e11c0ab3d6bb678d83d4fd05c9bc68e0c718143f397161f0665"}) as unknown as TypedDocumentString<DatasetQuery, DatasetQueryVariables>;
export const ClaimTotalsDocument = new TypedDocumentString(`
    query ClaimTotals {
  analytics {
    claims {
      totals(by: [CLAIM_TYPE]) {
        isComplete
        groups {
          keys {
            dimension
            id
          }
          claims
          billed
          paid
        }
      }
    }
  }
}
    `, {"hash":"sha256:4ee3d4e76fd2bc801f02b0bc681ed179dfe0a56932d06496745dae41631cca4b"}) as unknown as TypedDocumentString<ClaimTotalsQuery, ClaimTotalsQueryVariables>;
export const ImpactDocument = new TypedDocumentString(`
    query Impact($input: ImpactInput!) {
  impact(input: $input) {
    count
    byType {
      type
      count
    }
    isComplete
  }
}
    `, {"hash":"sha256:35b55a5f587310ffe7fa46932e47a605552b8811dbe236629f62e75c8270544e"}) as unknown as TypedDocumentString<ImpactQuery, ImpactQueryVariables>;
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
      key
      kind
      uri
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
      evidence
      since
      until
      rule
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
    `, {"hash":"sha256:2767906c240220c6014adad8c1259bc75baf914e78dcd31b0fc5abe825e3f149"}) as unknown as TypedDocumentString<LineageQuery, LineageQueryVariables>;
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
export const RecallDocument = new TypedDocumentString(`
    query Recall($input: RecallInput!) {
  recall(input: $input) {
    counts {
      ...Counts
    }
    recalled
    bySite {
      id
      name
      counts {
        ...Counts
      }
    }
    byCustodian {
      id
      name
      counts {
        ...Counts
      }
    }
    byOwner {
      id
      name
      counts {
        ...Counts
      }
    }
    byProduct {
      id
      name
      counts {
        ...Counts
      }
    }
    quantities {
      epcClass
      container
      amount
      uom
      isExact
    }
    quantityEvents
    reached {
      dispensings
      claims
      patients
      isWithheld
      byRule {
        rule
        dispensings
        claims
      }
      isComplete
      reason
    }
    isComplete
    reason
    asOf
    position
  }
}
    fragment Counts on RecallCounts {
  total
  atSite
  inTransit
  dispensed
  destroyed
  decommissioned
  unaccounted
}`, {"hash":"sha256:2ecebca2427afcfe732aff696a396fff32e747b459aae207f03c5512de000d5f"}) as unknown as TypedDocumentString<RecallQuery, RecallQueryVariables>;
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
export const TraceDocument = new TypedDocumentString(`
    query Trace($epc: String!, $asOf: DateTime, $knownAt: Seq, $children: Int, $first: Int, $after: String) {
  item(epc: $epc, asOf: $asOf, knownAt: $knownAt) {
    epc
    urn
    kind
    gtin
    serial
    lot
    expiry
    productName
    status
    since
    bizStep
    disposition
    persistentDispositions {
      disposition
      evidence {
        seq
      }
    }
    location {
      readPoint {
        ...Place
      }
      bizLocation {
        ...Place
      }
      site {
        ...Place
      }
    }
    custodian {
      ...Place
    }
    owner {
      ...Place
    }
    chain {
      containers {
        level
        epc
        since
        evidence {
          seq
        }
      }
      isComplete
    }
    children(first: $children) {
      nodes {
        epc
        since
        seq
      }
      pageInfo {
        hasNextPage
      }
    }
    history(first: $first, after: $after) {
      nodes {
        source {
          kind
          epc
          level
          place
        }
        role
        event {
          seq
          eventID
          type
          action
          eventTime
          recordTime
          bizStep
          disposition
          readPoint
          bizLocation
          parentID
          transformationID
          persistentDisposition {
            set
            unset
          }
          bizTransactions {
            type
            value
          }
          sources {
            type
            value
          }
          destinations {
            type
            value
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    custody {
      segments {
        custodian
        from
        to
        evidence {
          seq
        }
      }
      gaps {
        kind
        from
        to
        evidence {
          seq
        }
      }
    }
    sensors {
      type
      unit
      count
      min
      max
      mean
      from
      to
      outside {
        count
        seconds
        evidence {
          seq
        }
      }
    }
    conflicts {
      kind
      container
      other
      evidence {
        seq
      }
    }
    quantities {
      epcClass
      amount
      uom
      isExact
    }
    isComplete
    reason
    position
  }
}
    fragment Place on Place {
  id
  name
  latitude
  longitude
}`, {"hash":"sha256:565a7b8fb68de3cb873f73255ea5d26cd69ad0e81d75aeb8f7dec1ab27767b75"}) as unknown as TypedDocumentString<TraceQuery, TraceQueryVariables>;
export const VerifyProductDocument = new TypedDocumentString(`
    query VerifyProduct($gtin: String, $serial: String, $lot: String, $expiry: Date, $scan: String) {
  verifyProduct(
    gtin: $gtin
    serial: $serial
    lot: $lot
    expiry: $expiry
    scan: $scan
  ) {
    gtin
    serial
    lot
    expiry
    epc
    verified
    verificationFailureReason
    additionalInfo
    status
    verifiedAt
    evidence {
      seq
    }
    position
  }
}
    `, {"hash":"sha256:998575e8e5e7e07583e7184b460a50fde152b397925312d8371799493c6aa588"}) as unknown as TypedDocumentString<VerifyProductQuery, VerifyProductQueryVariables>;
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