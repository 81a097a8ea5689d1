import { Field, Int, ObjectType } from 'type-graphql';
import type { PathResultView, PathView } from '../../../query/path.js';
import type { LineageEdgeView } from '../../../query/lineage.js';
import type { RecordView } from '../../../query/record.js';
import { LineageEdgeType } from '../lineage/lineage.type.js';
import { RecordType } from '../record/record.type.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('lineage.read')
@ObjectType('Path', {
  description: 'A chain of relations between two records.',
  simpleResolvers: true,
})
export class PathType implements PathView {
  @Field(() => [RecordType], { description: 'The records on it, both ends included.' })
  nodes!: RecordView[];

  @Field(() => [LineageEdgeType], {
    description:
      'The relations on it, in order; more than one for a step where records are related in more than one way.',
  })
  edges!: LineageEdgeView[];

  @Field(() => Int, { description: 'How many steps it has.' })
  length!: number;
}

@Rule('lineage.read')
@ObjectType('PathResult', {
  description: 'The shortest paths between two records.',
  simpleResolvers: true,
})
export class PathResultType implements PathResultView {
  @Field(() => [PathType], { description: 'The paths, shortest first.' })
  paths!: PathView[];

  @Field(() => Boolean, { description: 'There are no others within `maxLength`.' })
  isExhaustive!: boolean;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}
