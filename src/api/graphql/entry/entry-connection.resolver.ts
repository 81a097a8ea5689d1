import { FieldResolver, Resolver, Root } from 'type-graphql';
import { EntryConnectionType, EntryEdgeType } from './entry-connection.type.js';

@Resolver(() => EntryConnectionType)
export class EntryConnectionResolver {
  @FieldResolver(() => [EntryEdgeType], {
    description: 'The entries of this page with their cursors.',
  })
  edges(@Root() { page }: EntryConnectionType): EntryEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }
}

@Resolver(() => EntryEdgeType)
export class EntryEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this entry.',
  })
  cursor(@Root() { node, page }: EntryEdgeType): string {
    return page.cursorOf(node);
  }
}
