import { Field, InputType, Int } from 'type-graphql';
import { LineageDirectionEnum, RelationEnum } from '../enum/lineage.enum.js';
import { RecordAddressInput } from '../record/record.input.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@InputType('LineageInput', {
  description: 'From where, which way and how far lineage is followed.',
})
export class LineageInput {
  @Field(() => [RecordAddressInput], {
    defaultValue: [],
    description:
      'The records to begin with; with `things` from 1 to 100. All of them stand at depth 0. Those that are not there are passed over as long as one is; the answer is then not complete, and they count as redacted.',
  })
  roots!: RecordAddressInput[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Items, classes, lots or parties to begin with, as EPC URN, Digital Link or element string. They are there for whoever may read supply events.',
  })
  things?: string[];

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
    description: 'How many nodes a page has at most, from 1 to 10,000.',
  })
  nodesMax!: number;

  @Field(() => [RelationEnum], {
    nullable: true,
    description: 'Relations to follow; all but refersTo when left out.',
  })
  relations?: RelationEnum[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Types to go through, like "Claim", or "ITEM", "CLASS" or "PARTY"; all when left out. Roots may be of any, and so may a record that cannot be opened.',
  })
  types?: string[];

  @Field(() => [String], {
    nullable: true,
    description:
      'Go only through records of these: an organisation by name, slug or log id, or an author by key id. Things have no author, and are passed through.',
  })
  organisations?: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Go only through records of what happened at this time or later; for whoever may not read them, the time of capture counts.',
  })
  occurredFrom?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Go only through records of what happened before this time; see `occurredFrom`.',
  })
  occurredBefore?: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'As it was at that time: without what had not happened yet, and without memberships and attributions that did not hold. Things are shown then only to whoever may read supply events.',
  })
  asOf?: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Only what was known when the log ended with this position.',
  })
  knownAt?: number;
}
