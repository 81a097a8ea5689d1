import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { identifiersOf, type ContentState } from '../../../query/content.js';
import { getEntry, type EntryView } from '../../../query/entry.js';
import { proveEntry, type InclusionProofView } from '../../../query/proof.js';
import { getRecord, type RecordView } from '../../../query/record.js';
import { listRecords } from '../../../query/record-list.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { ContentStateEnum, RecordOrderEnum } from '../enum/record.enum.js';
import { EntryType } from '../entry/entry.type.js';
import { pageCost } from '../limit/cost.js';
import { InclusionProofType } from '../log/proof.type.js';
import { After, First } from '../page/page-arg.js';
import { formatPageInfo } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { RecordConnectionType } from './record-connection.type.js';
import { RecordFilterInput } from './record.input.js';
import { IdentifierType, RecordType } from './record.type.js';

@Resolver(() => RecordType)
export class RecordResolver {
  @Rule('record.list')
  @Query(() => RecordType, {
    nullable: true,
    complexity: 5,
    description:
      'One record version, by its CID or by its rid. Null when there is none this viewer may know of.',
  })
  record(
    @Ctx() { reader }: ApiContext,
    @Arg('cid', () => CidScalar, { nullable: true, description: 'CID of its sealed block.' })
    cid?: string,
    @Arg('rid', () => ID, { nullable: true, description: 'Its rid, in place of a CID.' })
    rid?: string,
    @Arg('version', () => Int, {
      nullable: true,
      description: 'With rid: which version; the latest when left out.',
    })
    version?: number,
  ): Promise<RecordView | null> {
    return getRecord(reader, dropNulls({ cid, rid, version }));
  }

  @Rule('record.list')
  @Query(() => RecordConnectionType, {
    complexity: pageCost(10),
    description: 'The records that satisfy the filter, those this viewer may know of.',
  })
  async records(
    @Ctx() { reader }: ApiContext,
    @Arg('filter', () => RecordFilterInput, {
      nullable: true,
      description: 'Which records; all without it.',
    })
    filter?: RecordFilterInput,
    @Arg('orderBy', () => RecordOrderEnum, {
      nullable: true,
      defaultValue: RecordOrderEnum.SEQ_DESC,
      description: 'In which order.',
    })
    orderBy?: RecordOrderEnum,
    @First()
    first?: number,
    @After()
    after?: string,
  ): Promise<RecordConnectionType> {
    const page = await listRecords(reader, dropNulls({ question: filter, orderBy, first, after }));
    return { page, nodes: page.nodes, pageInfo: formatPageInfo(page), position: page.position };
  }

  @Rule('content.read')
  @FieldResolver(() => ContentStateEnum, {
    complexity: 5,
    description: 'Whether the content can be shown to this viewer, and if not, why.',
  })
  async contentState(
    @Root() { node }: RecordView,
    @Ctx() { reader }: ApiContext,
  ): Promise<ContentState> {
    return (await reader.load.content.load(node)).state;
  }

  @Rule('content.read')
  @FieldResolver(() => String, {
    nullable: true,
    complexity: 5,
    description:
      'The content: JSON text as it was captured, numbers as they were spelt. Null unless AVAILABLE.',
  })
  async content(
    @Root() { node }: RecordView,
    @Ctx() { reader }: ApiContext,
  ): Promise<string | null> {
    return (await reader.load.content.load(node)).text ?? null;
  }

  @Rule('content.read')
  @FieldResolver(() => [IdentifierType], {
    nullable: true,
    complexity: 10,
    description: 'The identifiers the content names. Null unless AVAILABLE.',
  })
  async identifiers(
    @Root() { node }: RecordView,
    @Ctx() { reader }: ApiContext,
  ): Promise<IdentifierType[] | null> {
    return identifiersOf(await reader.load.content.load(node));
  }

  @Rule('ledger.read')
  @FieldResolver(() => EntryType, { complexity: 5, description: 'Its entry in the log.' })
  entry(@Root() { seq }: RecordView, @Ctx() { reader }: ApiContext): Promise<EntryView> {
    return getEntry(reader, seq);
  }

  @Rule('ledger.read')
  @FieldResolver(() => InclusionProofType, {
    complexity: 5,
    description: 'Proof that its entry stands in the log, against the latest checkpoint.',
  })
  inclusionProof(
    @Root() { seq }: RecordView,
    @Ctx() { reader }: ApiContext,
  ): Promise<InclusionProofView> {
    return proveEntry(reader, seq);
  }
}
