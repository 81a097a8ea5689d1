import { Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../../query/page.js';
import type { ReachedRecordView, RecallReachView } from '../../../query/recall-reach.js';
import type { RecordView } from '../../../query/record.js';
import { IncompleteReasonEnum, MatchRuleEnum } from '../enum/lineage.enum.js';
import { PageInfoType } from '../page/page-info.type.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

type Counts = NonNullable<RecallReachView['byRule']>[number];

@Rule('content.read')
@ObjectType('RecallReachCounts', {
  description: 'What was found by one rule, and what follows from that.',
  simpleResolvers: true,
})
export class RecallReachCountsType implements Counts {
  @Field(() => MatchRuleEnum, {
    nullable: true,
    description:
      'What the record and the dispensing event have in common; null where the record names the event. Of several, the strongest.',
  })
  rule!: Counts['rule'];

  @Field(() => Int, { description: 'Records of dispensings.' })
  dispensings!: number;

  @Field(() => Int, { description: 'Claims and explanations of benefit.' })
  claims!: number;
}

@Rule('content.read')
@ObjectType('RecallReach', {
  description:
    'What the dispensed units have reached. Whoever may not read the records is told numbers only: of one lot of one product as it is now, and none below eleven.',
  simpleResolvers: true,
})
export class RecallReachType implements RecallReachView {
  request!: RecallReachView['request'];
  question!: RecallReachView['question'];

  @Field(() => Int, {
    nullable: true,
    description: 'How many records tell of their dispensing; null when withheld.',
  })
  dispensings!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many claims and explanations of benefit are of these dispensings, or were made of one that is; null when withheld.',
  })
  claims!: number | null;

  @Rule('content.read')
  @Field(() => Int, {
    nullable: true,
    description:
      'How many patients all of these are about, as far as they name one; null when withheld.',
  })
  patients!: number | null;

  @Field(() => Boolean, {
    description:
      'True when the numbers are not told, because one is below eleven or could be worked out from two answers.',
  })
  isWithheld!: boolean;

  @Rule('content.read')
  @Field(() => [RecallReachCountsType], {
    nullable: true,
    description:
      'The same by how the records were matched with the events, the strongest first; they add up. Null for whoever may not read the records.',
  })
  byRule!: Counts[] | null;

  @Field(() => Boolean, { description: 'Whether this is all that is known here.' })
  isComplete!: boolean;

  @Field(() => IncompleteReasonEnum, {
    nullable: true,
    description: 'Why it is not, if it is not.',
  })
  reason!: RecallReachView['reason'];

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}

@Rule('content.read')
@ObjectType('ReachedRecord', {
  description: 'A record that a recall has reached.',
  simpleResolvers: true,
})
export class ReachedRecordType implements ReachedRecordView {
  @Field(() => MatchRuleEnum, {
    nullable: true,
    description:
      'By what it, or what it was made of, was matched with the dispensing event; null where that names the event.',
  })
  rule!: ReachedRecordView['rule'];

  @Rule('content.read')
  @Field(() => RecordType, { description: 'The record.' })
  record!: RecordView;
}

@Rule('content.read')
@ObjectType('ReachedRecordConnection', {
  description: 'A page of the records that a recall has reached, in ledger order.',
  simpleResolvers: true,
})
export class ReachedRecordConnectionType {
  page!: Page<ReachedRecordView>;

  @Rule('content.read')
  @Field(() => [ReachedRecordType], { description: 'The records of this page.' })
  nodes!: ReachedRecordView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('content.read')
@ObjectType('ReachedRecordEdge', {
  description: 'A reached record and its place in the list.',
  simpleResolvers: true,
})
export class ReachedRecordEdgeType {
  page!: Page<ReachedRecordView>;

  @Rule('content.read')
  @Field(() => ReachedRecordType, { description: 'The record.' })
  node!: ReachedRecordView;
}
