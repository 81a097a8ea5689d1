import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AnalyticsView } from '../../../query/analytics/analytics.js';
import type { Indicator } from '../../../query/analytics/claims/indicator.js';
import { Rule } from '../rule.js';
import { DecimalScalar } from '../scalar/decimal.scalar.js';
import { IndicatorEnum } from './analytics.enum.js';
import { FigureBase, GroupBase } from './figure.type.js';

/** Amounts of one currency. */
@ObjectType()
abstract class AmountGroup extends GroupBase {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Submitted: of claims, and of answers whose claim the node does not have.',
  })
  billed!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Eligible, as answers say.' })
  allowed!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Paid, as answers say.' })
  paid!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Denied, as answers say.' })
  denied!: string | null;
}

@Rule('analytics.read')
@ObjectType('ClaimTotalGroup', {
  description: 'Claims of one group and one currency.',
  simpleResolvers: true,
})
export class ClaimTotalGroup extends AmountGroup {
  @Field(() => Int, { nullable: true, description: 'Matters billed, each once.' })
  claims!: number | null;

  @Field(() => Int, { nullable: true, description: 'Explanations of benefit.' })
  answers!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of these, how many deny some amount.' })
  denials!: number | null;
}

@Rule('analytics.read')
@ObjectType('ClaimTotalFigure', {
  description:
    'What was billed when it was claimed, and allowed, paid and denied when it was answered; per currency. Drafts, cancelled claims and requests in advance are left out.',
  simpleResolvers: true,
})
export class ClaimTotalFigure extends FigureBase {
  @Field(() => [ClaimTotalGroup], { description: 'By what was asked; most claims first.' })
  groups!: ClaimTotalGroup[];
}

@Rule('analytics.read')
@ObjectType('ServiceGroup', {
  description: 'Lines of claims of one group and one currency.',
  simpleResolvers: true,
})
export class ServiceGroup extends AmountGroup {
  @Field(() => Int, { nullable: true, description: 'Lines billed.' })
  lines!: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Sum of their quantities.' })
  quantity!: string | null;
}

@Rule('analytics.read')
@ObjectType('ServiceFigure', {
  description: 'The same amounts of single services, where claims and answers are itemised.',
  simpleResolvers: true,
})
export class ServiceFigure extends FigureBase {
  @Field(() => [ServiceGroup], {
    description: 'By service unless asked otherwise; most lines first.',
  })
  groups!: ServiceGroup[];
}

@Rule('analytics.read')
@ObjectType('TurnaroundGroup', { description: 'Claims of one group.', simpleResolvers: true })
export class TurnaroundGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Claims, open ones among them.' })
  claims!: number | null;

  @Field(() => Int, { nullable: true, description: 'Claims without an answer.' })
  open!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Median time from the claim to its first answer, milliseconds.',
  })
  p50Ms!: number | null;

  @Field(() => Float, { nullable: true, description: '90th percentile of the same.' })
  p90Ms!: number | null;

  @Field(() => Float, { nullable: true, description: '95th percentile of the same.' })
  p95Ms!: number | null;
}

@Rule('analytics.read')
@ObjectType('TurnaroundFigure', {
  description: 'How long claims wait for their first explanation of benefit.',
  simpleResolvers: true,
})
export class TurnaroundFigure extends FigureBase {
  @Field(() => [TurnaroundGroup], { description: 'By what was asked; most claims first.' })
  groups!: TurnaroundGroup[];
}

@Rule('analytics.read')
@ObjectType('DuplicateGroup', {
  description: 'Claims that repeat an earlier one, of one kind and currency.',
  simpleResolvers: true,
})
export class DuplicateGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Claims that repeat another.' })
  claims!: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What these bill.' })
  billed!: string | null;
}

@Rule('analytics.read')
@ObjectType('DuplicateFigure', {
  description:
    'Claims that repeat an earlier one. Reason EXACT: same patient, provider, period, total and lines. NEAR: same patient and codes, days and totals close to each other.',
  simpleResolvers: true,
})
export class DuplicateFigure extends FigureBase {
  @Field(() => [DuplicateGroup], { description: 'By kind and currency, and what was asked.' })
  groups!: DuplicateGroup[];
}

@Rule('analytics.read')
@ObjectType('IndicatorGroup', {
  description: 'Findings of one group and one currency.',
  simpleResolvers: true,
})
export class IndicatorGroup extends GroupBase {
  @Field(() => Int, { nullable: true, description: 'Findings.' })
  findings!: number | null;

  @Field(() => Int, { nullable: true, description: 'Claims that are part of one.' })
  claims!: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What their lines concerned bill.' })
  billed!: string | null;
}

@Rule('analytics.read')
@ObjectType('IndicatorFigure', {
  description: 'What one of the indicators finds: reasons to look, and no proof.',
  simpleResolvers: true,
})
export class IndicatorFigure extends FigureBase {
  @Field(() => IndicatorEnum, { description: 'Which it is.' })
  type!: Indicator;

  @Field(() => [IndicatorGroup], { description: 'By what was asked; most findings first.' })
  groups!: IndicatorGroup[];
}

@Rule('analytics.read')
@ObjectType('ClaimAnalytics', { description: 'Figures of claims.', simpleResolvers: true })
export class ClaimAnalyticsType {
  view!: AnalyticsView;
}
