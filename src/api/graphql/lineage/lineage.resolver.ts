import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { walkLineage, type LineageView } from '../../../query/lineage.js';
import type { LineageNodeView } from '../../../query/lineage-node.js';
import { showRecord, type RecordView } from '../../../query/record.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { lineageCost } from '../limit/cost.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { LineageInput } from './lineage.input.js';
import { LineageGraphType, LineageNodeType } from './lineage.type.js';

@Resolver(() => LineageNodeType)
export class LineageResolver {
  @Rule('lineage.read')
  @Query(() => LineageGraphType, {
    complexity: lineageCost,
    description:
      'What records came from, or what came from them, breadth first. NOT_FOUND when there is no root this viewer may know of.',
  })
  lineage(
    @Ctx() { reader }: ApiContext,
    @Arg('input', () => LineageInput, { description: 'From where, which way and how far.' })
    input: LineageInput,
  ): Promise<LineageView> {
    return walkLineage(reader, dropNulls(input));
  }

  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    nullable: true,
    complexity: 20,
    description: 'All that is known of it, if the viewer may list it.',
  })
  record(@Root() { node }: LineageNodeView, @Ctx() { reader }: ApiContext): RecordView | null {
    return showRecord(reader, node);
  }
}
