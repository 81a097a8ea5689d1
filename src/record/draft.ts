import type { ErrorCode } from '../error.js';
import type { Edition } from './edition.js';
import type { EventFacts } from './epcis/fact/event-fact.js';
import type { MasterFacts } from './epcis/fact/master-fact.js';
import type { ClinicalFact } from './fhir/fact/clinical-fact.js';
import type { DispenseFacts } from './fhir/fact/dispense.js';

export const RECORD_CLASSES = ['fhir.resource', 'epcis.event', 'master.data', 'dataset'] as const;

/** What a record is, as the ledger names it in clear. */
export type RecordClass = (typeof RECORD_CLASSES)[number];

/** How a record's plaintext is to be read. */
export type RecordMediaType =
  | 'application/fhir+json'
  | 'application/ld+json'
  | 'application/prov+json'
  | 'application/vnd.provtrail.dataset+json';

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
  /** The relation holds of the record meant: it, and not the record that says so, stands at the derived end. */
  isInverse?: true;
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
  /** Of a FHIR resource that analytics counts: what it says of money, persons and times. */
  clinical?: ClinicalFact;
  /** Of a FHIR resource that tells of a dispensing: by what the event of it is found. */
  dispense?: DispenseFacts;
}

/** A valid record, ready to be sealed. */
export interface Draft {
  /** Its place in the document read, as an RFC 6901 pointer. */
  pointer: string;
  class: RecordClass;
  mediaType: RecordMediaType;
  /** The plaintext to seal: compact JSON, every number spelt as it was received. */
  text: string;
  /** Which key scope seals it: `patient/<reference>`, `directory`, `supply/YYYY-MM`, `dataset/<id>`. Never leaves the node. */
  scopeLabel: string;
  extract: Extract;
  /**
   * What the same thing is known by at its source: a later capture with the same identity is its next version, or a
   * repeat. Never leaves the node in clear. Absent for what has none: each capture is a record of its own.
   */
  identity?: string;
  /** What its source says of this version of it. */
  edition?: Edition;
  /** What is odd about it, ten at most; absent when nothing is. */
  warnings?: Warning[];
}

/** What may be odd about a record that is kept all the same. A closed list: add, never rename. */
export const WARNING_CODES = [
  'CONTRADICTORY_VERSION',
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
