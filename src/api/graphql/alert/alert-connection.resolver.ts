import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { countAlerts } from '../../../query/alert.js';
import type { ApiContext } from '../context.js';
import { Rule } from '../rule.js';
import { AlertConnectionType, AlertEdgeType } from './alert.type.js';

@Resolver(() => AlertConnectionType)
export class AlertConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [AlertEdgeType], {
    description: 'The alerts of this page with their cursors.',
  })
  edges(@Root() { page }: AlertConnectionType): AlertEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }

  @FieldResolver(() => Int, {
    description: 'How many alerts there are in all; counted only when asked for.',
    complexity: 10,
  })
  totalCount(
    @Root() { page }: AlertConnectionType,
    @Ctx() { reader }: ApiContext,
  ): Promise<number> {
    return countAlerts(reader, page);
  }
}

@Resolver(() => AlertEdgeType)
export class AlertEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this alert.',
  })
  cursor(@Root() { node, page }: AlertEdgeType): string {
    return page.cursorOf(node);
  }
}
