import type { TypedCondition } from '../graph/event/event-filter.js';
import type { EpcisAction, FieldArea, SensorNumber } from '../record/epcis/fact/event-fact.js';

/** Bounds of numbers by the words of SimpleEventQuery. */
export interface NumberBounds {
  EQ?: number[];
  GT?: number;
  GE?: number;
  LT?: number;
  LE?: number;
}

export interface QuantityQuestion extends NumberBounds {
  uom?: string;
}

export interface SensorQuestion extends NumberBounds {
  type?: string;
  number?: SensorNumber;
  uom?: string;
  exception?: string[];
  texts?: { name: string; values: string[] }[];
  GE_time?: number;
  LT_time?: number;
  GE_startTime?: number;
  LT_startTime?: number;
  GE_endTime?: number;
  LT_endTime?: number;
}

export interface FieldQuestion extends Omit<NumberBounds, 'EQ'> {
  area?: FieldArea;
  namespace?: string;
  name: string;
  isInner?: boolean;
  EQ?: string[];
  GE_time?: number;
  LT_time?: number;
}

/** A filter as it is asked for: parameters of SimpleEventQuery (EPCIS 2.0 section 8.2.7.1) by their own names. */
export interface EventFilterQuestion {
  and?: EventFilterQuestion[];
  or?: EventFilterQuestion[];
  not?: EventFilterQuestion;
  eventType?: string[];
  GE_eventTime?: number;
  LT_eventTime?: number;
  GE_recordTime?: number;
  LT_recordTime?: number;
  EQ_action?: EpcisAction[];
  EQ_bizStep?: string[];
  EQ_disposition?: string[];
  EQ_persistentDisposition_set?: string[];
  EQ_persistentDisposition_unset?: string[];
  EQ_readPoint?: string[];
  WD_readPoint?: string[];
  EQ_bizLocation?: string[];
  WD_bizLocation?: string[];
  EQ_bizTransaction?: TypedCondition[];
  EQ_source?: TypedCondition[];
  EQ_destination?: TypedCondition[];
  EQ_transformationID?: string[];
  MATCH_epc?: string[];
  MATCH_parentID?: string[];
  MATCH_inputEPC?: string[];
  MATCH_outputEPC?: string[];
  MATCH_anyEPC?: string[];
  MATCH_epcClass?: string[];
  MATCH_inputEPCClass?: string[];
  MATCH_outputEPCClass?: string[];
  MATCH_anyEPCClass?: string[];
  EQ_quantity?: number[];
  GT_quantity?: number;
  GE_quantity?: number;
  LT_quantity?: number;
  LE_quantity?: number;
  quantity?: QuantityQuestion[];
  EQ_eventID?: string[];
  EXISTS_errorDeclaration?: boolean;
  GE_errorDeclaration_Time?: number;
  LT_errorDeclaration_Time?: number;
  EQ_errorReason?: string[];
  EQ_correctiveEventID?: string[];
  lot?: string[];
  sensor?: SensorQuestion[];
  field?: FieldQuestion[];
  isVoided?: boolean;
  author?: string;
  afterSeq?: number;
  beforeSeq?: number;
}
