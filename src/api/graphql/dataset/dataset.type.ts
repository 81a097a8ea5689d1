import { Field, Int, ObjectType } from 'type-graphql';
import type { ContentState } from '../../../query/content.js';
import type { DatasetDescription, DatasetResult, SourceProofView } from '../../../query/dataset.js';
import type { RecordView } from '../../../query/record.js';
import { ReceiptType, UserErrorType } from '../capture/capture.type.js';
import { ContentStateEnum } from '../enum/record.enum.js';
import { RecordType } from '../record/record.type.js';
import { Rule } from '../rule.js';
import { CidScalar } from '../scalar/cid.scalar.js';

@Rule('own')
@ObjectType('CaptureDatasetPayload', {
  description: 'What came of capturing a dataset.',
  simpleResolvers: true,
})
export class CaptureDatasetPayloadType {
  @Field(() => ReceiptType, {
    nullable: true,
    description: 'What the log answers; null when it was not taken.',
  })
  receipt!: ReceiptType | null;

  @Field(() => Int, { description: 'How many sources it has, those named twice counted once.' })
  sourceCount!: number;

  @Field(() => [UserErrorType], {
    description:
      'Why it was not taken; empty when it was. Sources that are not there are named one by one, ten at most.',
  })
  userErrors!: UserErrorType[];
}

@Rule('content.read')
@ObjectType('DatasetCode', { description: 'The code that made a dataset.', simpleResolvers: true })
export class DatasetCodeType {
  @Rule('content.read')
  @Field(() => String, { description: 'Where it is kept.' })
  repository!: string;

  @Rule('content.read')
  @Field(() => String, { description: 'Which revision of it ran.' })
  revision!: string;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Which file of it.' })
  path!: string | null;
}

@Rule('content.read')
@ObjectType('DatasetResult', {
  description: 'What came out: where it is, or the figure itself.',
  simpleResolvers: true,
})
export class DatasetResultType implements DatasetResult {
  @Field(() => String, { nullable: true, description: 'Its media type.' })
  mediaType!: string | null;

  @Field(() => CidScalar, { nullable: true, description: 'Its address in IPFS.' })
  cid!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of its bytes, hex.' })
  sha256!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it can be had.' })
  url!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many rows it has.' })
  rows!: number | null;

  @Rule('content.read')
  @Field(() => String, {
    nullable: true,
    description: 'The figure itself: JSON text, numbers as they were spelt.',
  })
  value!: string | null;
}

@Rule('content.read')
@ObjectType('DatasetDescription', {
  description:
    'What a dataset’s author says of it. Null members were not said, or may not be read.',
  simpleResolvers: true,
})
export class DatasetDescriptionType implements DatasetDescription {
  @Rule('content.read')
  @Field(() => ContentStateEnum, {
    description: 'Whether the description can be shown to this viewer, and if not, why.',
  })
  state!: ContentState;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Its own id, the same for all versions.' })
  id!: string | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name!: string | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'What it is, in words.' })
  description!: string | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'How it was made, in words.' })
  method!: string | null;

  @Rule('content.read')
  @Field(() => DatasetCodeType, { nullable: true, description: 'The code that made it.' })
  code!: DatasetCodeType | null;

  @Rule('content.read')
  @Field(() => String, {
    nullable: true,
    description: 'What the code was run with: JSON text of an object.',
  })
  parameters!: string | null;

  @Rule('content.read')
  @Field(() => DatasetResultType, { nullable: true, description: 'What came out.' })
  result!: DatasetResultType | null;

  @Rule('content.read')
  @Field(() => String, { nullable: true, description: 'When it was made: RFC 3339.' })
  createdAt!: string | null;
}

@Rule('ledger.read')
@ObjectType('SourceProof', {
  description:
    'Proof that one record version is among the sources of a dataset: an inclusion proof of RFC 9162, whose leaf is the text of the statement’s CID.',
  simpleResolvers: true,
})
export class SourceProofType implements SourceProofView {
  @Field(() => Int, { description: 'Its place among the sources, from 0.' })
  index!: number;

  @Field(() => Int, { description: 'How many sources there are.' })
  count!: number;

  @Field(() => CidScalar, { description: 'CID of its statement: the leaf.' })
  statementCid!: string;

  @Field(() => String, {
    description:
      'Root of the sources, base64. The one signed in the statement; of a dataset without a list, that of its links.',
  })
  root!: string;

  @Field(() => [String], { description: 'Hashes from the leaf’s sibling up, base64.' })
  hashes!: string[];
}

@Rule('record.list')
@ObjectType('Dataset', {
  description: 'A derivative, and what it was made of.',
  simpleResolvers: true,
})
export class DatasetType {
  @Field(() => RecordType, { description: 'Its description as a record.' })
  record!: RecordView;

  @Field(() => Int, { description: 'How many sources it has.' })
  sourceCount!: number;
}
