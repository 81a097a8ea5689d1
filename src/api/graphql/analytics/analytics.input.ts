import { ArgsType, Field, Float, InputType, Int } from 'type-graphql';
import type { Bucket } from '../../../query/analytics/bucket.js';
import type { Indicator } from '../../../query/analytics/claims/indicator.js';
import type { DimensionName } from '../../../query/analytics/figure.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { BucketEnum, DimensionEnum, IndicatorEnum } from './analytics.enum.js';

@InputType('TimeWindow', {
  description:
    'A stretch of time by the events and claims themselves, half-open. Whoever may not read the records is answered for the whole months it touches.',
})
export class TimeWindowInput {
  @Field(() => DateTimeScalar, { nullable: true, description: 'At this time or later.' })
  from?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this time.' })
  to?: number;
}

@InputType('AnalyticsFilter', {
  description:
    'Which facts are meant: of each list that is given, one of its values. Products, lots, sites and organisations bear on supply figures, the rest on claims; a figure that takes no such filter says so.',
})
export class AnalyticsFilterInput {
  @Field(() => [String], { nullable: true, description: 'GTINs in any form.' })
  products?: string[];

  @Field(() => [String], { nullable: true, description: 'Lot numbers.' })
  lots?: string[];

  @Field(() => [String], { nullable: true, description: 'Sites: GLN as URN or Digital Link.' })
  sites?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'Organisations: as `id` of a group gives them, or party GLNs in any form.',
  })
  organisations?: string[];

  @Field(() => [String], { nullable: true, description: 'Payers: as `id` of a group gives them.' })
  payers?: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'Providers: as `id` of a group gives them.',
  })
  providers?: string[];

  @Field(() => [String], { nullable: true, description: 'Types of claim: code or system|code.' })
  claimTypes?: string[];

  @Field(() => [String], { nullable: true, description: 'Services: code or system|code.' })
  services?: string[];

  @Field(() => [String], { nullable: true, description: 'Currencies: ISO 4217 codes.' })
  currencies?: string[];
}

@InputType('CodePanel', { description: 'A code that stands for others done together.' })
export class CodePanelInput {
  @Field(() => String, { description: 'Code of the panel, or system|code.' })
  panel!: string;

  @Field(() => [String], { description: 'Codes of what it is made of, two at least.' })
  components!: string[];
}

@InputType('CodeMinutes', { description: 'How long a service takes at least.' })
export class CodeMinutesInput {
  @Field(() => String, { description: 'Code of the service, or system|code.' })
  code!: string;

  @Field(() => Int, { description: 'Minutes for a quantity of one.' })
  minutes!: number;
}

/** What every figure may be told. */
@ArgsType()
export class FigureArgs {
  @Field(() => [DimensionEnum], {
    nullable: true,
    description: 'What it is split by, three at most.',
  })
  by?: DimensionName[];

  @Field(() => BucketEnum, { nullable: true, description: 'Split by time as well.' })
  bucket?: Bucket;

  @Field(() => Int, {
    nullable: true,
    description: 'How many groups, from 1 to 1,000; 100 when left out.',
  })
  groupsMax?: number;
}

@ArgsType()
export class ExpiryArgs extends FigureArgs {
  @Field(() => Int, { nullable: true, description: 'How many days ahead; 90 when left out.' })
  withinDays?: number;
}

@ArgsType()
export class ColdChainArgs extends FigureArgs {
  @Field(() => Float, {
    nullable: true,
    description: 'Lower bound, degrees Celsius, in place of the one of the product.',
  })
  minCelsius?: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Upper bound, degrees Celsius, in place of the one of the product.',
  })
  maxCelsius?: number;
}

@ArgsType()
export class DuplicateArgs extends FigureArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'Near: days between the first days of service, at most; 3 when left out.',
  })
  daysApart?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Near: percent by which totals differ, at most; 10 when left out.',
  })
  percentApart?: number;
}

@ArgsType()
export class IndicatorArgs extends FigureArgs {
  @Field(() => [IndicatorEnum], { nullable: true, description: 'Which; all when left out.' })
  types?: Indicator[];

  @Field(() => Int, {
    nullable: true,
    description: 'Impossible day: minutes a provider may bill for one; 1,440 when left out.',
  })
  dayMinutesMax?: number;

  @Field(() => [CodeMinutesInput], {
    nullable: true,
    description: 'Impossible day: minutes of codes, beside or in place of the built-in ones.',
  })
  codeMinutes?: CodeMinutesInput[];

  @Field(() => [CodePanelInput], {
    nullable: true,
    description: 'Unbundling: panels beside the built-in ones.',
  })
  panels?: CodePanelInput[];

  @Field(() => Int, {
    nullable: true,
    description: 'Level mix: visits a provider must have; 20 when left out.',
  })
  visitsMin?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Level mix: providers there must be to compare with; 5 when left out.',
  })
  peersMin?: number;
}
