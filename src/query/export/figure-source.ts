import { openAnalytics } from '../analytics/analytics.js';
import { BUCKETS } from '../analytics/bucket.js';
import { DIMENSIONS } from '../analytics/figure.js';
import { FIGURE_NAMES, type FigureName } from '../analytics/figure-list.js';
import { figureRows, type FigureColumn } from '../analytics/figure-rows.js';
import { FILTER_CLASSES, type AnalyticsFilter, type FilterName } from '../analytics/filter.js';
import type { FigureOptions } from '../analytics/option.js';
import { GROUPS_MAX } from '../analytics/ask-figure.js';
import { RECORD_CLASSES } from '../../record/draft.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ColumnKind } from './export-row.js';
import type { ExportSource, OpenSource } from './export-source.js';
import { checkExporter } from './record-source.js';

const PREFIX = 'analytics.';

const KINDS: Record<FigureColumn['type'], ColumnKind> = {
  INT: 'integer',
  MS: 'integer',
  FLOAT: 'number',
  TIME: 'time',
  DECIMAL: 'decimal',
  TEXT: 'text',
  BOOLEAN: 'boolean',
};

/** Options that are single numbers. */
const NUMBERS = [
  ...['withinDays', 'minCelsius', 'maxCelsius', 'daysApart', 'percentApart'],
  ...['dayMinutesMax', 'visitsMin', 'peersMin'],
] as (keyof FigureOptions)[];

/** `analytics.claim_totals` and the like. */
export const FIGURE_EXPORTS: Readonly<Record<string, OpenSource>> = Object.fromEntries(
  FIGURE_NAMES.map((name) => [
    PREFIX + name.toLowerCase(),
    (reader: Reader, parameters: ExportParameters) => openFigure(reader, parameters, name),
  ]),
);

/**
 * A figure as a table: a row a group, groups of too few withheld as everywhere. Figures are of what is known at present, and
 * say themselves up to which position.
 */
async function openFigure(
  reader: Reader,
  parameters: ExportParameters,
  name: FigureName,
): Promise<ExportSource> {
  checkExporter(reader, RECORD_CLASSES);
  const window = { from: parameters.time('from'), to: parameters.time('to') };
  const filter = readFilter(parameters);
  const question = {
    name,
    by: parameters.words('by', DIMENSIONS),
    bucket: parameters.word('bucket', BUCKETS),
    groupsMax: parameters.integer('groupsMax') ?? GROUPS_MAX,
    options: readOptions(parameters),
  };
  parameters.checkAllRead();
  const view = await openAnalytics(reader, { window: dropAbsent(window), filter });
  const { columns, rows, answer } = await figureRows(reader, view, question);
  const { isComplete, reason, asOfPosition } = answer;
  return {
    columns: columns.map(({ name: column, type }) => ({ name: column, kind: KINDS[type] })),
    pageSize: GROUPS_MAX,
    hasNoRowCursors: true,
    position: asOfPosition ?? 0,
    async page() {
      return { rows, cursorOf: () => '', ...(!isComplete && reason && { reason }) };
    },
  };
}

function readFilter(parameters: ExportParameters): AnalyticsFilter {
  const names = Object.keys(FILTER_CLASSES) as FilterName[];
  return dropAbsent(
    Object.fromEntries(names.map((name) => [name, parameters.many(name)])) as AnalyticsFilter,
  );
}

function readOptions(parameters: ExportParameters): FigureOptions {
  const read = NUMBERS.map((name) => [name, parameters.number(name)]);
  return dropAbsent(Object.fromEntries(read) as FigureOptions);
}

function dropAbsent<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
