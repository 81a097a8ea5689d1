import { Field, InputType, Int } from 'type-graphql';
import { RelationEnum } from '../enum/lineage.enum.js';
import { RecordAddressInput } from '../record/record.input.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@InputType('ImpactInput', { description: 'Of what everything downstream is asked for.' })
export class ImpactInput {
  @Field(() => [RecordAddressInput], {
    defaultValue: [],
    description: 'The records to begin with: with `things`, 1 to 1,000. Each has to be there.',
  })
  roots!: RecordAddressInput[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Things to begin with, each in any form of an EPC: instances, classes and lots, parties. For whoever may read supply events.',
  })
  things?: string[];

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'A root stands for the versions before it as well: a correction touches what came of those.',
  })
  withFormerVersions!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many steps from the nearest root, from 1; to the end when left out.',
  })
  depthMax?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many nodes at most, from 1 to 10,000,000; all when left out.',
  })
  nodesMax?: number;

  @Field(() => [RelationEnum], {
    nullable: true,
    description: 'Relations to follow; all but refersTo when left out.',
  })
  relations?: RelationEnum[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Types to go through, like "Claim"; ITEM, CLASS or PARTY for things; all when left out.',
  })
  types?: string[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Organisations whose records to go through, by name, slug or log id, or key ids of authors; all when left out.',
  })
  organisations?: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only what had happened by then, and what held then.',
  })
  asOf?: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Only what was known when the log ended with this position.',
  })
  knownAt?: number;
}
