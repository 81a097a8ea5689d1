import { Field, ObjectType } from 'type-graphql';
import type { ItemChild } from '../../../graph/trace/item-tracer.js';
import type { ChildPage } from '../../../query/item-children.js';
import { PageInfoType } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@Rule('content.read')
@ObjectType('ItemChild', {
  description: 'A thing that is in an item.',
  simpleResolvers: true,
})
export class ItemChildType implements Omit<ItemChild, 'cursor'> {
  @Field(() => String, { description: 'The thing.' })
  epc!: string;

  @Field(() => DateTimeScalar, { description: 'When it was put in.' })
  since!: number;

  @Field(() => SeqScalar, { description: 'Position of the event that put it in.' })
  seq!: number;
}

@Rule('content.read')
@ObjectType('ItemChildConnection', {
  description: 'A page of what is in an item. It may be short, even empty, and yet not the last.',
  simpleResolvers: true,
})
export class ItemChildConnectionType {
  page!: ChildPage;

  @Rule('content.read')
  @Field(() => [ItemChildType], { description: 'The things of this page.' })
  nodes!: ItemChild[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('content.read')
@ObjectType('ItemChildEdge', {
  description: 'A thing in an item, and its place in the list.',
  simpleResolvers: true,
})
export class ItemChildEdgeType {
  page!: ChildPage;

  @Rule('content.read')
  @Field(() => ItemChildType, { description: 'The thing.' })
  node!: ItemChild;
}
