import { Field, Float, InputType } from 'type-graphql';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { EpcisActionEnum, FieldAreaEnum, SensorNumberEnum } from './event.enum.js';

@InputType('TypedReferenceInput', {
  description: 'One of these transactions, sources or destinations, of this type.',
})
export class TypedReferenceInput {
  @Field(() => String, {
    nullable: true,
    description: 'A CBV term, however spelt; any type when left out.',
  })
  type?: string;

  @Field(() => [String], { description: 'One of these, in any form.' })
  values!: string[];
}

/** Bounds by the words of SimpleEventQuery. */
@InputType('NumberBounds', { description: 'Bounds of a number, each of which must hold.' })
class BoundsInput {
  @Field(() => Float, { nullable: true, description: 'Greater than this.' })
  GT?: number;

  @Field(() => Float, { nullable: true, description: 'This or greater.' })
  GE?: number;

  @Field(() => Float, { nullable: true, description: 'Less than this.' })
  LT?: number;

  @Field(() => Float, { nullable: true, description: 'This or less.' })
  LE?: number;
}

@InputType('QuantityFilter', {
  description: 'An amount of a class or lot, in whichever list. Every bound given must hold.',
})
export class QuantityFilterInput extends BoundsInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Unit of the bounds, UN/CEFACT Recommendation 20; events may be in another of its kind. Pieces when left out.',
  })
  uom?: string;

  @Field(() => [Float], { nullable: true, description: 'One of these.' })
  EQ?: number[];
}

@InputType('SensorTextInput', { description: 'A text of a sensor report or its metadata.' })
export class SensorTextInput {
  @Field(() => String, { description: 'Its EPCIS name, like "deviceID".' })
  name!: string;

  @Field(() => [String], { description: 'One of these.' })
  values!: string[];
}

@InputType('SensorFilter', {
  description: 'A sensor report that says all of this.',
})
export class SensorFilterInput extends BoundsInput {
  @Field(() => String, {
    nullable: true,
    description: 'What was measured: "Temperature", or another term of the GS1 Web Vocabulary.',
  })
  type?: string;

  @Field(() => SensorNumberEnum, {
    nullable: true,
    description: 'The number the bounds are for; `value` when left out.',
  })
  number?: SensorNumberEnum;

  @Field(() => String, {
    nullable: true,
    description:
      'Unit of the bounds, UN/CEFACT Recommendation 20: a bound in FAH meets a report in CEL. Without it, reports that name no unit.',
  })
  uom?: string;

  @Field(() => [Float], { nullable: true, description: 'One of these.' })
  EQ?: number[];

  @Field(() => [String], {
    nullable: true,
    description: 'An alert the sensor raised: "ALARM_CONDITION" or "ERROR_CONDITION".',
  })
  exception?: string[];

  @Field(() => [SensorTextInput], { nullable: true, description: 'Each of these texts.' })
  texts?: SensorTextInput[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Measured at this time or later.' })
  GE_time?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Measured before this time.' })
  LT_time?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'A series that began at this time or later.',
  })
  GE_startTime?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'A series that began before this time.',
  })
  LT_startTime?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'A series that ended at this time or later.',
  })
  GE_endTime?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'A series that ended before this time.',
  })
  LT_endTime?: number;
}

@InputType('FieldFilter', {
  description:
    'A user extension or a member of the ILMD that says all of this; without EQ and bounds, that is there.',
})
export class FieldFilterInput extends BoundsInput {
  @Field(() => FieldAreaEnum, {
    nullable: true,
    description: 'Where it stands; the event itself when left out.',
  })
  area?: FieldAreaEnum;

  @Field(() => String, { nullable: true, description: 'Namespace of the name.' })
  namespace?: string;

  @Field(() => String, {
    description: 'Its name in that namespace; without one its full URI, or with a standard prefix.',
  })
  name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'It stands within another extension, not at the top: INNER of SimpleEventQuery.',
  })
  isInner?: boolean;

  @Field(() => [String], {
    nullable: true,
    description: 'One of these texts; what reads as a number means the number, however spelt.',
  })
  EQ?: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'A date at this time or later.' })
  GE_time?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'A date before this time.' })
  LT_time?: number;
}

@InputType('EventFilter', {
  description:
    'Which events are meant: those that satisfy everything given; of a list of values one is enough. Names are those of SimpleEventQuery (EPCIS 2.0 section 8.2.7.1). CBV terms may be spelt as bare word, CURIE, URN or URI, identifiers as EPC URN, Digital Link or element string.',
})
export class EventFilterInput {
  @Field(() => [EventFilterInput], { nullable: true, description: 'All of these as well.' })
  and?: EventFilterInput[];

  @Field(() => [EventFilterInput], {
    nullable: true,
    description: 'At least one of these as well.',
  })
  or?: EventFilterInput[];

  @Field(() => EventFilterInput, { nullable: true, description: 'Not this.' })
  not?: EventFilterInput;

  @Field(() => [String], {
    nullable: true,
    description: '"ObjectEvent", "AggregationEvent" and so on.',
  })
  eventType?: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Happened at this time or later.' })
  GE_eventTime?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Happened before this time.' })
  LT_eventTime?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Taken by the log at this time or later.',
  })
  GE_recordTime?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Taken by the log before this time.',
  })
  LT_recordTime?: number;

  @Field(() => [EpcisActionEnum], { nullable: true, description: 'The action.' })
  EQ_action?: EpcisActionEnum[];

  @Field(() => [String], { nullable: true, description: 'The business step.' })
  EQ_bizStep?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'The disposition of the things afterwards.',
  })
  EQ_disposition?: string[];

  @Field(() => [String], { nullable: true, description: 'A persistent disposition that it set.' })
  EQ_persistentDisposition_set?: string[];

  @Field(() => [String], { nullable: true, description: 'A persistent disposition that it unset.' })
  EQ_persistentDisposition_unset?: string[];

  @Field(() => [String], { nullable: true, description: 'Where it was seen.' })
  EQ_readPoint?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'Where it was seen: this place or one below it in master data.',
  })
  WD_readPoint?: string[];

  @Field(() => [String], { nullable: true, description: 'Where the things are afterwards.' })
  EQ_bizLocation?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'Where the things are afterwards: this place or one below it in master data.',
  })
  WD_bizLocation?: string[];

  @Field(() => [TypedReferenceInput], {
    nullable: true,
    description: 'Business transactions: each of these.',
  })
  EQ_bizTransaction?: TypedReferenceInput[];

  @Field(() => [TypedReferenceInput], { nullable: true, description: 'Sources: each of these.' })
  EQ_source?: TypedReferenceInput[];

  @Field(() => [TypedReferenceInput], {
    nullable: true,
    description: 'Destinations: each of these.',
  })
  EQ_destination?: TypedReferenceInput[];

  @Field(() => [String], {
    nullable: true,
    description: 'What parts of one transformation have in common.',
  })
  EQ_transformationID?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'An instance in epcList or childEPCs; a GTIN or lot stands for all its instances.',
  })
  MATCH_epc?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'The parent; a GTIN or lot stands for all its instances.',
  })
  MATCH_parentID?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'An instance in inputEPCList; a GTIN or lot stands for all its instances.',
  })
  MATCH_inputEPC?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'An instance in outputEPCList; a GTIN or lot stands for all its instances.',
  })
  MATCH_outputEPC?: string[];

  @Field(() => [String], {
    nullable: true,
    description:
      'An instance in any of its lists, or the parent; a GTIN or lot stands for all its instances.',
  })
  MATCH_anyEPC?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'A class or lot in quantityList or childQuantityList.',
  })
  MATCH_epcClass?: string[];

  @Field(() => [String], { nullable: true, description: 'A class or lot in inputQuantityList.' })
  MATCH_inputEPCClass?: string[];

  @Field(() => [String], { nullable: true, description: 'A class or lot in outputQuantityList.' })
  MATCH_outputEPCClass?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'A class or lot in any list of quantities.',
  })
  MATCH_anyEPCClass?: string[];

  @Field(() => [Float], { nullable: true, description: 'Pieces of a class or lot: one of these.' })
  EQ_quantity?: number[];

  @Field(() => Float, { nullable: true, description: 'Pieces of a class or lot: more than this.' })
  GT_quantity?: number;

  @Field(() => Float, { nullable: true, description: 'Pieces of a class or lot: this or more.' })
  GE_quantity?: number;

  @Field(() => Float, { nullable: true, description: 'Pieces of a class or lot: less than this.' })
  LT_quantity?: number;

  @Field(() => Float, { nullable: true, description: 'Pieces of a class or lot: this or less.' })
  LE_quantity?: number;

  @Field(() => [QuantityFilterInput], {
    nullable: true,
    description: 'Amounts in units: each of these.',
  })
  quantity?: QuantityFilterInput[];

  @Field(() => [String], {
    nullable: true,
    description: 'Its own id; an error declaration has that of the event it declares wrong.',
  })
  EQ_eventID?: string[];

  @Field(() => Boolean, { nullable: true, description: 'Whether it is an error declaration.' })
  EXISTS_errorDeclaration?: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Declared wrong at this time or later.',
  })
  GE_errorDeclaration_Time?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Declared wrong before this time.' })
  LT_errorDeclaration_Time?: number;

  @Field(() => [String], { nullable: true, description: 'Why it was declared wrong.' })
  EQ_errorReason?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'An event that an error declaration names as putting it right.',
  })
  EQ_correctiveEventID?: string[];

  @Field(() => [String], { nullable: true, description: 'The lot number in its ILMD.' })
  lot?: string[];

  @Field(() => [SensorFilterInput], {
    nullable: true,
    description: 'Sensor reports: for each of these there is one.',
  })
  sensor?: SensorFilterInput[];

  @Field(() => [FieldFilterInput], {
    nullable: true,
    description: 'User extensions and members of the ILMD: each of these.',
  })
  field?: FieldFilterInput[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether an error declaration or a later version stands in its place.',
  })
  isVoided?: boolean;

  @Field(() => String, { nullable: true, description: 'Signed by the author with this key id.' })
  author?: string;

  @Field(() => SeqScalar, { nullable: true, description: 'Behind this position of the log.' })
  afterSeq?: number;

  @Field(() => SeqScalar, { nullable: true, description: 'Before this position of the log.' })
  beforeSeq?: number;
}
