import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { LineageEdgeView, LineageView } from '../../../query/lineage.js';
import type { LineageNodeView } from '../../../query/lineage-node.js';
import { IncompleteReasonEnum, RelationEnum } from '../enum/lineage.enum.js';
import { ContentStateEnum, RecordClassEnum } from '../enum/record.enum.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

/** Thousands of these are answered at once: every field is a plain property, so that none costs a promise. */
@Rule('lineage.read')
@ObjectType('LineageNode', {
  description: 'A record version in a lineage answer.',
  simpleResolvers: true,
})
export class LineageNodeType implements Omit<LineageNodeView, 'node'> {
  @Field(() => ID, { description: 'Global id of the record version.' })
  id!: string;

  @Field(() => CidScalar, { description: 'CID of its sealed block; edges name nodes by it.' })
  cid!: string;

  @Field(() => ID, { description: 'The record whose version this is.' })
  rid!: string;

  @Field(() => Int, { description: 'Version of the record, from 1.' })
  version!: number;

  @Field(() => Int, { description: 'Steps from the nearest root.' })
  depth!: number;

  @Field(() => SeqScalar, { description: 'Position of its entry in the log.' })
  seq!: number;

  @Field(() => DateTimeScalar, { description: 'When the log took it.' })
  capturedAt!: number;

  @Field(() => RecordClassEnum, { description: 'What it is, as the ledger says in clear.' })
  class!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its type, like "Claim"; null when it could not be opened.',
  })
  type!: string | null;

  @Rule('content.read')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When what it tells of happened, if the content says so and the viewer may read it.',
  })
  occurredAt!: number | null;

  @Field(() => Boolean, { description: 'No later version is known.' })
  isLatest!: boolean;

  @Field(() => ContentStateEnum, {
    description:
      'Whether the node could open it when it was indexed; what this viewer may read, `record` says.',
  })
  indexState!: string;
}

@Rule('lineage.read')
@ObjectType('LineageEdge', {
  description:
    'A relation between two records of a lineage answer, from the derived one to its source.',
  simpleResolvers: true,
})
export class LineageEdgeType implements LineageEdgeView {
  @Field(() => CidScalar, { description: 'CID of the derived record.' })
  from!: string;

  @Field(() => CidScalar, { description: 'CID of its source.' })
  to!: string;

  @Field(() => RelationEnum, { description: 'How the first stands to the second.' })
  relation!: string;

  @Field(() => String, {
    description:
      'Where the derived record says so: a JSON pointer (RFC 6901) into its content; `/links/...` and `/replaces` stand in its statement.',
  })
  path!: string;
}

@Rule('lineage.read')
@ObjectType('LineageGraph', {
  description: 'Where records come from or went to, and how complete the answer is.',
  simpleResolvers: true,
})
export class LineageGraphType implements LineageView {
  @Field(() => [LineageNodeType], { description: 'The records reached, nearest first.' })
  nodes!: LineageNodeView[];

  @Field(() => [LineageEdgeType], { description: 'The relations between them.' })
  edges!: LineageEdgeView[];

  @Field(() => Boolean, {
    description: 'This is all there is, for these roots and filters at this position.',
  })
  isComplete!: boolean;

  @Field(() => IncompleteReasonEnum, {
    nullable: true,
    description: 'If not, the first reason why.',
  })
  reason!: LineageView['reason'];

  @Field(() => Int, { description: 'How many records are known to be left out.' })
  omitted!: number;

  @Field(() => Boolean, {
    description: 'That is the exact number; otherwise there are at least so many.',
  })
  isOmittedExact!: boolean;

  @Field(() => [CidScalar], {
    description:
      'Records whose own relations were not followed any more. Ask with these as roots to go on.',
  })
  frontier!: string[];

  @Field(() => Int, {
    description:
      'How many records next to the answered ones were left out because this viewer may not see them.',
  })
  redacted!: number;

  @Field(() => Int, {
    description: 'How many references were met whose target is not known here; upstream only.',
  })
  unresolved!: number;

  @Field(() => [[CidScalar]], {
    description: 'Cycles met, each as the records on it; a few of them when there are many.',
  })
  cycles!: string[][];

  @Field(() => SeqScalar, {
    nullable: true,
    description:
      'Last ledger position the answer knows of; null while nothing is indexed. Give it as `knownAt` to ask the same again.',
  })
  position!: number | null;
}
