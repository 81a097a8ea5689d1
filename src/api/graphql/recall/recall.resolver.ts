import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import {
  listRecallUnits,
  recall,
  type RecallUnitView,
  type RecallView,
} from '../../../query/recall.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { ItemEvidenceType } from '../item/evidence.type.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { RecallUnitConnectionType, RecallUnitEdgeType } from './recall-connection.type.js';
import { RecallBucketEnum } from './recall.enum.js';
import { RecallInput } from './recall.input.js';
import { RecallReportType, RecallUnitType } from './recall.type.js';

/** Of a million units it takes seconds, as does a page of those in a bucket: a few of them are all one query may ask. */
export const RECALL_COST = 1_000;

@Resolver(() => RecallReportType)
export class RecallResolver {
  @Rule('content.read')
  @Query(() => RecallReportType, {
    complexity: ({ childComplexity }) => RECALL_COST + childComplexity,
    description:
      'Where the units of a lot, a product or a container are: in numbers by site, organisation and product, and one by one. QUERY_TOO_COMPLEX for more than a million units.',
  })
  recall(
    @Ctx() { reader }: ApiContext,
    @Arg('input', () => RecallInput, { description: 'What is recalled, and as of when.' })
    input: RecallInput,
  ): Promise<RecallView> {
    return recall(reader, dropNulls(input));
  }

  @Rule('content.read')
  @FieldResolver(() => RecallUnitConnectionType, {
    complexity: pageCost(RECALL_COST),
    description:
      'The units themselves. To page through them while events come in, give `asOf` with each question.',
  })
  async units(
    @Root() report: RecallView,
    @Ctx() { reader }: ApiContext,
    @Arg('bucket', () => RecallBucketEnum, {
      nullable: true,
      description: 'Those in one bucket; all when left out.',
    })
    bucket?: keyof typeof RecallBucketEnum,
    @First()
    first?: number,
    @After()
    after?: string,
  ): Promise<RecallUnitConnectionType> {
    const page = await listRecallUnits(reader, report, dropNulls({ bucket, first, after }));
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page) };
  }
}

@Resolver(() => RecallUnitConnectionType)
export class RecallUnitConnectionResolver {
  @Rule('content.read')
  @FieldResolver(() => [RecallUnitEdgeType], {
    description: 'The units of this page with their cursors.',
  })
  edges(@Root() { page }: RecallUnitConnectionType): RecallUnitEdgeType[] {
    return page.nodes.map((node) => ({ node, page }));
  }
}

@Resolver(() => RecallUnitEdgeType)
export class RecallUnitEdgeResolver {
  @FieldResolver(() => String, {
    description: 'To be given as `after`, to go on behind this unit.',
  })
  cursor(@Root() { node, page }: RecallUnitEdgeType): string {
    return page.cursorOf(node);
  }
}

@Resolver(() => RecallUnitType)
export class RecallUnitResolver {
  @Rule('content.read')
  @FieldResolver(() => ItemEvidenceType, {
    nullable: true,
    description: 'The newest event of its history, its own or of what it was in.',
  })
  evidence(@Root() { lastSeq }: RecallUnitView): ItemEvidenceType | null {
    return lastSeq === null ? null : { seq: lastSeq };
  }
}
