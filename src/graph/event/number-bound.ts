import type { Sql } from '../record/record-filter.js';
import type { NumberRange, TimeWindow } from './event-filter.js';

/** The bounds of a range on an SQL expression, all of which must hold; TRUE when there are none. */
export function formatRange(expression: string, range: NumberRange): Sql {
  const { equal, from, above, to, below } = range;
  const bounds: [operator: string, bound: number | undefined][] = [
    ['>=', from],
    ['>', above],
    ['<=', to],
    ['<', below],
  ];
  const given = bounds.filter(([, bound]) => bound !== undefined) as [string, number][];
  const texts = given.map(([operator]) => `${expression} ${operator} ?`);
  const values = given.map(([, bound]) => bound);
  if (equal) {
    texts.push(`${expression} IN (${equal.map(() => '?').join(', ')})`);
    values.push(...equal);
  }
  return { text: texts.join(' AND ') || 'TRUE', values };
}

/** Times are numbers of which the end is left out. */
export function rangeOf({ from, before }: TimeWindow): NumberRange {
  return { from, below: before };
}

/** The same range in other units; undefined if a bound cannot be converted. */
export function convertRange(
  range: NumberRange,
  convert: (bound: number) => number | undefined,
): NumberRange | undefined {
  const { equal, ...bounds } = range;
  const converted: NumberRange = {};
  for (const [name, bound] of Object.entries(bounds) as [keyof typeof bounds, number?][]) {
    if (bound === undefined) continue;
    const value = convert(bound);
    if (value === undefined) return undefined;
    converted[name] = value;
  }
  if (equal) {
    const values = equal.map(convert);
    if (values.some((value) => value === undefined)) return undefined;
    converted.equal = values as number[];
  }
  return converted;
}

/** A range that says nothing is met by anything. */
export function isOpenRange(range: NumberRange | undefined): boolean {
  return !range || Object.values(range).every((bound) => bound === undefined);
}
