import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { countRecords } from '../../../query/record-list.js';
import type { ApiContext } from '../context.js';
import { RecordConnectionType, RecordEdgeType } from './record-connection.type.js';

@Resolver(() => RecordConnectionType)
export class RecordConnectionResolver {
  @FieldResolver(() => [RecordEdgeType], {
    description: 'The records of this page with their cursors.',
  })
  edges(@Root() { page }: RecordConnectionType): RecordEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }

  @FieldResolver(() => Int, {
    description: 'How many records there are in all; counted only when asked for.',
    complexity: 10,
  })
  totalCount(
    @Root() { page }: RecordConnectionType,
    @Ctx() { reader }: ApiContext,
  ): Promise<number> {
    return countRecords(reader, page);
  }
}

@Resolver(() => RecordEdgeType)
export class RecordEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this record.',
  })
  cursor(@Root() { node, page }: RecordEdgeType): string {
    return page.cursorOf(node);
  }
}
