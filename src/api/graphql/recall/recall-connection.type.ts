import { Field, ObjectType } from 'type-graphql';
import type { Page } from '../../../query/page.js';
import type { RecallUnitView } from '../../../query/recall.js';
import { PageInfoType } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { RecallUnitType } from './recall.type.js';

@Rule('content.read')
@ObjectType('RecallUnitConnection', {
  description: 'A page of recalled units.',
  simpleResolvers: true,
})
export class RecallUnitConnectionType {
  /** The page as the query room answered it. */
  page!: Page<RecallUnitView>;

  @Rule('content.read')
  @Field(() => [RecallUnitType], { description: 'The units of this page.' })
  nodes!: RecallUnitView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('content.read')
@ObjectType('RecallUnitEdge', {
  description: 'A unit and its place in the list.',
  simpleResolvers: true,
})
export class RecallUnitEdgeType {
  page!: Page<RecallUnitView>;

  @Rule('content.read')
  @Field(() => RecallUnitType, { description: 'The unit.' })
  node!: RecallUnitView;
}
