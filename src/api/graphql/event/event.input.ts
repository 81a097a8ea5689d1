import { Field, Float, InputType } from 'type-graphql';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import {
  FieldFilterInput,
  QuantityFilterInput,
  SensorFilterInput,
  TypedReferenceInput,
} from './condition.input.js';
import { EpcisActionEnum } from './event.enum.js';

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
