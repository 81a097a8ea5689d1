import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { LineageEdgeView, LineageView } from '../../../query/lineage.js';
import type { FacetCountView, LineageFacetsView } from '../../../query/lineage-facet.js';
import type { LineageNodeView } from '../../../query/lineage-node.js';
import { IncompleteReasonEnum, MatchRuleEnum, RelationEnum } from '../enum/lineage.enum.js';
import { ContentStateEnum } from '../enum/record.enum.js';
import { GraphNodeFields } from './graph-node.type.js';
import { CidScalar } from '../scalar/cid.scalar.js';
import { DateTimeScalar } from '../scalar/date-time.scalar.js';
import { SeqScalar } from '../scalar/seq.scalar.js';
import { Rule } from '../rule.js';

/** Thousands of these are answered at once: every field is a plain property, so that none costs a promise. */
@Rule('lineage.read')
@ObjectType('LineageNode', {
  description: 'A record version in a lineage answer, or a thing that supply events are about.',
  simpleResolvers: true,
})
export class LineageNodeType
  extends GraphNodeFields
  implements Omit<LineageNodeView, 'node' | 'recordNode'>
{
  @Field(() => ID, {
    description: 'Global id of the record version; of a thing, its `key`.',
  })
  id!: string;

  @Field(() => Int, { description: 'Steps from the nearest root.' })
  depth!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Key id of who wrote it; null for a thing, which nobody has recorded.',
  })
  author!: string | null;

  @Field(() => ContentStateEnum, {
    nullable: true,
    description:
      'Whether the node could open it when it was indexed; what this viewer may read, `record` says. Null for a thing.',
  })
  indexState!: string | null;
}

@Rule('lineage.read')
@ObjectType('LineageEdge', {
  description:
    'A relation between two nodes of a lineage answer, from the derived one to its source.',
  simpleResolvers: true,
})
export class LineageEdgeType implements LineageEdgeView {
  @Field(() => ID, { description: 'The derived one, by its `key`: the CID of a record.' })
  from!: string;

  @Field(() => ID, { description: 'Its source, by its `key`.' })
  to!: string;

  @Field(() => RelationEnum, { description: 'How the first stands to the second.' })
  relation!: LineageEdgeView['relation'];

  @Field(() => String, {
    description:
      'Where the record says so that `evidence` names: a JSON pointer (RFC 6901) into its content; `/links/...` and `/replaces` stand in its statement. Empty when no one place does.',
  })
  path!: string;

  @Field(() => CidScalar, {
    nullable: true,
    description:
      'The record that says so, which may be either end or another; null when this viewer may not know of it.',
  })
  evidence!: string | null;

  @Rule('content.read')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when it held, of memberships and attributions; null when always, and for viewers who may not read supply events.',
  })
  since!: number | null;

  @Rule('content.read')
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it held; null when it still does. See `since`.',
  })
  until!: number | null;

  @Field(() => MatchRuleEnum, {
    nullable: true,
    description: 'What the two have in common, where no record names the other.',
  })
  rule!: string | null;
}

@Rule('frame')
@ObjectType('LineagePageInfo', {
  description: 'Whether there is more of a lineage answer, and how to go on.',
  simpleResolvers: true,
})
export class LineagePageInfoType {
  @Field(() => Boolean, { description: 'There is more within the bounds of the question.' })
  hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'To be given as `after`; null when there is no more.',
  })
  endCursor!: string | null;
}

@Rule('lineage.read')
@ObjectType('LineageFacetCount', {
  description: 'How many of a lineage answer are of one sort.',
  simpleResolvers: true,
})
export class LineageFacetCountType implements FacetCountView {
  @Field(() => String, {
    nullable: true,
    description: 'Which sort; null for records that could not be opened.',
  })
  value!: string | null;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@Rule('lineage.read')
@ObjectType('LineageFacets', {
  description: 'What a page of a lineage answer consists of, in numbers.',
  simpleResolvers: true,
})
export class LineageFacetsType implements LineageFacetsView {
  @Field(() => [LineageFacetCountType], { description: 'Edges by relation, most first.' })
  relations!: FacetCountView[];

  @Field(() => [LineageFacetCountType], {
    description: 'Nodes by type of record or kind of thing, most first.',
  })
  types!: FacetCountView[];

  @Field(() => [LineageFacetCountType], {
    description: 'Records by the organisation that recorded them, most first.',
  })
  organisations!: FacetCountView[];

  @Field(() => [LineageFacetCountType], { description: 'Nodes by depth, nearest first.' })
  depths!: FacetCountView[];
}

@Rule('lineage.read')
@ObjectType('LineageGraph', {
  description: 'Where records come from or went to, and how complete the answer is.',
  simpleResolvers: true,
})
export class LineageGraphType implements LineageView {
  @Field(() => [LineageNodeType], { description: 'The nodes reached, nearest first.' })
  nodes!: LineageNodeView[];

  @Field(() => [LineageEdgeType], {
    description:
      'The relations between them, and between them and nodes of earlier pages: each on the page of whichever end was found later.',
  })
  edges!: LineageEdgeView[];

  @Field(() => Boolean, {
    description:
      'With the pages before, this is all there is for these roots and filters at this position.',
  })
  isComplete!: boolean;

  @Field(() => IncompleteReasonEnum, {
    nullable: true,
    description: 'If not, the first reason why.',
  })
  reason!: LineageView['reason'];

  @Field(() => Int, { description: 'How many nodes are known to lie beyond.' })
  omitted!: number;

  @Field(() => Boolean, {
    description: 'That is the exact number; otherwise there are at least so many.',
  })
  isOmittedExact!: boolean;

  @Field(() => [ID], {
    description:
      'Nodes of this page from which more was not followed, by `key`. Ask with these as roots to go on elsewhere, or with `after` to go on here.',
  })
  frontier!: string[];

  @Field(() => Int, {
    description:
      "How many records next to this page's were left out because this viewer may not see them.",
  })
  redacted!: number;

  @Field(() => Int, {
    description: 'How many references were met whose target is not known here; upstream only.',
  })
  unresolved!: number;

  @Field(() => [[ID]], {
    description:
      'Cycles that this page completes, each as the nodes on it by `key`; a few of them when there are many.',
  })
  cycles!: string[][];

  @Field(() => SeqScalar, {
    nullable: true,
    description:
      'Last ledger position the answer knows of; null while nothing is indexed. Give it as `knownAt` to ask the same again.',
  })
  position!: number | null;

  @Field(() => LineageFacetsType, {
    nullable: true,
    description: 'What this page consists of, counted when it is asked for.',
  })
  facets!: LineageFacetsView | null;

  @Field(() => LineagePageInfoType, { description: 'Whether there is more, and how to go on.' })
  pageInfo!: LineageView['pageInfo'];
}
