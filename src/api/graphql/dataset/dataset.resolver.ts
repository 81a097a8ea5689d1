import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  describeDataset,
  getDataset,
  listSources,
  proveDatasetSource,
  type DatasetView,
  type SourceProofView,
} from '../../../query/dataset.js';
import { checkFreshness, type FreshnessView } from '../../../query/dataset-freshness.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { pageCost } from '../limit/cost.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { CaptureDatasetInput } from './dataset.input.js';
import { DatasetFreshnessType, DatasetSourceConnectionType } from './dataset-connection.type.js';
import {
  CaptureDatasetPayloadType,
  DatasetDescriptionType,
  DatasetType,
  SourceProofType,
} from './dataset.type.js';
import { writeDataset } from './write.js';

@Resolver(() => DatasetType)
export class DatasetResolver {
  @Rule('record.capture')
  @Mutation(() => CaptureDatasetPayloadType, {
    complexity: ({ args, childComplexity }) => captureCost(args) + childComplexity,
    description:
      'Captures a derivative with its sources as signed links, so that every figure in it can be traced, and a later correction of a source is seen.',
  })
  captureDataset(
    @Ctx() context: ApiContext,
    @Arg('input', () => CaptureDatasetInput, {
      description: 'The derivative, and what it was made of.',
    })
    input: CaptureDatasetInput,
  ): Promise<CaptureDatasetPayloadType> {
    return writeDataset(context, dropNulls(input));
  }

  @Rule('record.list')
  @Query(() => DatasetType, {
    nullable: true,
    complexity: ({ childComplexity }) => 10 + childComplexity,
    description:
      'A dataset by exactly one of its names. Null when there is none this viewer may know of.',
  })
  dataset(
    @Ctx() { reader }: ApiContext,
    @Arg('cid', () => CidScalar, {
      nullable: true,
      description: 'CID of its record, statement or entry: that version.',
    })
    cid?: string,
    @Arg('rid', () => ID, { nullable: true, description: 'Its rid: the latest version.' })
    rid?: string,
    @Arg('id', () => String, {
      nullable: true,
      description:
        'The id its description gives it: the latest version. Finds only datasets whose content the viewer may read.',
    })
    id?: string,
  ): Promise<DatasetView | null> {
    return getDataset(reader, dropNulls({ cid, rid, id }));
  }

  @Rule('content.read')
  @FieldResolver(() => DatasetDescriptionType, {
    complexity: ({ childComplexity }) => 5 + childComplexity,
    description: 'What its author says of it.',
  })
  description(
    @Root() dataset: DatasetView,
    @Ctx() { reader }: ApiContext,
  ): Promise<DatasetDescriptionType> {
    return describeDataset(reader, dataset);
  }

  @Rule('ledger.read')
  @FieldResolver(() => CidScalar, {
    nullable: true,
    description:
      'CID of the public list of its sources; null when they stand in the links of its statement.',
  })
  list(@Root() { list }: DatasetView): string | null {
    return list?.list ?? null;
  }

  @Rule('record.list')
  @FieldResolver(() => DatasetSourceConnectionType, {
    complexity: pageCost(10),
    description: 'The record versions it was made of.',
  })
  async sources(
    @Root() dataset: DatasetView,
    @Ctx() { reader }: ApiContext,
    @First() first?: number,
    @After() after?: string,
  ): Promise<DatasetSourceConnectionType> {
    const page = await listSources(reader, dataset, dropNulls({ first, after }));
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page) };
  }

  @Rule('ledger.read')
  @FieldResolver(() => SourceProofType, {
    nullable: true,
    complexity: 100,
    description:
      'Proof that a record version is one of its sources; null when it is none this viewer may know of.',
  })
  sourceProof(
    @Root() dataset: DatasetView,
    @Ctx() { reader }: ApiContext,
    @Arg('cid', () => CidScalar, { description: 'CID of the record, its statement or its entry.' })
    cid: string,
  ): Promise<SourceProofView | null> {
    return proveDatasetSource(reader, dataset, cid);
  }

  @Rule('record.list')
  @FieldResolver(() => DatasetFreshnessType, {
    complexity: ({ childComplexity }) => 50 + childComplexity,
    description: 'Whether what it was made of is still as it was.',
  })
  freshness(@Root() dataset: DatasetView, @Ctx() { reader }: ApiContext): Promise<FreshnessView> {
    return checkFreshness(reader, dataset);
  }
}

/** A hundred sources are one look-up. */
function captureCost(args: Record<string, unknown>): number {
  const { sources } = (args['input'] ?? {}) as { sources?: unknown };
  return 50 + Math.ceil((Array.isArray(sources) ? sources.length : 1) / 100);
}
