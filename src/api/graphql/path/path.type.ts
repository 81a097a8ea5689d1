import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { PathResultView, PathView } from '../../../query/path.js';
import type { LineageEdgeView } from '../../../query/lineage.js';
import type { RecordView } from '../../../query/record.js';
import { LineageEdgeType } from '../lineage/lineage.type.js';
import { RecordType } from '../record/record.type.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

@Rule('lineage.read')
@ObjectType('Path', {
  description: 'A chain of relations between two records or things.',
  simpleResolvers: true,
})
export class PathType implements PathView {
  @Field(() => [ID], {
    description:
      'All that stand on it, both ends included, by what edges name them: the CID of a record, the URI of a thing or its opaque id.',
  })
  keys!: string[];

  @Field(() => [RecordType], { description: 'The records on it, both ends included.' })
  nodes!: RecordView[];

  @Field(() => [LineageEdgeType], {
    description:
      'The relations on it, one for each step, in order; of several between the same two, the one that stands first in `Relation`.',
  })
  edges!: LineageEdgeView[];

  @Field(() => Int, { description: 'How many steps it has.' })
  length!: number;
}

@Rule('lineage.read')
@ObjectType('PathResult', {
  description: 'The shortest paths between two records or things.',
  simpleResolvers: true,
})
export class PathResultType implements PathResultView {
  @Field(() => [PathType], { description: 'The paths, shortest first.' })
  paths!: PathView[];

  @Field(() => Boolean, {
    description:
      'There are no others within `maxLength`; not said where there may be some this viewer may not see.',
  })
  isExhaustive!: boolean;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}
