import { AppError } from '../../error.js';
import type { Bucket } from './bucket.js';
import type { DimensionName, Figure } from './figure.js';
import { FIGURES, type FigureName } from './figure-list.js';
import { FILTER_CLASSES, type AnalyticsFilter, type FilterIds, type FilterName } from './filter.js';
import { criteriaOf, dimensionOf, type GroupPlan, type TimeSpan } from './group-sql.js';
import type { FigureOptions } from './option.js';
import { Statement } from './statement.js';

/** A figure as it is asked for. */
export interface FigureQuestion {
  name: FigureName;
  /** Split by these, at most three. */
  by?: readonly DimensionName[];
  /** Split by time too, first of all. */
  bucket?: Bucket;
  options?: FigureOptions;
  /** Which of its measures; all when left out. `subjects` counts these as well. */
  measures?: readonly string[];
  groupsMax?: number;
}

/** What small groups are looked for in. */
export interface Cube {
  plan: GroupPlan;
  /** Places of the dimensions asked for, in the order they were asked in. */
  asked: number[];
  /** A cell is within a filter when the key at any of the places is one of its values. */
  limits: { places: number[]; isIn: (key: unknown) => boolean }[];
  /** The window, and the place of the month. */
  months?: TimeSpan & { place: number };
}

export const SUBJECTS = 'subjects';
const SPLIT_MAX = 3;

/** Who asks, and when. */
export interface FigureSetting {
  /** Classes of records that the viewer may have figures of. */
  classes: readonly string[];
  /** ms */
  now: number;
}

/** Writes plans of one figure for one question: each statement needs its own. */
export class FigurePlanner {
  readonly names: readonly DimensionName[];
  readonly measures: readonly string[];
  readonly countsSubjects: boolean;
  private readonly used: ReadonlySet<string>;

  /** @throws AppError BAD_USER_INPUT for what the figure cannot be split, filtered or measured by */
  constructor(
    private readonly setting: FigureSetting,
    readonly question: FigureQuestion,
    private readonly filter: AnalyticsFilter,
    private readonly ids: FilterIds,
    /** Subjects are counted for whoever may not read. */
    isExact: boolean,
  ) {
    const { by = [], measures } = question;
    const wanted = splitsOf(question);
    this.countsSubjects = !isExact || (measures?.includes(SUBJECTS) ?? true);
    this.used = new Set<string>([
      ...wanted,
      ...Object.keys(filter),
      ...(measures ?? ['units']),
      ...(this.countsSubjects ? [SUBJECTS] : []),
    ]);
    const figure = this.figure(new Statement());
    this.names = [...new Set([...wanted, ...(figure.always ?? [])])];
    this.measures = Object.keys(figure.measures).filter((name) => measures?.includes(name) ?? true);
    this.check(figure, by);
  }

  plan(window: TimeSpan): GroupPlan {
    const statement = new Statement();
    const figure = this.figure(statement);
    return {
      figure: this.countsSubjects ? withSubjects(figure) : figure,
      statement,
      dimensions: this.names.map((name) => ({
        name,
        dimension: dimensionOf(figure, name, this.question.bucket ?? 'DAY'),
      })),
      measures: this.countsSubjects ? [...this.measures, SUBJECTS] : this.measures,
      criteria: criteriaOf(figure, statement, window, this.ids),
    };
  }

  /**
   * The figure limited by nothing, but split by all that limits it as well, in the same order however it is asked: so that
   * what is withheld of one question is withheld of every other.
   */
  cube(window: TimeSpan): Cube {
    const statement = new Statement();
    const figure = this.figure(statement);
    const filters = Object.entries(this.ids.filters).flatMap(([name, values]) => {
      const columns = figure.filters[name as FilterName];
      return columns ? [{ values: new Set<unknown>(values), columns }] : [];
    });
    const isTimed =
      figure.time !== undefined && (window.from !== undefined || window.to !== undefined);
    const limiting = filters.flatMap(({ columns }) => columns.map((sql) => nameOf(figure, sql)));
    const names = new Set([...this.names, ...limiting, ...(isTimed ? (['BUCKET'] as const) : [])]);
    const dimensions = [...names].sort().map((name) => ({
      name,
      dimension: dimensionOf(figure, name, 'MONTH'),
    }));
    const placeOf = (name: DimensionName) => dimensions.findIndex((each) => each.name === name);
    return {
      plan: { figure, statement, dimensions, measures: [], criteria: [] },
      asked: this.names.map(placeOf),
      limits: filters.map(({ values, columns }) => ({
        places: columns.map((sql) => placeOf(nameOf(figure, sql))),
        isIn: (key) => values.has(key),
      })),
      ...(isTimed && { months: { place: placeOf('BUCKET'), ...window } }),
    };
  }

  private figure(statement: Statement): Figure {
    const { name, options = {} } = this.question;
    const { ids, used, setting } = this;
    return FIGURES[name]({ statement, options, ids, used, ...setting });
  }

  private check(figure: Figure, by: readonly DimensionName[]): void {
    const unknown = this.names.find((name) => !figure.dimensions[name]);
    if (unknown) throw refuse('/by', 'this figure is not split so', Object.keys(figure.dimensions));
    if (by.length > SPLIT_MAX) throw refuse('/by', `split by ${SPLIT_MAX} at most`);
    const ownFilters = Object.keys(this.filter).filter(
      (name) => FILTER_CLASSES[name as FilterName] === figure.class,
    );
    const foreign = ownFilters.find((name) => !figure.filters[name as FilterName]);
    if (foreign) {
      throw refuse(
        `/filter/${foreign}`,
        'this figure takes no such filter',
        Object.keys(figure.filters),
      );
    }
  }
}

/** Time first, each once. */
export function splitsOf({ by = [], bucket }: FigureQuestion): DimensionName[] {
  return [...new Set([...(bucket ? (['BUCKET'] as const) : []), ...by])];
}

function withSubjects(figure: Figure): Figure {
  const subjects = { sql: `count(DISTINCT ${figure.subject})`, type: 'INT' as const };
  return { ...figure, measures: { ...figure.measures, [SUBJECTS]: subjects } };
}

/** Whatever a figure is filtered by it can be split by as well. */
function nameOf({ dimensions }: Figure, sql: string): DimensionName {
  const found = Object.entries(dimensions).find(([, dimension]) => dimension.sql === sql);
  if (!found) throw new AppError('INTERNAL', 'a filter of a figure is none of its dimensions');
  return found[0] as DimensionName;
}

function refuse(pointer: string, message: string, possible?: string[]): AppError {
  const hint = possible && `possible: ${possible.join(', ')}`;
  return new AppError('BAD_USER_INPUT', message, { pointer, ...(hint && { hint }) });
}
