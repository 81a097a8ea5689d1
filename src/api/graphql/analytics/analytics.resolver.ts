import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { openAnalytics } from '../../../query/analytics/analytics.js';
import { dropNulls } from '../absent.js';
import type { ApiContext } from '../context.js';
import { Rule } from '../rule.js';
import {
  AnalyticsFilterInput,
  ColdChainArgs,
  ExpiryArgs,
  FigureArgs,
  TimeWindowInput,
} from './analytics.input.js';
import { AnalyticsType } from './analytics.type.js';
import { answerFigure, figureCost } from './figure-answer.js';
import { flowNodes } from './flow-node.js';
import {
  AggregationFigure,
  CaptureFigure,
  ColdChainFigure,
  DwellFigure,
  ExpiryFigure,
  FlowFigure,
  ThroughputFigure,
  VerificationFigure,
} from './supply-figure.type.js';

/** A figure the viewer may not have is null with FORBIDDEN: the others stand. */
const FIGURE = { nullable: true, complexity: figureCost } as const;

@Resolver(() => AnalyticsType)
export class AnalyticsResolver {
  @Rule('analytics.read')
  @Query(() => AnalyticsType, {
    description:
      'How records behave as a whole: counts, times, amounts, and what is odd about claims. Each figure is worked out when asked for, and opens into its records.',
  })
  async analytics(
    @Ctx() { reader }: ApiContext,
    @Arg('window', () => TimeWindowInput, {
      nullable: true,
      description: 'Of which time; all without it.',
    })
    window?: TimeWindowInput,
    @Arg('filter', () => AnalyticsFilterInput, {
      nullable: true,
      description: 'Of which facts; all without it.',
    })
    filter?: AnalyticsFilterInput,
  ): Promise<AnalyticsType> {
    const view = await openAnalytics(reader, {
      window: dropNulls(window ?? {}),
      filter: dropNulls(filter ?? {}),
    });
    return { view, asOfPosition: view.asOfPosition, claims: { view } };
  }

  @Rule('analytics.read')
  @FieldResolver(() => ThroughputFigure, {
    ...FIGURE,
    description: 'Split by TYPE, BIZ_STEP, ORGANISATION, SITE, PRODUCT, LOT.',
  })
  throughput(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<ThroughputFigure> {
    return answerFigure(reader, view, info, { name: 'THROUGHPUT', args });
  }

  @Rule('analytics.read')
  @FieldResolver(() => CaptureFigure, {
    ...FIGURE,
    description: 'Split by CLASS, TYPE, ORGANISATION.',
  })
  captures(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<CaptureFigure> {
    return answerFigure(reader, view, info, { name: 'CAPTURE', args });
  }

  @Rule('analytics.read')
  @FieldResolver(() => DwellFigure, {
    ...FIGURE,
    description: 'Split by SITE, PLACE, PRODUCT, LOT.',
  })
  dwell(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<DwellFigure> {
    return answerFigure(reader, view, info, { name: 'DWELL', args, by: ['SITE'] });
  }

  @Rule('analytics.read')
  @FieldResolver(() => FlowFigure, {
    ...FIGURE,
    description: 'Split by SENDER, RECEIVER, PRODUCT, LOT.',
  })
  async flow(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<FlowFigure> {
    const by = ['SENDER' as const, 'RECEIVER' as const];
    const figure = await answerFigure<FlowFigure>(reader, view, info, { name: 'FLOW', args, by });
    return { ...figure, nodes: flowNodes(figure.groups) };
  }

  @Rule('analytics.read')
  @FieldResolver(() => ColdChainFigure, {
    ...FIGURE,
    description: 'Split by PRODUCT, LOT, UNIT.',
  })
  coldChain(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: ColdChainArgs,
  ): Promise<ColdChainFigure> {
    const { minCelsius, maxCelsius } = dropNulls(args);
    const options = { minCelsius, maxCelsius };
    return answerFigure(reader, view, info, { name: 'COLD_CHAIN', args, by: ['PRODUCT'], options });
  }

  @Rule('analytics.read')
  @FieldResolver(() => ExpiryFigure, {
    ...FIGURE,
    description: 'Split by PRODUCT, LOT, SITE, ORGANISATION; buckets are of the expiry.',
  })
  expiryAtRisk(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: ExpiryArgs,
  ): Promise<ExpiryFigure> {
    const options = { withinDays: args.withinDays };
    return answerFigure(reader, view, info, { name: 'EXPIRY', args, by: ['PRODUCT'], options });
  }

  @Rule('analytics.read')
  @FieldResolver(() => VerificationFigure, {
    ...FIGURE,
    description: 'Split by REASON, PRODUCT, LOT, SITE, ORGANISATION.',
  })
  verification(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<VerificationFigure> {
    return answerFigure(reader, view, info, { name: 'VERIFICATION', args, by: ['REASON'] });
  }

  @Rule('analytics.read')
  @FieldResolver(() => AggregationFigure, {
    ...FIGURE,
    description: 'Split by REASON, SITE, ORGANISATION, PRODUCT, LOT.',
  })
  aggregationAccuracy(
    @Root() { view }: AnalyticsType,
    @Ctx() { reader }: ApiContext,
    @Info() info: GraphQLResolveInfo,
    @Args() args: FigureArgs,
  ): Promise<AggregationFigure> {
    return answerFigure(reader, view, info, { name: 'AGGREGATION', args });
  }
}
