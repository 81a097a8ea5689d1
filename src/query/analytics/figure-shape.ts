import type { DimensionName, Figure, MeasureType } from './figure.js';
import { FIGURES, type FigureName } from './figure-list.js';
import type { FigureQuestion } from './figure-plan.js';
import { Statement } from './statement.js';

/** What a figure is told in, whatever the facts are. */
export interface FigureShape {
  dimensions: DimensionName[];
  measures: { name: string; type: MeasureType }[];
}

const ALL_CLASSES: readonly string[] = ['epcis.event', 'master.data', 'fhir.resource', 'dataset'];

/** Classes of the records a figure may be made of. */
export function classesOf(name: FigureName): readonly string[] {
  const figure = blank({ name });
  return figure.class ? [figure.class] : ALL_CLASSES;
}

export function shapeOf(question: FigureQuestion): FigureShape {
  const figure = blank(question);
  const { by = [], bucket, measures } = question;
  const dimensions = [...(bucket ? (['BUCKET'] as const) : []), ...by, ...(figure.always ?? [])];
  return {
    dimensions: [...new Set(dimensions)],
    measures: Object.entries(figure.measures)
      .filter(([name]) => measures?.includes(name) ?? true)
      .map(([name, { type }]) => ({ name, type })),
  };
}

/** The figure without any ids: its SQL is not to be run. */
function blank({ name, by = [], measures = ['units'] }: FigureQuestion): Figure {
  return FIGURES[name]({
    statement: new Statement(),
    options: {},
    ids: { filters: {}, terms: new Map(), codes: new Map() },
    used: new Set([...by, ...measures]),
    classes: [],
    now: 0,
  });
}
