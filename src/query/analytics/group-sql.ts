import { bucketSql, type Bucket } from './bucket.js';
import type { Dimension, DimensionName, Figure } from './figure.js';
import type { FilterIds, FilterName } from './filter.js';
import type { Statement } from './statement.js';

/** What limits the rows of a figure. */
export interface Criterion {
  name: FilterName | 'from' | 'to';
  sql: string;
}

/** A figure with all that it is asked for, ready to be written out. */
export interface GroupPlan {
  figure: Figure;
  statement: Statement;
  dimensions: readonly { name: DimensionName; dimension: Dimension }[];
  measures: readonly string[];
  criteria: readonly Criterion[];
}

/** ms, half-open. */
export interface TimeSpan {
  from?: number;
  to?: number;
}

export function criteriaOf(
  { time, filters }: Figure,
  statement: Statement,
  window: TimeSpan,
  ids: FilterIds,
): Criterion[] {
  const criteria: Criterion[] = [];
  const add = (name: Criterion['name'], sql: string) => criteria.push({ name, sql: `(${sql})` });
  if (time !== undefined && window.from !== undefined) {
    add('from', `${time} >= ${statement.bind(window.from)}`);
  }
  if (time !== undefined && window.to !== undefined) {
    add('to', `${time} < ${statement.bind(window.to)}`);
  }
  for (const [name, values] of Object.entries(ids.filters) as [FilterName, readonly number[]][]) {
    const columns = filters[name];
    if (columns) add(name, columns.map((column) => statement.isIn(column, values)).join(' OR '));
  }
  return criteria;
}

export function dimensionOf(figure: Figure, name: DimensionName, bucket: Bucket): Dimension {
  const dimension = figure.dimensions[name]!;
  return name === 'BUCKET' ? { ...dimension, sql: bucketSql(dimension.sql, bucket) } : dimension;
}

/** One row a group: its keys, its measures. In order of time, else most first. */
export function groupsSql(plan: GroupPlan, limit: number): string {
  const { figure, dimensions, measures, statement } = plan;
  const keys = dimensions.map(({ dimension }) => dimension.sql);
  const columns = [...keys, ...measures.map((name) => figure.measures[name]!.sql)];
  const isTimed = dimensions[0]?.name === 'BUCKET';
  const places = keys.map((_, i) => String(i + 1));
  const first = isTimed || measures.length === 0 ? [] : [`${keys.length + 1} DESC NULLS LAST`];
  const order = [...first, ...places].join(', ');
  const grouping = keys.length > 0 ? `GROUP BY ${places.join(', ')}` : '';
  return `SELECT ${aliased(columns)} FROM ${figure.source} ${where(plan.criteria)} ${grouping}
    ${order ? `ORDER BY ${order}` : ''} LIMIT ${statement.bind(limit)}`;
}

/**
 * One row for each cell of the cube: its keys, for each key whether the cell is a sum over it, and, of all rows and of those of
 * each part, how many there are and of how many subjects.
 */
export function sizesSql(plan: GroupPlan, parts: readonly string[], limit: number): string {
  const { figure, dimensions, statement } = plan;
  const keys = dimensions.map(({ dimension }) => dimension.sql);
  const sizes = ['TRUE', ...parts].flatMap((part) => [
    `count(*) FILTER (WHERE ${part})`,
    `count(DISTINCT ${figure.subject}) FILTER (WHERE ${part})`,
  ]);
  const columns = [...keys, ...keys.map((key) => `grouping(${key})`), ...sizes];
  const cube = keys.length > 0 ? `GROUP BY CUBE (${keys.join(', ')})` : '';
  return `SELECT ${aliased(columns)} FROM ${figure.source} ${cube}
    HAVING count(*) > 0 LIMIT ${statement.bind(limit)}`;
}

/** Ledger positions behind a group, in ledger order. */
export function recordsSql(
  plan: GroupPlan,
  keys: readonly (string | number | null)[],
  after: number,
  limit: number,
): string {
  const { figure, dimensions, criteria, statement } = plan;
  const ofGroup = dimensions.map(({ dimension: { sql } }, i) => {
    const key = keys[i] ?? null;
    return { sql: key === null ? `${sql} IS NULL` : `${sql} = ${statement.bind(key)}` };
  });
  const condition = where([...criteria, ...ofGroup]);
  const place = statement.bind(after);
  const parts = figure.evidence.map(
    (seq) => `SELECT ${seq} AS seq FROM ${figure.source} ${condition}`,
  );
  return `SELECT seq FROM (${parts.join(' UNION ALL ')}) x WHERE seq > ${place}
    GROUP BY seq ORDER BY seq LIMIT ${statement.bind(limit)}`;
}

function aliased(columns: readonly string[]): string {
  return columns.map((column, i) => `${column} AS c${i}`).join(', ');
}

function where(criteria: readonly { sql: string }[]): string {
  return criteria.length > 0 ? `WHERE ${all(criteria.map(({ sql }) => sql))}` : '';
}

function all(conditions: readonly string[]): string {
  return conditions.length > 0 ? conditions.join(' AND ') : 'TRUE';
}
