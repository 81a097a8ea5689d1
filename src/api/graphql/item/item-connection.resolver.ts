import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Rule } from '../rule.js';
import { ItemChildConnectionType, ItemChildEdgeType } from './item-child.type.js';
import { ItemHistoryConnectionType, ItemHistoryEdgeType } from './item-history.type.js';

@Resolver(() => ItemHistoryConnectionType)
export class ItemHistoryConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [ItemHistoryEdgeType], {
    description: 'The entries of this page with their cursors.',
  })
  edges(@Root() { page }: ItemHistoryConnectionType): ItemHistoryEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }
}

@Resolver(() => ItemHistoryEdgeType)
export class ItemHistoryEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this entry.',
  })
  cursor(@Root() { node, page }: ItemHistoryEdgeType): string {
    return page.cursorOf(node);
  }
}

@Resolver(() => ItemChildConnectionType)
export class ItemChildConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [ItemChildEdgeType], {
    description: 'The things of this page with their cursors.',
  })
  edges(@Root() { page }: ItemChildConnectionType): ItemChildEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }
}

@Resolver(() => ItemChildEdgeType)
export class ItemChildEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this thing.',
  })
  cursor(@Root() { node, page }: ItemChildEdgeType): string {
    return page.cursorOf(node);
  }
}
