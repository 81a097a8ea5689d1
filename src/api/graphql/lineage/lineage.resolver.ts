import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import {
  walkLineage,
  writeLineage,
  type LineageQuestion,
  type LineageView,
} from '../../../query/lineage.js';
import type { LineageNodeView } from '../../../query/lineage-node.js';
import { showRecord, type RecordView } from '../../../query/record.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { lineageCost } from '../limit/cost.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { LineageInput } from './lineage.input.js';
import { readSelection, type PlainSelection } from './lineage-selection.js';
import { LineageGraphType, LineageNodeType } from './lineage.type.js';

@Resolver(() => LineageNodeType)
export class LineageResolver {
  @Rule('lineage.read')
  @Query(() => LineageGraphType, {
    complexity: lineageCost,
    description:
      'What records and things came from, or what came from them, breadth first, page by page. NOT_FOUND when there is no root this viewer may know of.',
  })
  lineage(
    @Ctx() context: ApiContext,
    @Arg('input', () => LineageInput, { description: 'From where, which way and how far.' })
    input: LineageInput,
    @Info() info: GraphQLResolveInfo,
    @Arg('after', () => String, {
      nullable: true,
      description:
        "Go on after this cursor, a page's `endCursor`; all but `nodesMax` must be asked as before. The whole walk is as of the position of its first page.",
    })
    after?: string,
  ): Promise<LineageView> {
    const { facets, plain } = readSelection(info);
    const question = dropNulls({ ...input, after });
    if (plain && context.splices) return answerInText(context, question, info, { facets, plain });
    return walkLineage(context.reader, question, facets);
  }

  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    nullable: true,
    complexity: 20,
    description: 'All that is known of it, if the viewer may list it; null for a thing.',
  })
  record(
    @Root() { recordNode }: LineageNodeView,
    @Ctx() { reader }: ApiContext,
  ): RecordView | null {
    return recordNode ? showRecord(reader, recordNode) : null;
  }
}

/** Nodes and edges go straight into the text of the answer, and the rest is answered as ever. */
async function answerInText(
  { reader, splices }: ApiContext,
  question: LineageQuestion,
  { path }: GraphQLResolveInfo,
  { facets, plain }: { facets: boolean; plain: PlainSelection },
): Promise<LineageView> {
  const { nodes, edges } = plain;
  const template = {
    ...(nodes && { nodes: nodes.members }),
    ...(edges && { edges: edges.members }),
  };
  const written = await writeLineage(reader, question, template, facets);
  // lineage is asked of the root alone: one name leads to it
  const place = String(path.key);
  if (nodes) splices!.add([place, nodes.key], written.nodes);
  if (edges) splices!.add([place, edges.key], written.edges);
  return { ...written.frame, nodes: [], edges: [] };
}
