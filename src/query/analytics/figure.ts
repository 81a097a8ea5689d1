import type { FilterIds, FilterName } from './filter.js';
import type { FigureOptions } from './option.js';
import type { Statement } from './statement.js';

/** What a figure can be split by. */
export const DIMENSIONS = [
  'BUCKET',
  'CLASS',
  'TYPE',
  'BIZ_STEP',
  'ORGANISATION',
  'SITE',
  'PLACE',
  'PRODUCT',
  'LOT',
  'UNIT',
  'SENDER',
  'RECEIVER',
  'REASON',
  'PAYER',
  'PROVIDER',
  'CLAIM_TYPE',
  'CLAIM_STATUS',
  'SERVICE',
  'CURRENCY',
] as const;

export type DimensionName = (typeof DIMENSIONS)[number];

/**
 * What the column of a dimension holds. TIME: ms; TERM: id of a word of some vocabulary; THING: id of what is known by an
 * identifier; PARTY: whoever a claim names, see facts-schema; TEXT: itself; CODE: position in `names`.
 */
export type DimensionKind = 'TIME' | 'TERM' | 'THING' | 'PARTY' | 'TEXT' | 'CODE';

export interface Dimension {
  sql: string;
  kind: DimensionKind;
  names?: readonly string[];
}

/** INT: whole number; FLOAT; MS: a duration; TIME: ms since the epoch; DECIMAL: exact text. */
export type MeasureType = 'INT' | 'FLOAT' | 'MS' | 'TIME' | 'DECIMAL';

export interface Measure {
  sql: string;
  type: MeasureType;
  /** Of which rows it tells, where of some only: eleven subjects must stand behind these as well. */
  of?: string;
}

/** The records whose content a figure is made of. */
export type FigureClass = 'epcis.event' | 'fhir.resource';

/** A figure as SQL: rows, and what is counted over them. All expressions are over the columns of `source`. */
export interface Figure {
  /** Absent where the figure says itself which classes it is of: those the viewer has the use of. */
  class?: FigureClass;
  /** What follows FROM; conditions that are the figure's own are inside. */
  source: string;
  /** What the window is of; absent where time does not bear on it. */
  time?: string;
  dimensions: Partial<Record<DimensionName, Dimension>>;
  /** Which filters it takes: any of the columns has to be one of the ids. */
  filters: Partial<Record<FilterName, readonly string[]>>;
  measures: Readonly<Record<string, Measure>>;
  /** Dimensions that are always split by: amounts of two currencies have no sum. */
  always?: readonly DimensionName[];
  /** Of whom at least eleven must stand behind a group that is told to whoever may not read. */
  subject: string;
  /** Ledger positions of the records a row comes from. */
  evidence: readonly string[];
}

/** What a figure is made for. */
export interface FigureAsk {
  statement: Statement;
  options: FigureOptions;
  ids: FilterIds;
  /** What it will be split, filtered or measured by: what is not in here need not be in the source. */
  used: ReadonlySet<string>;
  /** Classes of records that the viewer may have figures of. */
  classes: readonly string[];
  /** ms */
  now: number;
}

export type FigureMaker = (ask: FigureAsk) => Figure;

/** `p50`, `p90` ... of a whole number of ms, as one of the values (`percentile_disc`); null where there is none. */
export function percentiles(
  expression: string,
  shares: Readonly<Record<string, number>>,
  of?: string,
): Record<string, Measure> {
  return Object.fromEntries(
    Object.entries(shares).map(([name, share]): [string, Measure] => [
      name,
      {
        sql: `percentile_disc(${share}) WITHIN GROUP (ORDER BY ${expression})`,
        type: 'MS',
        ...(of !== undefined && { of }),
      },
    ]),
  );
}

export const count = (sql: string): Measure => ({ sql, type: 'INT' });

/** How many rows of some kind there are. */
export const countOf = (of: string): Measure => ({
  sql: `count(*) FILTER (WHERE ${of})`,
  type: 'INT',
  of,
});
