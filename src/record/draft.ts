import type { ErrorCode } from '../error.js';
import type { EventFacts } from './epcis/fact/event-fact.js';
import type { MasterFacts } from './epcis/fact/master-fact.js';

export const RECORD_CLASSES = ['fhir.resource', 'epcis.event', 'master.data', 'dataset'] as const;

/** What a record is, as the ledger names it in clear. */
export type RecordClass = (typeof RECORD_CLASSES)[number];

/** How a record's plaintext is to be read. */
export type RecordMediaType = 'application/fhir+json' | 'application/ld+json';

/**
 * The relation of a record to what it refers to (W3C PROV-DM), stored from the derived thing to its source.
 * `refersTo` is any other reference; lineage skips it unless asked.
 */
export type Relation =
  | 'wasDerivedFrom'
  | 'wasRevisionOf'
  | 'wasGeneratedBy'
  | 'used'
  | 'wasAttributedTo'
  | 'wasAssociatedWith'
  | 'wasInvalidatedBy'
  | 'hadMember'
  | 'refersTo';

/** A name for a thing outside the record: a business identifier, an EPC (`epc`), a lot (`epcClass`). */
export interface Identifier {
  system: string;
  value: string;
}

export interface Reference {
  /** One of the aliases of the record meant. */
  target: string;
  relation: Relation;
  /** Where it stands in the record, as an RFC 6901 pointer: `/item/0/encounter/0`. */
  path: string;
}

/** What an index needs to know of a record; derived from its plaintext alone, so it can be rebuilt. */
export interface Extract {
  /** `Claim`, `ObjectEvent`. */
  type: string;
  /** Resource id or eventID. */
  id?: string;
  /** Names others may refer to it by: `Claim/123`, `urn:uuid:...`, an absolute URL, an eventID, `identifier:<system>|<value>`. */
  aliases: string[];
  identifiers: Identifier[];
  references: Reference[];
  /** When what it tells of happened, ms since the epoch. */
  occurredAt?: number;
  /** When it ceases to hold, ms since the epoch. */
  validUntil?: number;
  /** Of an EPCIS event: what it tells in all. */
  event?: EventFacts;
  /** Of an element of EPCIS master data. */
  master?: MasterFacts;
}

/** A valid record, ready to be sealed. */
export interface Draft {
  /** Its place in the document read, as an RFC 6901 pointer. */
  pointer: string;
  class: RecordClass;
  mediaType: RecordMediaType;
  /** The plaintext to seal: compact JSON, every number spelt as it was received. */
  text: string;
  /** Which key scope seals it: `patient/<reference>`, `directory`, `supply/YYYY-MM`. Never leaves the node. */
  scopeLabel: string;
  extract: Extract;
  /** What is odd about it, ten at most; absent when nothing is. */
  warnings?: Warning[];
}

/** What may be odd about a record that is kept all the same. A closed list: add, never rename. */
export const WARNING_CODES = [
  'DOUBTFUL_TERM',
  'ELEMENT_ORDER',
  'EVENT_ID_TWICE',
  'IDENTIFIER_FAULT',
  'ILMD_WITHOUT_ADD',
  'NO_CHILDREN',
  'ONE_SIDED_TRANSFORMATION',
  'SENSOR_ATTRIBUTE_TWICE',
  'SENSOR_TIME_AFTER_EVENT',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** A fault so common in real data that the record is kept, and refused only in strict reading. No record content. */
export interface Warning {
  /** RFC 6901 pointer into the document read. */
  pointer: string;
  code: WarningCode;
  message: string;
}

/** Why a part of a document is not a record. The message carries no record content. */
export interface Problem {
  /** RFC 6901 pointer into the document read. */
  pointer: string;
  code: ErrorCode;
  message: string;
  /** What the sender can do about it. */
  hint?: string;
  /** A further problem of the record that the problem before is about: one record is refused once. */
  isFurther?: true;
}

/** Tells the two results of reading apart. */
export function isProblem(result: Draft | Problem): result is Problem {
  return 'code' in result;
}

/** What strict reading makes of the warnings about one record. */
export function toProblems(warnings: Warning[]): Problem[] {
  return warnings.map(({ pointer, message }, i) => ({
    pointer,
    code: 'INVALID_RECORD',
    message,
    ...(i > 0 && { isFurther: true }),
  }));
}
