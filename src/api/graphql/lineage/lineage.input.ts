import { Field, InputType, Int } from 'type-graphql';
import { LineageDirectionEnum, RelationEnum } from '../enum/lineage.enum.js';
import { RecordAddressInput } from '../record/record.input.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@InputType('LineageInput', {
  description: 'From where, which way and how far lineage is followed.',
})
export class LineageInput {
  @Field(() => [RecordAddressInput], {
    description: 'The records to begin with, at most 100; all of them stand at depth 0.',
  })
  roots!: RecordAddressInput[];

  @Field(() => LineageDirectionEnum, {
    defaultValue: LineageDirectionEnum.UPSTREAM,
    description: 'Which way.',
  })
  direction!: LineageDirectionEnum;

  @Field(() => Int, {
    defaultValue: 100,
    description: 'How many steps from the nearest root, from 0 to 1,000.',
  })
  depthMax!: number;

  @Field(() => Int, {
    defaultValue: 1_000,
    description: 'How many nodes at most, from 1 to 10,000.',
  })
  nodesMax!: number;

  @Field(() => [RelationEnum], {
    nullable: true,
    description: 'Relations to follow; all but refersTo when left out.',
  })
  relations?: RelationEnum[];

  @Field(() => [String], {
    nullable: true,
    description: 'Types of record to go through, like "Claim"; all when left out.',
  })
  types?: string[];

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Only what was known when the log ended with this position.',
  })
  knownAt?: number;
}
