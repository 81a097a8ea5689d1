import { Field, ObjectType } from 'type-graphql';
import type { EntryPage, EntryView } from '../../../query/entry.js';
import { PageInfoType } from '../page/page-info.type.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { EntryType } from './entry.type.js';
import { Rule } from '../rule.js';

@Rule('ledger.read')
@ObjectType('EntryConnection', { description: 'A page of a log.', simpleResolvers: true })
export class EntryConnectionType {
  page!: EntryPage;

  @Field(() => [EntryType], { description: 'The entries of this page.' })
  nodes!: EntryView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => SeqScalar, { description: 'Number of entries in the log.' })
  totalCount!: number;
}

@Rule('ledger.read')
@ObjectType('EntryEdge', {
  description: 'An entry and its place in the log.',
  simpleResolvers: true,
})
export class EntryEdgeType {
  page!: EntryPage;

  @Field(() => EntryType, { description: 'The entry.' })
  node!: EntryView;
}
