import { Field, Float, InputType } from 'type-graphql';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { FieldAreaEnum, SensorNumberEnum } from './event.enum.js';

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
