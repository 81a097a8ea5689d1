/** What an event does to the things it names (EPCIS 2.0 section 7.3.2). */
export type EpcisAction = 'ADD' | 'OBSERVE' | 'DELETE';

/**
 * What an index needs to know of an EPCIS event, derived from its plaintext alone. Identifiers are in their canonical form
 * (`canonicalEpc`), terms of the CBV are full URIs (`canonicalTerm`), what is neither stays as it was captured; times are
 * ms since the epoch. Members are absent rather than empty.
 */
export interface EventFacts {
  /** Absent on a TransformationEvent. */
  action?: EpcisAction;
  /** What the document says; the log has its own time of recording. */
  recordTime?: number;
  bizStep?: string;
  disposition?: string;
  readPoint?: string;
  bizLocation?: string;
  parent?: string;
  epcs?: string[];
  children?: string[];
  inputs?: string[];
  outputs?: string[];
  quantities?: QuantityFact[];
  bizTransactions?: TypedFact[];
  sources?: TypedFact[];
  destinations?: TypedFact[];
  transformationId?: string;
  /** Persistent dispositions set and unset. */
  set?: string[];
  unset?: string[];
  /** Present when this is an error declaration. */
  error?: ErrorFact;
  /** From the ILMD: `cbvmda:lotNumber`. */
  lot?: string;
  /** From the ILMD: `cbvmda:itemExpirationDate`, its last ms. */
  expiry?: number;
  sensors?: SensorFact[];
  fields?: FieldFact[];
}

/** A transaction, source or destination with the CBV term of its type. */
export interface TypedFact {
  type?: string;
  value: string;
}

export type QuantityList =
  'quantityList' | 'childQuantityList' | 'inputQuantityList' | 'outputQuantityList';

/** So much of a class; without amount, some of it; without unit, pieces. */
export interface QuantityFact {
  list: QuantityList;
  epcClass: string;
  quantity?: number;
  /** UN/CEFACT Recommendation 20 code, as captured. */
  uom?: string;
}

export interface ErrorFact {
  declaredAt?: number;
  reason?: string;
  correctiveIds?: string[];
}

/** Numbers a sensor report may carry. */
export type SensorNumber =
  'value' | 'minValue' | 'maxValue' | 'meanValue' | 'sDev' | 'percRank' | 'percValue';

/** One sensorReport with the metadata of its element. */
export interface SensorFact {
  /** Full URI of the measurement: `https://gs1.org/voc/Temperature`. */
  type?: string;
  /** Full URI of an alert: `https://gs1.org/voc/ALARM_CONDITION`. */
  exception?: string;
  /** ms; of the report, else of the element's metadata. */
  time?: number;
  startTime?: number;
  endTime?: number;
  /** In the base unit of its dimension (record/unit): kelvin for every temperature. `percRank` as it is. */
  numbers?: Partial<Record<SensorNumber, number>>;
  /** Base unit the numbers are in: `KEL`; absent when the report names no unit or one nobody knows (then as captured). */
  unit?: string;
  /** Everything else of report and metadata that is a text or a boolean, by its EPCIS name: `deviceID`, `stringValue`. */
  texts?: Record<string, string>;
}

/** Where in an event a member stands that is not EPCIS's own. */
export type FieldArea =
  | 'EVENT'
  | 'ILMD'
  | 'ERROR_DECLARATION'
  | 'READ_POINT'
  | 'BIZ_LOCATION'
  | 'SENSOR_ELEMENT'
  | 'SENSOR_METADATA'
  | 'SENSOR_REPORT';

/** A user extension or a member of the ILMD. */
export interface FieldFact {
  area: FieldArea;
  /** `https://ns.example.com/epcis/myField`; `prefix:local` as written when no context expands the prefix. */
  name: string;
  /** Below another extension: EPCIS's `INNER`. */
  isInner?: true;
  /** Absent for an object or a list of objects, whose members are facts of their own. A date-time is also a `time`. */
  text?: string;
  number?: number;
  /** ms */
  time?: number;
}
