import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { ItemEvidenceType } from './evidence.type.js';

@Rule('content.read')
@ObjectType('StorageExcursion', {
  description: 'Temperatures outside the storage range of the product.',
  simpleResolvers: true,
})
export class StorageExcursionType {
  @Field(() => Int, { description: 'Reports outside, or series that are in part.' })
  count!: number;

  @Field(() => Float, {
    description:
      'For how long: from each report outside to the next of the same sensor, as if it had stayed so.',
  })
  seconds!: number;

  @Rule('content.read')
  @Field(() => ItemEvidenceType, {
    nullable: true,
    description: 'The event of the first of them; null when there is none.',
  })
  evidence!: ItemEvidenceType | null;
}

@Rule('content.read')
@ObjectType('SensorSummary', {
  description: 'All that sensors reported of one quantity in the history of an item.',
  simpleResolvers: true,
})
export class SensorSummaryType {
  @Field(() => String, {
    nullable: true,
    description: 'What was measured: the full URI of a term, like ".../Temperature".',
  })
  type!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Unit of the numbers: a base unit, KEL for temperatures; null if none is known.',
  })
  unit!: string | null;

  @Field(() => Int, { description: 'Reports with a number.' })
  count!: number;

  @Field(() => Float, { description: 'The smallest.' })
  min!: number;

  @Field(() => Float, { description: 'The greatest.' })
  max!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean of the reports, a series with its own mean; null when none says one.',
  })
  mean!: number | null;

  @Field(() => DateTimeScalar, { description: 'Time of the first event.' })
  from!: number;

  @Field(() => DateTimeScalar, { description: 'Time of the last event.' })
  to!: number;

  @Rule('content.read')
  @Field(() => StorageExcursionType, {
    nullable: true,
    description: 'For temperatures of a product whose storage range is known.',
  })
  outside!: StorageExcursionType | null;
}
