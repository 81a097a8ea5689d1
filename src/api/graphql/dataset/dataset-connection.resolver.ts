import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { listOutdated, type FreshnessView } from '../../../query/dataset-freshness.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { DatasetFreshnessType, OutdatedSourceConnectionType } from './dataset-connection.type.js';

@Resolver(() => DatasetFreshnessType)
export class DatasetFreshnessResolver {
  @Rule('record.list')
  @FieldResolver(() => OutdatedSourceConnectionType, {
    complexity: pageCost(10),
    description: 'The sources that are not what they were: direct ones first.',
  })
  async outdated(
    @Root() freshness: FreshnessView,
    @Ctx() { reader }: ApiContext,
    @First() first?: number,
    @After() after?: string,
  ): Promise<OutdatedSourceConnectionType> {
    const page = await listOutdated(reader, freshness, dropNulls({ first, after }));
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page) };
  }
}
