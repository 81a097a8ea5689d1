import { Field, Int, ObjectType } from 'type-graphql';
import type { EventPage } from '../../../query/event-list.js';
import type { EventView } from '../../../query/event.js';
import { PageInfoType } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { EpcisEventType } from './event.type.js';

@Rule('content.read')
@ObjectType('EventCount', {
  description: 'How many events there are.',
  simpleResolvers: true,
})
export class EventCountType {
  @Field(() => Int, { description: 'How many were counted.' })
  count!: number;

  @Field(() => Boolean, {
    description: 'False when counting ended at its bound: there may be more.',
  })
  isExact!: boolean;
}

@Rule('content.read')
@ObjectType('EventConnection', {
  description:
    'A page of events. What a page may cost is bounded: one that had to pass over many events may be short, even empty, and yet have a next.',
  simpleResolvers: true,
})
export class EventConnectionType {
  /** The page as the query room answered it; edges and counts are taken from it when asked for. */
  page!: EventPage;

  @Rule('content.read')
  @Field(() => [EpcisEventType], { description: 'The events of this page.' })
  nodes!: EventView[];

  @Field(() => PageInfoType, {
    description: 'Where this page stands; `endCursor` says how far was looked.',
  })
  pageInfo!: PageInfoType;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}

@Rule('content.read')
@ObjectType('EventEdge', {
  description: 'An event and its place in the list.',
  simpleResolvers: true,
})
export class EventEdgeType {
  page!: EventPage;

  @Rule('content.read')
  @Field(() => EpcisEventType, { description: 'The event.' })
  node!: EventView;
}
