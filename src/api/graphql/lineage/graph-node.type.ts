import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { LineageNodeView } from '../../../query/lineage-node.js';
import { LineageNodeKindEnum } from '../enum/lineage.enum.js';
import { RecordClassEnum } from '../enum/record.enum.js';
import { Rule } from '../rule.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

/** What lineage and impact tell of a node alike. Thousands are answered at once: plain properties, none of them a promise. */
@ObjectType({ simpleResolvers: true })
export abstract class GraphNodeFields {
  @Field(() => ID, {
    description:
      'What edges, cycles and the frontier name it by: the CID of a record, the URI of a thing, or an opaque id of the thing for whoever may not read supply events.',
  })
  key!: string;

  @Field(() => LineageNodeKindEnum, {
    description: 'Whether it is a record or which sort of thing.',
  })
  kind!: LineageNodeView['kind'];

  @Rule('content.read')
  @Field(() => String, {
    nullable: true,
    description:
      'Canonical URI of a thing; null for records, and for viewers who may not read supply events.',
  })
  uri!: string | null;

  @Field(() => CidScalar, {
    nullable: true,
    description: "CID of the record version's sealed block; null for a thing.",
  })
  cid!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The record whose version this is; null for a thing.',
  })
  rid!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Version of the record, from 1; null for a thing.',
  })
  version!: number | null;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Position of its entry in the log; null for a thing.',
  })
  seq!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the log took it; null for a thing.',
  })
  capturedAt!: number | null;

  @Field(() => RecordClassEnum, {
    nullable: true,
    description: 'What it is, as the ledger says in clear; null for a thing.',
  })
  class!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its type, like "Claim"; null for a thing, and when it could not be opened.',
  })
  type!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'For whom its author speaks; null for a thing.',
  })
  organisation!: string | null;

  @Rule('content.read')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When what it tells of happened, if the content says so and the viewer may read it.',
  })
  occurredAt!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'No later version is known; null for a thing.',
  })
  isLatest!: boolean | null;
}
