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

function refuse(pointer: string, message: string, possible?: string[]): AppError {
  const hint = possible && `possible: ${possible.join(', ')}`;
  return new AppError('BAD_USER_INPUT', message, { pointer, ...(hint && { hint }) });
}
