import type { GraphQLResolveInfo } from 'graphql';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { INDICATORS } from '../../../query/analytics/claims/indicator.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { Rule } from '../rule.js';
import { DuplicateArgs, FigureArgs, IndicatorArgs } from './analytics.input.js';
import {
  ClaimAnalyticsType,
  ClaimTotalFigure,
  DuplicateFigure,
  IndicatorFigure,
  ServiceFigure,
  TurnaroundFigure,
} from './claim-figure.type.js';
import { answerFigure, figureCost } from './figure-answer.js';

const FIGURE = { nullable: true, complexity: figureCost } as const;

/** Each of the indicators is a figure of its own. */
function indicatorCost(estimate: ComplexityEstimatorArgs): number {
  const types: unknown = estimate.args['types'];
  return figureCost(estimate) * (Array.isArray(types) ? types.length : INDICATORS.length);
}

@Resolver(() => ClaimAnalyticsType)
export class ClaimAnalyticsResolver {
  @Rule('analytics.read')
  @FieldResolver(() => ClaimTotalFigure, {
    ...FIGURE,
    description: 'Split by PAYER, PROVIDER, CLAIM_TYPE, CLAIM_STATUS, and always by CURRENCY.',
  })
  totals(
    @Root() { view }: ClaimAnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<ClaimTotalFigure> {
    return answerFigure(reader, view, info, { name: 'CLAIM_TOTALS', args });
  }

  @Rule('analytics.read')
  @FieldResolver(() => ServiceFigure, {
    ...FIGURE,
    description: 'Split by SERVICE, PAYER, PROVIDER, CLAIM_TYPE, and always by CURRENCY.',
  })
  services(
    @Root() { view }: ClaimAnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<ServiceFigure> {
    return answerFigure(reader, view, info, { name: 'SERVICES', args, by: ['SERVICE'] });
  }

  @Rule('analytics.read')
  @FieldResolver(() => TurnaroundFigure, {
    ...FIGURE,
    description: 'Split by PAYER, PROVIDER, CLAIM_TYPE, CURRENCY.',
  })
  turnaround(
    @Root() { view }: ClaimAnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<TurnaroundFigure> {
    return answerFigure(reader, view, info, { name: 'TURNAROUND', args });
  }

  @Rule('analytics.read')
  @FieldResolver(() => DuplicateFigure, {
    ...FIGURE,
    description: 'Split by PAYER, PROVIDER, CLAIM_TYPE, and always by REASON and CURRENCY.',
  })
  duplicates(
    @Root() { view }: ClaimAnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: DuplicateArgs,
  ): Promise<DuplicateFigure> {
    const { daysApart, percentApart } = dropNulls(args);
    const options = { daysApart, percentApart };
    return answerFigure(reader, view, info, { name: 'DUPLICATES', args, options });
  }

  @Rule('analytics.read')
  @FieldResolver(() => [IndicatorFigure], {
    nullable: true,
    complexity: indicatorCost,
    description: 'Split by PAYER, PROVIDER, CLAIM_TYPE, and always by CURRENCY; one for each type.',
  })
  indicators(
    @Root() { view }: ClaimAnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: IndicatorArgs,
  ): Promise<IndicatorFigure[]> {
    const {
      types = INDICATORS,
      dayMinutesMax,
      codeMinutes,
      panels,
      visitsMin,
      peersMin,
    } = dropNulls(args);
    const options = { dayMinutesMax, codeMinutes, panels, visitsMin, peersMin };
    return Promise.all(
      types.map(async (type): Promise<IndicatorFigure> => {
        const asked = { name: type, args, options };
        return { ...(await answerFigure<IndicatorFigure>(reader, view, info, asked)), type };
      }),
    );
  }
}
