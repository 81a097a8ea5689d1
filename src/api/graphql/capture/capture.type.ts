import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { RecordReceipt } from '../../../capture/record-receipt.js';
import { DurabilityEnum } from '../enum/durability.enum.js';
import { ErrorCodeEnum } from '../enum/error-code.enum.js';
import { WarningCodeEnum } from '../enum/warning-code.enum.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('own')
@ObjectType('Receipt', {
  description: 'What the log answers for one record.',
  simpleResolvers: true,
})
export class ReceiptType {
  @Field(() => Int, { description: 'Which document of the call the record stood in, from 0.' })
  document!: number;

  @Field(() => String, { description: 'Where it stood there: a JSON pointer (RFC 6901).' })
  pointer!: string;

  @Field(() => CidScalar, { description: 'CID of the sealed block.' })
  cid!: string;

  @Field(() => ID, { description: 'The record: 16 random bytes, base64url.' })
  rid!: string;

  @Field(() => Int, { description: 'Version of the record, from 1.' })
  version!: number;

  @Field(() => CidScalar, { description: 'CID of the signed statement.' })
  statementCid!: string;

  @Field(() => CidScalar, { description: 'CID of the ledger entry.' })
  entryCid!: string;

  @Field(() => SeqScalar, { description: 'Position of the entry in the log.' })
  seq!: number;

  @Field(() => DateTimeScalar, { description: 'When it was sequenced.' })
  at!: number;

  @Field(() => DurabilityEnum, { description: 'How far it has come.' })
  state!: DurabilityEnum | RecordReceipt['state'];

  @Field(() => SeqScalar, { description: 'Number of entries the checkpoint covers.' })
  size!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The signed checkpoint that covers it; null while it is only SEQUENCED.',
  })
  checkpoint!: string | null;

  @Field(() => Boolean, {
    description: 'It was there already, as it is: nothing was appended.',
  })
  repeated!: boolean;
}

@Rule('own')
@ObjectType('UserError', {
  description: 'Why something that was sent was not taken. Holds no content of it.',
  simpleResolvers: true,
})
export class UserErrorType {
  @Field(() => ErrorCodeEnum, { description: 'Stable code.' })
  code!: string;

  @Field(() => String, { description: 'The same in words.' })
  message!: string;

  @Field(() => [String], {
    description: 'Path of the argument it is about, like ["input", "documents", "0"].',
  })
  path!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Place inside that document: a JSON pointer (RFC 6901), in XML an XPath.',
  })
  pointer!: string | null;
}

@Rule('own')
@ObjectType('CaptureWarning', {
  description: 'What is odd about a record that was captured all the same. Holds no content of it.',
  simpleResolvers: true,
})
export class CaptureWarningType {
  @Field(() => WarningCodeEnum, { description: 'Stable code.' })
  code!: string;

  @Field(() => String, { description: 'The same in words.' })
  message!: string;

  @Field(() => [String], {
    description: 'Path of the argument it is about, like ["input", "documents", "0"].',
  })
  path!: string[];

  @Field(() => String, {
    description: 'Place inside that document: a JSON pointer (RFC 6901), in XML an XPath.',
  })
  pointer!: string;
}

@Rule('own')
@ObjectType('CapturePayload', { description: 'What came of a capture.', simpleResolvers: true })
export class CapturePayloadType {
  @Field(() => [ReceiptType], {
    description: 'A receipt for each record captured, in the order they were sent.',
  })
  receipts!: ReceiptType[];

  @Field(() => [UserErrorType], { description: 'What was not taken, and why; empty when all was.' })
  userErrors!: UserErrorType[];

  @Field(() => [CaptureWarningType], {
    description: 'What is odd about what was captured: the first 100 warnings.',
  })
  warnings!: CaptureWarningType[];
}

@Rule('own')
@ObjectType('CorrectPayload', { description: 'What came of a correction.', simpleResolvers: true })
export class CorrectPayloadType {
  @Field(() => ReceiptType, {
    nullable: true,
    description: 'The receipt of the new version; null when it was not taken.',
  })
  receipt!: ReceiptType | null;

  @Field(() => [UserErrorType], { description: 'Why it was not taken; empty when it was.' })
  userErrors!: UserErrorType[];
}
