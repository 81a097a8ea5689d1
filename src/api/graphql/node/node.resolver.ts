import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { getNode, getNodes, type NodeView } from '../../../query/node.js';
import type { ApiContext } from '../context.js';
import { idsCost } from '../limit/cost.js';
import { NodeType } from './node.type.js';
import { Rule } from '../rule.js';

@Resolver()
export class NodeResolver {
  @Rule('record.list')
  @Query(() => NodeType, {
    nullable: true,
    complexity: 5,
    description: 'Whatever has this id. Null when there is nothing this viewer may know of.',
  })
  node(
    @Ctx() { reader }: ApiContext,
    @Arg('id', () => ID, { description: 'An id answered before.' }) id: string,
  ): Promise<NodeView | null> {
    return getNode(reader, id);
  }

  @Rule('record.list')
  @Query(() => [NodeType], {
    nullable: 'items',
    complexity: idsCost,
    description: 'Whatever has these ids, in their order, null where there is nothing.',
  })
  nodes(
    @Ctx() { reader }: ApiContext,
    @Arg('ids', () => [ID], { description: 'Ids answered before, at most 500.' }) ids: string[],
  ): Promise<(NodeView | null)[]> {
    return getNodes(reader, ids);
  }
}
