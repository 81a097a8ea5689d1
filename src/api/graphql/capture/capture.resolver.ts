import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { getRecord, type RecordView } from '../../../query/record.js';
import { isPublished, proveEntry, type InclusionProofView } from '../../../query/proof.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { InclusionProofType } from '../log/proof.type.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { CaptureInput, CorrectInput } from './capture.input.js';
import { CapturePayloadType, CorrectPayloadType, ReceiptType } from './capture.type.js';
import { captureDocuments, correctRecord } from './write.js';

@Resolver(() => ReceiptType)
export class CaptureResolver {
  @Rule('record.capture')
  @Mutation(() => CapturePayloadType, {
    complexity: ({ args, childComplexity }) => captureCost(args, childComplexity),
    description:
      'Captures documents sent in clear: each record is sealed, stated, sequenced and published by this node.',
  })
  capture(
    @Ctx() context: ApiContext,
    @Arg('input', () => CaptureInput, { description: 'What to capture, and what to wait for.' })
    input: CaptureInput,
  ): Promise<CapturePayloadType> {
    return captureDocuments(context, dropNulls(input));
  }

  @Rule('record.correct')
  @Mutation(() => CorrectPayloadType, {
    complexity: 20,
    description:
      'States the next version of a record. The version before stays, and stays provable.',
  })
  correct(
    @Ctx() context: ApiContext,
    @Arg('input', () => CorrectInput, { description: 'What to correct, and with what.' })
    input: CorrectInput,
  ): Promise<CorrectPayloadType> {
    return correctRecord(context, dropNulls(input));
  }

  @Rule('ledger.read')
  @FieldResolver(() => InclusionProofType, {
    nullable: true,
    complexity: 5,
    description:
      'Proof that the entry stands in the log, against the latest checkpoint; null while there is none that covers it.',
  })
  inclusionProof(
    @Root() { seq }: ReceiptType,
    @Ctx() { reader }: ApiContext,
  ): Promise<InclusionProofView> | null {
    return isPublished(reader, seq) ? proveEntry(reader, seq) : null;
  }

  @Rule('record.list')
  @FieldResolver(() => RecordType, {
    nullable: true,
    complexity: 5,
    description: 'The record as queries find it; waits until it is indexed.',
  })
  record(@Root() { cid }: ReceiptType, @Ctx() { reader }: ApiContext): Promise<RecordView | null> {
    return getRecord(reader, { cid });
  }
}

/** A document may hold many records; how many is not known before it is read. */
function captureCost(args: Record<string, unknown>, childComplexity: number): number {
  const { documents } = (args['input'] ?? {}) as { documents?: unknown };
  return 10 + (Array.isArray(documents) ? documents.length : 1) * childComplexity;
}
