import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { traceItem, type ItemView } from '../../../query/item.js';
import { listChildren } from '../../../query/item-children.js';
import { listHistory } from '../../../query/item-history.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { listCost, pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { ContainerChainType, ItemConflictType, ItemQuantityType } from './containment.type.js';
import { CustodyType } from './custody.type.js';
import { ItemChildConnectionType } from './item-child.type.js';
import { ItemHistoryConnectionType } from './item-history.type.js';
import { ItemPersistentDispositionType, ItemType } from './item.type.js';
import { SensorSummaryType } from './sensor-summary.type.js';

@Resolver(() => ItemType)
export class ItemResolver {
  @Rule('content.read')
  @Query(() => ItemType, {
    nullable: true,
    complexity: ({ childComplexity }) => 50 + childComplexity,
    description:
      'Where a thing is, what it is in and what has happened to it, inherited from its containers too. Null when nothing is known of it.',
  })
  item(
    @Ctx() { reader }: ApiContext,
    @Arg('epc', () => String, {
      description: 'Its EPC in any form: URN, Digital Link, element string, or as scanned.',
    })
    epc: string,
    @Arg('asOf', () => DateTimeScalar, {
      nullable: true,
      description: 'What was true then, by the time of events; now when left out.',
    })
    asOf?: number,
    @Arg('knownAt', () => SeqScalar, {
      nullable: true,
      description: 'Only what was known when the log ended with this position.',
    })
    knownAt?: number,
  ): Promise<ItemView | null> {
    return traceItem(reader, dropNulls({ epc, asOf, knownAt }));
  }

  @Rule('content.read')
  @FieldResolver(() => [ItemPersistentDispositionType], {
    complexity: listCost(20),
    description: 'States that stick to it, also those set on a container it was in.',
  })
  persistentDispositions(@Root() item: ItemView): ItemPersistentDispositionType[] {
    return item.persistentDispositions.map(withEvidence);
  }

  @Rule('content.read')
  @FieldResolver(() => ContainerChainType, { description: 'What it is in.' })
  chain(@Root() { chain }: ItemView): ContainerChainType {
    return { ...chain, containers: chain.containers.map(withEvidence) };
  }

  @Rule('content.read')
  @FieldResolver(() => ItemChildConnectionType, {
    complexity: pageCost(10),
    description: 'What is in it.',
  })
  async children(
    @Root() item: ItemView,
    @Ctx() { reader }: ApiContext,
    @First() first?: number,
    @After() after?: string,
  ): Promise<ItemChildConnectionType> {
    const page = await listChildren(reader, item, dropNulls({ first, after }));
    const pageInfo = formatPageInfo(page);
    const endCursor = page.endCursor ?? pageInfo.endCursor;
    return { page, nodes: page.nodes, pageInfo: { ...pageInfo, endCursor } };
  }

  @Rule('content.read')
  @FieldResolver(() => [ItemQuantityType], {
    description: 'What is in it of classes and lots, without serial numbers.',
  })
  quantities(@Root() { quantities }: ItemView): ItemQuantityType[] {
    return quantities;
  }

  @Rule('content.read')
  @FieldResolver(() => ItemHistoryConnectionType, {
    complexity: pageCost(10),
    description: 'What has happened to it, oldest first, each event with how it came to it.',
  })
  history(
    @Root() item: ItemView,
    @Ctx() { reader }: ApiContext,
    @First() first?: number,
    @After() after?: string,
  ): ItemHistoryConnectionType {
    const page = listHistory(reader, item, dropNulls({ first, after }));
    const totalCount = item.trace.history.entries.length;
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page), totalCount };
  }

  @Rule('content.read')
  @FieldResolver(() => CustodyType, { complexity: 10, description: 'Who had it, and when.' })
  custody(@Root() { trace }: ItemView): CustodyType {
    const { segments, gaps } = trace.custody;
    return {
      segments: segments.map(({ custodian, from, to = null, fromSeq }) => ({
        ...{ custodian, from, to },
        evidence: { seq: fromSeq },
      })),
      gaps: gaps.map(({ kind, from, to = null, fromSeq, toSeq }) => ({
        ...{ kind, from, to },
        evidence: [fromSeq, ...(toSeq === undefined ? [] : [toSeq])].map((seq) => ({ seq })),
      })),
    };
  }

  @Rule('content.read')
  @FieldResolver(() => [SensorSummaryType], {
    complexity: listCost(10),
    description: 'What sensors reported of it, its containers and where it was, summed up.',
  })
  sensors(@Root() { trace }: ItemView): SensorSummaryType[] {
    return trace.sensors.map(({ type = null, unit = null, mean = null, outside, ...rest }) => ({
      ...{ type, unit, mean },
      ...rest,
      outside: outside
        ? {
            count: outside.count,
            seconds: outside.durationMs / 1_000,
            evidence: outside.count > 0 ? { seq: outside.seq } : null,
          }
        : null,
    }));
  }

  @Rule('content.read')
  @FieldResolver(() => [ItemConflictType], {
    complexity: listCost(100),
    description: 'Events that do not fit where it is known to be.',
  })
  conflicts(@Root() { conflicts }: ItemView): ItemConflictType[] {
    return conflicts.map(withEvidence);
  }
}

function withEvidence<T extends { seq: number }>(told: T): T & { evidence: { seq: number } } {
  return { ...told, evidence: { seq: told.seq } };
}
