import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import { listFigureRecords } from '../../../query/analytics/figure-records.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import {
  ClaimTotalGroup,
  DuplicateGroup,
  IndicatorGroup,
  ServiceGroup,
  TurnaroundGroup,
} from './claim-figure.type.js';
import {
  AnalyticsRecordConnectionType,
  AnalyticsRecordEdgeType,
  type GroupRoot,
} from './figure.type.js';
import {
  AggregationGroup,
  CaptureGroup,
  ColdChainGroup,
  DwellGroup,
  ExpiryGroup,
  FlowGroup,
  ThroughputGroup,
  VerificationGroup,
} from './supply-figure.type.js';

/** Every group opens into its records in the same way. */
function groupResolver(type: ClassType<GroupRoot>): new () => object {
  @Resolver(() => type)
  class GroupResolver {
    @Rule('content.read')
    @FieldResolver(() => AnalyticsRecordConnectionType, {
      nullable: true,
      complexity: pageCost(100),
      description:
        'The records it comes from, in ledger order; null for whoever may not read them, and of a withheld group.',
    })
    async records(
      @Root() { view, answer, group }: GroupRoot,
      @Ctx() { reader }: ApiContext,
      @First() first?: number,
      @After() after?: string,
    ): Promise<AnalyticsRecordConnectionType | null> {
      const asked = dropNulls({ first, after });
      const page = await listFigureRecords(reader, view, answer, group, asked);
      return page && { page, nodes: page.nodes, pageInfo: formatPageInfo(page) };
    }
  }
  return GroupResolver;
}

export const GROUP_RESOLVERS = [
  ThroughputGroup,
  CaptureGroup,
  DwellGroup,
  FlowGroup,
  ColdChainGroup,
  ExpiryGroup,
  VerificationGroup,
  AggregationGroup,
  ClaimTotalGroup,
  ServiceGroup,
  TurnaroundGroup,
  DuplicateGroup,
  IndicatorGroup,
].map(groupResolver);

@Resolver(() => AnalyticsRecordConnectionType)
export class AnalyticsRecordConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [AnalyticsRecordEdgeType], {
    description: 'The records of this page with their cursors.',
  })
  edges(@Root() { page }: AnalyticsRecordConnectionType): AnalyticsRecordEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }
}

@Resolver(() => AnalyticsRecordEdgeType)
export class AnalyticsRecordEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this record.',
  })
  cursor(@Root() { node, page }: AnalyticsRecordEdgeType): string {
    return page.cursorOf(node);
  }
}
