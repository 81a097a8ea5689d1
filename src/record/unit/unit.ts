import { COUNTED } from './count.js';
import type { Dimension } from './dimension.js';
import { ELECTRICITY } from './electricity.js';
import { MATTER } from './matter.js';
import { MECHANICS } from './mechanics.js';
import { RADIATION } from './radiation.js';
import { SPACE } from './space.js';
import { TIME } from './time.js';

/** An amount in a base unit, by its code. */
export interface BaseAmount {
  value: number;
  unit: string;
}

/**
 * What a number says: a place on the unit's scale, or the distance between two, which has no zero point. They differ for
 * temperatures only: a deviation of 2 °C is one of 2 K.
 */
export type Meaning = 'value' | 'difference';

/** base = (value + offset) × factor */
interface Unit {
  base: string;
  factor: number;
  offset: number;
}

const DIMENSIONS = [
  ...COUNTED,
  ...ELECTRICITY,
  ...MATTER,
  ...MECHANICS,
  ...RADIATION,
  ...SPACE,
  ...TIME,
];

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...DIMENSIONS.flatMap(unitsOf),
  ['KEL', { base: 'KEL', factor: 1, offset: 0 }],
  ['CEL', { base: 'KEL', factor: 1, offset: 273.15 }],
  ['FAH', { base: 'KEL', factor: 5 / 9, offset: 459.67 }],
  ['A48', { base: 'KEL', factor: 5 / 9, offset: 0 }],
]);

/** All sensors know fewer, and doubles hold more: what conversion errs by is not in these. */
const DIGITS = 13;

/**
 * An amount in the base unit of its dimension (the coherent SI unit), rounded to 13 digits, so that amounts equal in
 * different units have equal values. Undefined for a code nobody here knows and for what no double holds.
 *
 * @param code of UN/CEFACT Recommendation 20
 */
export function toBase(
  value: number,
  code: string,
  meaning: Meaning = 'value',
): BaseAmount | undefined {
  const unit = UNITS.get(code);
  if (!unit) return undefined;
  const offset = meaning === 'value' ? unit.offset : 0;
  return amountOf((value + offset) * unit.factor, unit.base);
}

/** An amount in another unit of its dimension; undefined also if they are of two. */
export function convert(
  value: number,
  from: string,
  to: string,
  meaning: Meaning = 'value',
): number | undefined {
  const base = toBase(value, from, meaning);
  const unit = UNITS.get(to);
  if (!base || unit?.base !== base.unit) return undefined;
  const offset = meaning === 'value' ? unit.offset : 0;
  return amountOf(base.value / unit.factor - offset, to)?.value;
}

/** The code of the unit that amounts in this one are kept in. */
export function baseUnitOf(code: string): string | undefined {
  return UNITS.get(code)?.base;
}

/** Every code known here. */
export function unitCodes(): string[] {
  return [...UNITS.keys()];
}

function amountOf(value: number, unit: string): BaseAmount | undefined {
  return Number.isFinite(value) ? { value: Number(value.toPrecision(DIGITS)), unit } : undefined;
}

function unitsOf({ base, factors }: Dimension): [string, Unit][] {
  return Object.entries({ ...factors, [base]: 1 }).map(([code, factor]) => [
    code,
    { base, factor, offset: 0 },
  ]);
}
