import { Field, Int, ObjectType } from 'type-graphql';
import type { DatasetSourceView } from '../../../query/dataset.js';
import type { FreshnessState, OutdatedSourceView } from '../../../query/dataset-freshness.js';
import type { Page } from '../../../query/page.js';
import type { RecordView } from '../../../query/record.js';
import { PageInfoType } from '../page/page-info.type.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { FreshnessStateEnum, OutdatedReasonEnum } from './dataset.enum.js';

@Rule('record.list')
@ObjectType('DatasetSource', {
  description: 'A record version a dataset was made of.',
  simpleResolvers: true,
})
export class DatasetSourceType implements DatasetSourceView {
  @Field(() => Int, { description: 'Its place among the sources, from 0.' })
  index!: number;

  @Field(() => CidScalar, {
    description: 'CID of its statement, as the dataset’s author signed it.',
  })
  statementCid!: string;

  @Field(() => RecordType, {
    nullable: true,
    description: 'The record; null when it is not here, or this viewer may not know of it.',
  })
  record!: RecordView | null;
}

@Rule('record.list')
@ObjectType('DatasetSourceConnection', {
  description: 'A page of sources, in the order the dataset names them.',
  simpleResolvers: true,
})
export class DatasetSourceConnectionType {
  page!: Page<DatasetSourceView>;

  @Field(() => [DatasetSourceType], { description: 'The sources of this page.' })
  nodes!: DatasetSourceView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('record.list')
@ObjectType('OutdatedSource', {
  description: 'A source that is not what it was when the dataset was made.',
  simpleResolvers: true,
})
export class OutdatedSourceType implements OutdatedSourceView {
  @Field(() => OutdatedReasonEnum, { description: 'What has become of it.' })
  reason!: OutdatedSourceView['reason'];

  @Field(() => RecordType, {
    nullable: true,
    description: 'The version that was used; null when this viewer may not know of it.',
  })
  record!: RecordView | null;

  @Field(() => RecordType, {
    nullable: true,
    description: 'Its newest version; the same when there is no later one.',
  })
  latest!: RecordView | null;

  @Field(() => RecordType, {
    nullable: true,
    description: 'The dataset that names it: the one asked about, or one that was made from.',
  })
  via!: RecordView | null;
}

@Rule('record.list')
@ObjectType('OutdatedSourceConnection', {
  description: 'A page of sources that are not what they were.',
  simpleResolvers: true,
})
export class OutdatedSourceConnectionType {
  page!: Page<OutdatedSourceView>;

  @Field(() => [OutdatedSourceType], { description: 'The sources of this page.' })
  nodes!: OutdatedSourceView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('record.list')
@ObjectType('DatasetFreshness', {
  description:
    'Whether what a dataset was made of, directly or through other datasets, is as it was.',
  simpleResolvers: true,
})
export class DatasetFreshnessType {
  @Field(() => FreshnessStateEnum, { description: 'The answer in a word.' })
  state!: FreshnessState;

  @Field(() => Int, { description: 'How many sources were looked at, each counted once.' })
  sourceCount!: number;

  @Field(() => Int, { description: 'How many of them are not what they were.' })
  outdatedCount!: number;

  @Field(() => Boolean, { description: 'These are all the sources there are.' })
  isComplete!: boolean;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}
