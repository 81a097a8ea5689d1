import { Field, ObjectType } from 'type-graphql';
import type { RecordPage } from '../../../query/record-list.js';
import type { RecordView } from '../../../query/record.js';
import { PageInfoType } from '../page/page-info.type.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { RecordType } from './record.type.js';
import { Rule } from '../rule.js';

@Rule('record.list')
@ObjectType('RecordConnection', { description: 'A page of records.', simpleResolvers: true })
export class RecordConnectionType {
  /** The page as the query room answered it; edges and counts are taken from it when asked for. */
  page!: RecordPage;

  @Field(() => [RecordType], { description: 'The records of this page.' })
  nodes!: RecordView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}

@Rule('record.list')
@ObjectType('RecordEdge', {
  description: 'A record and its place in the list.',
  simpleResolvers: true,
})
export class RecordEdgeType {
  page!: RecordPage;

  @Field(() => RecordType, { description: 'The record.' })
  node!: RecordView;
}
