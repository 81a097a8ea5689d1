import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { RecordView } from '../../../query/record.js';
import { RecordClassEnum } from '../enum/record.enum.js';
import { NodeType } from '../node/node.type.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('record.list')
@ObjectType('Record', {
  description:
    'One version of a captured record: sealed in IPFS, stated by its author, sequenced in a log.',
  implements: NodeType,
  simpleResolvers: true,
})
export class RecordType extends NodeType implements Omit<RecordView, 'node'> {
  @Field(() => CidScalar, { description: 'Address of the sealed block in IPFS.' })
  cid!: string;

  @Field(() => ID, { description: 'The record whose version this is: 16 random bytes, base64url.' })
  rid!: string;

  @Field(() => Int, { description: 'Version of the record, from 1.' })
  version!: number;

  @Field(() => SeqScalar, { description: 'Position of its entry in the log.' })
  seq!: number;

  @Field(() => DateTimeScalar, { description: 'When the log took it.' })
  capturedAt!: number;

  @Field(() => RecordClassEnum, { description: 'What it is, as the ledger says in clear.' })
  class!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its type as the content says, like "Claim" or "ObjectEvent"; null when it could not be opened.',
  })
  type!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Media type of the content; null when it could not be opened.',
  })
  mediaType!: string | null;

  @Field(() => Int, {
    description: 'Size of the sealed content in bytes, padded so that it tells little.',
  })
  sizeBytes!: number;

  @Rule('content.read')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When what it tells of happened, if the content says so and the viewer may read it.',
  })
  occurredAt!: number | null;

  @Field(() => Boolean, { description: 'No later version is known.' })
  isLatest!: boolean;

  @Field(() => String, {
    description: 'Key id (RFC 7638 thumbprint) of the author who signed its statement.',
  })
  author!: string;

  @Field(() => CidScalar, { description: 'CID of the signed statement.' })
  statementCid!: string;

  @Field(() => CidScalar, { description: 'CID of the ledger entry.' })
  entryCid!: string;
}

@Rule('content.read')
@ObjectType('Identifier', {
  description: 'A name for a thing outside: a medical record number, an EPC, a product code.',
  simpleResolvers: true,
})
export class IdentifierType {
  @Field(() => String, {
    description: 'Whose naming it is: a URI, "epc" or "epcClass"; empty when not said.',
  })
  system!: string;

  @Field(() => String, { description: 'The name itself.' })
  value!: string;
}
