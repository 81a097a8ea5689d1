import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { findImpact, listImpact, type ImpactView } from '../../../query/impact-answer.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { ImpactInput } from './impact.input.js';
import { ImpactConnectionType, ImpactType } from './impact.type.js';

/** A walk to the end may take all the time there is for a request. */
const WALK_COST = 2_000;

@Resolver(() => ImpactType)
export class ImpactResolver {
  @Rule('lineage.read')
  @Query(() => ImpactType, {
    complexity: ({ childComplexity }) => WALK_COST + childComplexity,
    description:
      'Everything downstream of some records and things, counted. NOT_FOUND when one of them is not there for this viewer. All of it as JSON lines: /impact.',
  })
  impact(
    @Ctx() { reader }: ApiContext,
    @Arg('input', () => ImpactInput, { description: 'Of what, and how far.' })
    input: ImpactInput,
  ): Promise<ImpactView> {
    return findImpact(reader, dropNulls(input));
  }

  @Rule('lineage.read')
  @FieldResolver(() => ImpactConnectionType, {
    complexity: pageCost(10),
    description: 'The nodes found, nearest first.',
  })
  async nodes(
    @Root() impact: ImpactView,
    @Ctx() { reader }: ApiContext,
    @First() first?: number,
    @After() after?: string,
  ): Promise<ImpactConnectionType> {
    const page = await listImpact(reader, impact, dropNulls({ first, after }));
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page) };
  }
}
