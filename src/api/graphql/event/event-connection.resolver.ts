import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { EventCount } from '../../../graph/event/event-list.js';
import { countEvents } from '../../../query/event-list.js';
import type { ApiContext } from '../context.js';
import { Rule } from '../rule.js';
import { EventConnectionType, EventCountType, EventEdgeType } from './event-connection.type.js';

@Resolver(() => EventConnectionType)
export class EventConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [EventEdgeType], {
    description: 'The events of this page with their cursors.',
  })
  edges(@Root() { page }: EventConnectionType): EventEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many events there are in all; counted only when asked for. Null when there are more than may be counted: see `counted`.',
    complexity: 50,
  })
  async totalCount(
    @Root() { page }: EventConnectionType,
    @Ctx() { reader }: ApiContext,
  ): Promise<number | null> {
    const { count, isExact } = await countEvents(reader, page);
    return isExact ? count : null;
  }

  @Rule('content.read')
  @FieldResolver(() => EventCountType, {
    description: 'How many events there are, as far as may be counted.',
    complexity: 50,
  })
  counted(
    @Root() { page }: EventConnectionType,
    @Ctx() { reader }: ApiContext,
  ): Promise<EventCount> {
    return countEvents(reader, page);
  }
}

@Resolver(() => EventEdgeType)
export class EventEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this event.',
  })
  cursor(@Root() { node, page }: EventEdgeType): string {
    return page.cursorOf(node);
  }
}
