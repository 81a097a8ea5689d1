import { GraphQLJSON } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { EntryView, StatementView } from '../../../query/entry.js';
import { NodeType } from '../node/node.type.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('ledger.read')
@ObjectType('Statement', {
  description:
    'What an author signed: a flattened JWS (RFC 7515). It holds nothing that identifies anyone.',
  simpleResolvers: true,
})
export class StatementType implements StatementView {
  @Field(() => CidScalar, { description: 'CID of the signed statement.' })
  cid!: string;

  @Field(() => String, {
    description: 'What kind of statement it is: "genesis", "record.put", ...',
  })
  type!: string;

  @Field(() => String, { description: 'Key id of its author (RFC 7638 thumbprint).' })
  author!: string;

  @Field(() => DateTimeScalar, { description: 'When it was signed, by the clock of its author.' })
  issuedAt!: number;

  @Field(() => GraphQLJSON, { description: 'The statement, decoded.' })
  body!: unknown;

  @Field(() => String, {
    description: 'JWS payload, base64url: the statement as canonical JSON (RFC 8785).',
  })
  payload!: string;

  @Field(() => String, { description: 'JWS protected header, base64url.' })
  protected!: string;

  @Field(() => String, { description: 'JWS signature, base64url.' })
  signature!: string;
}

@Rule('ledger.read')
@ObjectType('Entry', {
  description:
    'One leaf of a log: a signed statement, its position, and the CID of the entry before.',
  implements: NodeType,
  simpleResolvers: true,
})
export class EntryType extends NodeType implements Omit<EntryView, 'bytes'> {
  @Field(() => CidScalar, { description: 'CID of the entry.' })
  cid!: string;

  @Field(() => SeqScalar, { description: 'Its position in the log.' })
  seq!: number;

  @Field(() => CidScalar, {
    nullable: true,
    description: 'CID of the entry before; null for the first.',
  })
  prev!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was sequenced, by the clock of the log.' })
  at!: number;

  @Field(() => StatementType, { description: 'The statement it holds.' })
  statement!: StatementType;
}
