import type { EpcisAction, FieldArea, SensorNumber } from '../../record/epcis/fact/event-fact.js';

/** Numbers meant; every bound given must hold. `equal`: one of these. */
export interface NumberRange {
  equal?: number[];
  from?: number;
  above?: number;
  to?: number;
  below?: number;
}

/** Times meant, ms: from, included, to `before`, excluded. */
export interface TimeWindow {
  from?: number;
  before?: number;
}

/** A transaction, source or destination; without type, of any type. */
export interface TypedCondition {
  type?: string;
  values: string[];
}

/** An amount of some class, in whichever list; bounds in the unit named, pieces without one. */
export interface QuantityCondition {
  uom?: string;
  range: NumberRange;
}

/** One sensor report that says all of this. */
export interface SensorCondition {
  type?: string;
  /** Which number of the report; `value` when left out. */
  number?: SensorNumber;
  /** Unit of the bounds: any unit of the dimension, the events may be in another. */
  uom?: string;
  range?: NumberRange;
  /** Texts by their EPCIS names: `deviceID`, `exception`, `stringValue`. */
  texts?: { name: string; values: string[] }[];
  time?: TimeWindow;
  startTime?: TimeWindow;
  endTime?: TimeWindow;
}

/** A user extension or ILMD field. Without text, range and time it need only be there. */
export interface FieldCondition {
  area: FieldArea;
  /** Expanded IRI, or as written where nobody expands its prefix. */
  name: string;
  isInner?: boolean;
  texts?: string[];
  range?: NumberRange;
  time?: TimeWindow;
}

/**
 * Which events are meant: those that satisfy everything given. Of a list of values, one is enough; of a list of conditions
 * (`bizTransaction`, `sensor`, `field` and the like), each must hold. Identifiers canonical (a
 * GTIN-level Digital Link stands for all its instances where `epc` and the like are meant), CBV terms full URIs, times ms.
 */
export interface EventFilter {
  and?: EventFilter[];
  or?: EventFilter[];
  not?: EventFilter;
  /** Ledger positions: above, and below. */
  afterSeq?: number;
  beforeSeq?: number;
  /** Key id of who captured it. */
  author?: string;
  eventType?: string[];
  eventTime?: TimeWindow;
  /** When the ledger took it in: EPCIS's recordTime. */
  recordTime?: TimeWindow;
  action?: EpcisAction[];
  bizStep?: string[];
  disposition?: string[];
  setDisposition?: string[];
  unsetDisposition?: string[];
  readPoint?: string[];
  /** The place or any below it in master data (WD_). */
  readPointWithin?: string[];
  bizLocation?: string[];
  bizLocationWithin?: string[];
  bizTransaction?: TypedCondition[];
  source?: TypedCondition[];
  destination?: TypedCondition[];
  transformationId?: string[];
  eventId?: string[];
  epc?: string[];
  parentId?: string[];
  inputEpc?: string[];
  outputEpc?: string[];
  anyEpc?: string[];
  epcClass?: string[];
  inputEpcClass?: string[];
  outputEpcClass?: string[];
  anyEpcClass?: string[];
  lot?: string[];
  quantity?: QuantityCondition[];
  sensor?: SensorCondition[];
  field?: FieldCondition[];
  hasErrorDeclaration?: boolean;
  /** Declared erroneous, or replaced by a later version. */
  isVoided?: boolean;
  errorReason?: string[];
  correctiveEventId?: string[];
  errorDeclarationTime?: TimeWindow;
}

/** TIME: eventTime. RECORD: the ledger's order, which is that of recordTime. */
export type EventOrder = 'TIME_ASC' | 'TIME_DESC' | 'RECORD_ASC' | 'RECORD_DESC';

/** Where a page ended: the next begins behind it. */
export interface EventPosition {
  seq: number;
  time: number;
}
