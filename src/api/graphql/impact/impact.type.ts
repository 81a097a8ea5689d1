import { Field, Int, ObjectType } from 'type-graphql';
import type { ImpactNodeView, ImpactSummary } from '../../../query/impact.js';
import type { Page } from '../../../query/page.js';
import { IncompleteReasonEnum } from '../enum/lineage.enum.js';
import { GraphNodeFields } from '../lineage/graph-node.type.js';
import { RecordClassEnum } from '../enum/record.enum.js';
import { PageInfoType } from '../page/page-info.type.js';
import { Rule } from '../rule.js';
import { SeqScalar } from '../scalar/seq.scalar.js';

@Rule('lineage.read')
@ObjectType('ImpactNode', {
  description:
    'A record version or a thing that came, in however many steps, of what was asked about.',
  simpleResolvers: true,
})
export class ImpactNodeType extends GraphNodeFields implements Omit<ImpactNodeView, 'node'> {
  @Field(() => Int, { description: 'Steps from the nearest root, from 1.' })
  degree!: number;
}

@Rule('lineage.read')
@ObjectType('ImpactConnection', {
  description: 'A page of what came of something, by degree.',
  simpleResolvers: true,
})
export class ImpactConnectionType {
  page!: Page<ImpactNodeView>;

  @Field(() => [ImpactNodeType], { description: 'The nodes of this page.' })
  nodes!: ImpactNodeView[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}

@Rule('lineage.read')
@ObjectType('ImpactTypeCount', {
  description: 'How many are of a class and type.',
  simpleResolvers: true,
})
export class ImpactTypeCountType {
  @Field(() => RecordClassEnum, { nullable: true, description: 'The class; null for things.' })
  class!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The type; ITEM, CLASS or PARTY for things; null when it could not be opened.',
  })
  type!: string | null;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@Rule('lineage.read')
@ObjectType('ImpactOrganisationCount', {
  description: 'How many were recorded by an organisation.',
  simpleResolvers: true,
})
export class ImpactOrganisationCountType {
  @Field(() => String, {
    nullable: true,
    description: 'Its name; null for things, which nobody has recorded.',
  })
  organisation!: string | null;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@Rule('lineage.read')
@ObjectType('ImpactDegreeCount', {
  description: 'How many are so many steps away.',
  simpleResolvers: true,
})
export class ImpactDegreeCountType {
  @Field(() => Int, { description: 'Steps from the nearest root, from 1.' })
  degree!: number;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@Rule('lineage.read')
@ObjectType('Impact', {
  description: 'Everything that came of something, and how complete the answer is.',
  simpleResolvers: true,
})
export class ImpactType implements ImpactSummary {
  @Field(() => Int, { description: 'How many nodes were found, the roots apart.' })
  count!: number;

  @Field(() => [ImpactTypeCountType], { description: 'By class and type, most first.' })
  byType!: ImpactSummary['byType'];

  @Field(() => [ImpactOrganisationCountType], { description: 'By organisation, most first.' })
  byOrganisation!: ImpactSummary['byOrganisation'];

  @Field(() => [ImpactDegreeCountType], { description: 'By degree, nearest first.' })
  byDegree!: ImpactSummary['byDegree'];

  @Field(() => Boolean, {
    description: 'This is all there is, for these roots and filters at this position.',
  })
  isComplete!: boolean;

  @Field(() => IncompleteReasonEnum, {
    nullable: true,
    description: 'If not, the first reason why.',
  })
  reason!: ImpactSummary['reason'];

  @Field(() => Int, {
    description:
      'How many nodes next to the answered ones were left out because this viewer may not see them; what lies behind them was not looked at.',
  })
  redacted!: number;

  @Field(() => SeqScalar, {
    nullable: true,
    description: 'Last ledger position the answer knows of; null while nothing is indexed.',
  })
  position!: number | null;
}
