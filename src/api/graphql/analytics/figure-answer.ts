import type { GraphQLResolveInfo } from 'graphql';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';
import type { AnalyticsView } from '../../../query/analytics/analytics.js';
import { askFigure, GROUPS_DEFAULT, GROUPS_MAX } from '../../../query/analytics/ask-figure.js';
import type { DimensionName } from '../../../query/analytics/figure.js';
import type { FigureName } from '../../../query/analytics/figure-list.js';
import type { FigureOptions } from '../../../query/analytics/option.js';
import type { Reader } from '../../../query/reader.js';
import { dropNulls } from '../absent.js';
import type { FigureArgs } from './analytics.input.js';
import type { FigureBase, GroupRoot } from './figure.type.js';
import { selectedUnder } from './selected.js';

/** What a scan of the facts is worth; a dashboard of a dozen is one query. */
const FIGURE_COST = 200;

/** Groups are plain values: five of them cost what one value of a page does. */
export function figureCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const wanted = args['groupsMax'] as unknown;
  const groups = typeof wanted === 'number' && wanted >= 1 ? wanted : GROUPS_DEFAULT;
  return FIGURE_COST + Math.ceil((Math.min(groups, GROUPS_MAX) * childComplexity) / 5);
}

/** A figure as its type shows it: with the measures that are asked for, and no others worked out. */
export async function answerFigure<Figure extends FigureBase>(
  reader: Reader,
  view: AnalyticsView,
  info: GraphQLResolveInfo,
  {
    name,
    args,
    by,
    options = {},
  }: { name: FigureName; args: FigureArgs; by?: DimensionName[]; options?: FigureOptions },
): Promise<Figure> {
  const given = dropNulls({ by: args.by, bucket: args.bucket, groupsMax: args.groupsMax });
  const answer = await askFigure(reader, view, {
    name,
    measures: measuresIn(info),
    options: dropNulls(options),
    ...(by && { by }),
    ...withoutUndefined(given),
  });
  const { groups, isComplete, reason, withheld, asOfPosition, window } = answer;
  const figure: FigureBase & { groups: GroupRoot[] } = {
    ...{ isComplete, reason, withheld, asOfPosition },
    from: window.from ?? null,
    to: window.to ?? null,
    groups: groups.map((group) => {
      const { keys, values, subjects, isWithheld } = group;
      return { ...values, keys, subjects, isWithheld, view, answer, group };
    }),
  };
  return figure as unknown as Figure;
}

/** Nodes of a flow are sums of what its links send. */
function measuresIn(info: GraphQLResolveInfo): string[] {
  const asked = selectedUnder(info, 'groups');
  return selectedUnder(info, 'nodes').length > 0 ? [...asked, 'units'] : asked;
}

function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as never;
}
