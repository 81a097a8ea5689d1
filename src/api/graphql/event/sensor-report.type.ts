import { Field, Float, ObjectType } from 'type-graphql';
import type { SensorFact } from '../../../record/epcis/fact/event-fact.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';

@Rule('content.read')
@ObjectType('SensorText', {
  description: 'A text of a sensor report or its metadata.',
  simpleResolvers: true,
})
export class SensorTextType {
  @Rule('content.read')
  @Field(() => String, { description: 'Its EPCIS name, like "deviceID".' })
  name!: string;

  @Rule('content.read')
  @Field(() => String, { description: 'What it says.' })
  value!: string;
}

@Rule('content.read')
@ObjectType('SensorReport', {
  description: 'What a sensor reported. Numbers are in the base unit of their dimension.',
  simpleResolvers: true,
})
export class SensorReportType {
  @Field(() => String, {
    nullable: true,
    description: 'What was measured: the full URI of a term, like ".../Temperature".',
  })
  type?: string;

  @Field(() => String, { nullable: true, description: 'Full URI of an alert the sensor raised.' })
  exception?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was measured.' })
  time?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the series began.' })
  startTime?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the series ended.' })
  endTime?: number;

  @Field(() => String, {
    nullable: true,
    description: 'Unit of the numbers: the base unit, KEL for temperatures; null if none is known.',
  })
  unit?: string;

  @Rule('content.read')
  @Field(() => Float, { nullable: true, description: 'The value measured.' })
  value?: number;

  @Rule('content.read')
  @Field(() => Float, { nullable: true, description: 'The smallest of the series.' })
  minValue?: number;

  @Rule('content.read')
  @Field(() => Float, { nullable: true, description: 'The greatest of the series.' })
  maxValue?: number;

  @Rule('content.read')
  @Field(() => Float, { nullable: true, description: 'The mean of the series.' })
  meanValue?: number;

  @Field(() => Float, { nullable: true, description: 'The standard deviation of the series.' })
  sDev?: number;

  @Field(() => Float, { nullable: true, description: 'The rank of the percentile, in percent.' })
  percRank?: number;

  @Rule('content.read')
  @Field(() => Float, { nullable: true, description: 'The value of the percentile.' })
  percValue?: number;

  @Rule('content.read')
  @Field(() => [SensorTextType], { description: 'Everything else it says in words.' })
  texts!: SensorTextType[];
}

export function shapeSensors(sensors: readonly SensorFact[] = []): SensorReportType[] {
  return sensors.map(({ numbers, texts = {}, ...report }) => ({
    ...report,
    ...numbers,
    texts: Object.entries(texts).map(([name, value]) => ({ name, value })),
  }));
}
