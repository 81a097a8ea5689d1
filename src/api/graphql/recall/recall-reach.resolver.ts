import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  listReachedRecords,
  recallReach,
  type RecallReachView,
} from '../../../query/recall-reach.js';
import type { RecallView } from '../../../query/recall.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import {
  ReachedRecordConnectionType,
  ReachedRecordEdgeType,
  RecallReachType,
} from './recall-reach.type.js';
import { RECALL_COST } from './recall.resolver.js';
import { RecallReportType } from './recall.type.js';

@Resolver(() => RecallReportType)
export class RecallReachResolver {
  @Rule('content.read')
  @FieldResolver(() => RecallReachType, {
    complexity: ({ childComplexity }) => RECALL_COST + childComplexity,
    description:
      'Records of dispensings, claims and patients that the dispensed units have reached: by the events that dispensed them, or what they were in, and the records that are joined with these. Joins have no history: of an earlier moment they are told as they are now, of records known then.',
  })
  reached(@Root() report: RecallView, @Ctx() { reader }: ApiContext): Promise<RecallReachView> {
    return recallReach(reader, report);
  }
}

@Resolver(() => RecallReachType)
export class ReachedRecordResolver {
  @Rule('content.read')
  @FieldResolver(() => ReachedRecordConnectionType, {
    nullable: true,
    complexity: pageCost(RECALL_COST),
    description: 'The records themselves, in ledger order; null for whoever may not read them.',
  })
  async records(
    @Root() reach: RecallReachView,
    @Ctx() { reader }: ApiContext,
    @First() first?: number,
    @After() after?: string,
  ): Promise<ReachedRecordConnectionType | null> {
    const page = await listReachedRecords(reader, reach, dropNulls({ first, after }));
    return page && { page, nodes: page.nodes, pageInfo: formatPageInfo(page) };
  }
}

@Resolver(() => ReachedRecordConnectionType)
export class ReachedRecordConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [ReachedRecordEdgeType], {
    description: 'The records of this page with their cursors.',
  })
  edges(@Root() { page }: ReachedRecordConnectionType): ReachedRecordEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }
}

@Resolver(() => ReachedRecordEdgeType)
export class ReachedRecordEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this record.',
  })
  cursor(@Root() { node, page }: ReachedRecordEdgeType): string {
    return page.cursorOf(node);
  }
}
