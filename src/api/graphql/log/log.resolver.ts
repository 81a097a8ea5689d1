import { Arg, Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { getEntryAt, listEntries, type EntryView } from '../../../query/entry.js';
import {
  getHead,
  getIndexStatus,
  getLog,
  getLogs,
  type CheckpointView,
  type LogView,
} from '../../../query/log.js';
import {
  proveConsistency,
  proveEntry,
  type ConsistencyProofView,
  type InclusionProofView,
} from '../../../query/proof.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { EntryConnectionType } from '../entry/entry-connection.type.js';
import { EntryType } from '../entry/entry.type.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { CheckpointType, IndexStatusType, LogType } from './log.type.js';
import { ConsistencyProofType, InclusionProofType } from './proof.type.js';
import { Rule } from '../rule.js';

@Resolver(() => LogType)
export class LogResolver {
  @Rule('ledger.read')
  @Query(() => LogType, { description: 'One log; the log of this node when no other is named.' })
  log(
    @Ctx() { reader }: ApiContext,
    @Arg('origin', () => String, { nullable: true, description: 'Name of the log.' })
    origin?: string,
  ): LogView {
    return getLog(reader, origin ?? undefined);
  }

  @Rule('ledger.read')
  @Query(() => [LogType], { description: 'The logs this node holds.' })
  logs(@Ctx() { reader }: ApiContext): LogView[] {
    return getLogs(reader);
  }

  @FieldResolver(() => CheckpointType, {
    description: 'The latest checkpoint: size, root and signature.',
  })
  head(@Ctx() { reader }: ApiContext): CheckpointView {
    return getHead(reader);
  }

  @FieldResolver(() => String, { description: 'The latest checkpoint as a signed note.' })
  checkpoint(@Ctx() { reader }: ApiContext): string {
    return getHead(reader).text;
  }

  @Rule('record.list')
  @FieldResolver(() => IndexStatusType, {
    nullable: true,
    complexity: 5,
    description: 'How far the index is behind; null for a caller without a token.',
  })
  index(@Ctx() { reader }: ApiContext): Promise<IndexStatusType | null> {
    return getIndexStatus(reader);
  }

  @FieldResolver(() => EntryConnectionType, {
    complexity: pageCost(5),
    description: 'The entries, in order.',
  })
  async entries(
    @Ctx() { reader }: ApiContext,
    @First()
    first?: number,
    @After()
    after?: string,
    @Arg('from', () => SeqScalar, {
      nullable: true,
      description: 'Position to begin with, in place of a cursor.',
    })
    from?: number,
  ): Promise<EntryConnectionType> {
    const page = await listEntries(reader, dropNulls({ first, after, from }));
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page), totalCount: page.size };
  }

  @FieldResolver(() => EntryType, {
    nullable: true,
    complexity: 5,
    description: 'The entry at a position; null beyond the end.',
  })
  entry(
    @Ctx() { reader }: ApiContext,
    @Arg('seq', () => SeqScalar, { description: 'Its position.' }) seq: number,
  ): Promise<EntryView | null> {
    return getEntryAt(reader, seq);
  }

  @FieldResolver(() => InclusionProofType, {
    complexity: 5,
    description: 'Proof that the entry at a position stands in the log.',
  })
  inclusionProof(
    @Ctx() { reader }: ApiContext,
    @Arg('seq', () => SeqScalar, { description: 'Position of the entry.' }) seq: number,
    @Arg('size', () => SeqScalar, {
      nullable: true,
      description:
        'Number of entries of the tree to prove it against; the present one when left out.',
    })
    size?: number,
  ): Promise<InclusionProofView> {
    return proveEntry(reader, seq, size ?? undefined);
  }

  @FieldResolver(() => ConsistencyProofType, {
    complexity: 5,
    description: 'Proof that the log only grew between two sizes.',
  })
  consistencyProof(
    @Ctx() { reader }: ApiContext,
    @Arg('from', () => SeqScalar, { description: 'Number of entries then, at least 1.' })
    from: number,
    @Arg('to', () => SeqScalar, {
      nullable: true,
      description: 'Number of entries later; the present one when left out.',
    })
    to?: number,
  ): Promise<ConsistencyProofView> {
    return proveConsistency(reader, from, to ?? undefined);
  }
}
