import { Arg, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { recordOfEntry, type EntryView } from '../../../query/entry.js';
import { proveEntry, type InclusionProofView } from '../../../query/proof.js';
import type { RecordView } from '../../../query/record.js';
import { watchEntries } from '../../../query/watch.js';
import { renewReader, type ApiContext } from '../context.js';
import { InclusionProofType } from '../log/proof.type.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { EntryType } from './entry.type.js';

interface SubscriptionCall {
  args: { after?: number | null };
  context: ApiContext;
}

@Resolver(() => EntryType)
export class EntryResolver {
  @Rule('ledger.read')
  @Subscription(() => EntryType, {
    description:
      'Each entry from now on, or each after a position, none left out. Whoever hears of an entry can query it. To go on after a break, subscribe again with the `seq` of the last one heard of.',
    subscribe: ({ args, context }: SubscriptionCall) =>
      watchEntries(context.rooms, { after: args.after ?? undefined, signal: context.signal }),
  })
  entries(
    @Root() entry: EntryView,
    @Ctx() context: ApiContext,
    @Arg('after', () => SeqScalar, {
      nullable: true,
      description: 'Position of the last entry known; from now on when left out.',
    })
    _after?: number,
  ): EntryView {
    renewReader(context);
    return entry;
  }

  @FieldResolver(() => InclusionProofType, {
    complexity: 5,
    description: 'Proof that it stands in the log, against the latest checkpoint.',
  })
  inclusionProof(
    @Root() { seq }: EntryView,
    @Ctx() { reader }: ApiContext,
  ): Promise<InclusionProofView> {
    return proveEntry(reader, seq);
  }

  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    nullable: true,
    complexity: 5,
    description: 'The record it states. Null when it states none, or none this viewer may know of.',
  })
  record(
    @Root() { statement }: EntryView,
    @Ctx() { reader }: ApiContext,
  ): Promise<RecordView | null> {
    return recordOfEntry(reader, statement);
  }
}
