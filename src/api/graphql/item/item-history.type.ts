import { Field, Int, ObjectType } from 'type-graphql';
import type {
  HistoryEntryView,
  HistoryPage,
  HistorySourceView,
} from '../../../query/item-history.js';
import { EpcisEventType } from '../event/event.type.js';
import { PageInfoType } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { HistorySourceKindEnum, ItemRoleEnum } from './item.enum.js';

@Rule('content.read')
@ObjectType('HistorySource', {
  description: 'How an event comes into the history of an item.',
  simpleResolvers: true,
})
export class HistorySourceType implements HistorySourceView {
  @Field(() => HistorySourceKindEnum, { description: 'Which way.' })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The container, or what is associated; null otherwise.',
  })
  epc!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many levels up the container was: 1 for the innermost.',
  })
  level!: number | null;

  @Field(() => String, { nullable: true, description: 'The place of the sensor.' })
  place!: string | null;
}

@Rule('content.read')
@ObjectType('ItemHistoryEntry', {
  description: 'One event in the history of an item.',
  simpleResolvers: true,
})
export class ItemHistoryEntryType implements HistoryEntryView {
  @Rule('content.read')
  @Field(() => HistorySourceType, { description: 'How it comes into the history.' })
  source!: HistorySourceView;

  @Field(() => ItemRoleEnum, {
    nullable: true,
    description:
      'As what it names the item, or what it is inherited from; null for a sensor of a place.',
  })
  role!: string | null;

  @Rule('content.read')
  @Field(() => EpcisEventType, { description: 'The event.' })
  event!: HistoryEntryView['event'];
}

@Rule('content.read')
@ObjectType('ItemHistoryConnection', {
  description: 'A page of the history of an item.',
  simpleResolvers: true,
})
export class ItemHistoryConnectionType {
  page!: HistoryPage;

  @Rule('content.read')
  @Field(() => [ItemHistoryEntryType], { description: 'The entries of this page, oldest first.' })
  nodes!: HistoryEntryView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => Int, { description: 'How many entries the history has.' })
  totalCount!: number;
}

@Rule('content.read')
@ObjectType('ItemHistoryEdge', {
  description: 'An entry of a history and its place in it.',
  simpleResolvers: true,
})
export class ItemHistoryEdgeType {
  page!: HistoryPage;

  @Rule('content.read')
  @Field(() => ItemHistoryEntryType, { description: 'The entry.' })
  node!: HistoryEntryView;
}
