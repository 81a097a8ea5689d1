import type { Reader } from '../reader.js';
import type { AnalyticsView } from './analytics.js';
import { askFigure, type FigureAnswer, type FigureValue } from './ask-figure.js';
import type { DimensionName, MeasureType } from './figure.js';
import type { FigureQuestion } from './figure-plan.js';

export interface FigureColumn {
  name: string;
  type: MeasureType | 'TEXT' | 'BOOLEAN';
}

/** A figure as a table: what exports write. */
export interface FigureTable {
  columns: FigureColumn[];
  rows: (FigureValue | boolean)[][];
  answer: FigureAnswer;
}

/**
 * The same figure, as the same viewer may have it, in rows: for each dimension its id and name, then the measures, how many
 * subjects, and whether the row is withheld.
 *
 * @throws AppError as `askFigure`
 */
export async function figureRows(
  reader: Reader,
  view: AnalyticsView,
  question: FigureQuestion,
): Promise<FigureTable> {
  const answer = await askFigure(reader, view, question);
  const { dimensions, measures } = answer.shape;
  const columns: FigureColumn[] = [
    ...dimensions.flatMap((name): FigureColumn[] => [
      { name: columnName(name), type: 'TEXT' },
      { name: `${columnName(name)}Name`, type: 'TEXT' },
    ]),
    ...measures,
    { name: 'subjects', type: 'INT' },
    { name: 'isWithheld', type: 'BOOLEAN' },
  ];
  const rows = answer.groups.map((group) => [
    ...group.keys.flatMap(({ id, name }) => [id, name]),
    ...measures.map(({ name }) => group.values[name] ?? null),
    group.subjects,
    group.isWithheld,
  ]);
  return { columns, rows, answer };
}

/** BIZ_STEP is bizStep. */
function columnName(name: DimensionName): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
