import type { EventFilter, FieldCondition } from '../graph/event/event-filter.js';
import type { FieldArea } from '../record/epcis/fact/event-fact.js';
import { fieldName } from '../record/epcis/fact/field-name.js';
import { instantOf, numberOf, type ParameterInput } from './event-parameter-input.js';
import { addNumber, narrowWindow, type Comparison } from './event-parameter-range.js';

const FIELD =
  /^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(?:(ILMD|ERROR_DECLARATION|readPoint|bizLocation|SENSORELEMENT|SENSORMETADATA|SENSORREPORT)_)?(.+)$/s;

const AREAS: Readonly<Record<string, FieldArea>> = {
  ILMD: 'ILMD',
  ERROR_DECLARATION: 'ERROR_DECLARATION',
  readPoint: 'READ_POINT',
  bizLocation: 'BIZ_LOCATION',
  SENSORELEMENT: 'SENSOR_ELEMENT',
  SENSORMETADATA: 'SENSOR_METADATA',
  SENSORREPORT: 'SENSOR_REPORT',
};

const NAME_CHARACTERS_MAX = 1_024;

/** Gathers what a query says of user extensions and ILMD. */
export class FieldParameters {
  private readonly fields = new Map<string, FieldCondition>();
  private readonly either: EventFilter[] = [];

  /** @returns false for a parameter that names no extension */
  read(name: string, input: ParameterInput): boolean {
    const match = name.length <= NAME_CHARACTERS_MAX ? FIELD.exec(name) : null;
    if (!match) return false;
    const [, comparison, inner, area, member] = match;
    // only the ILMD has members without a namespace
    if (area !== 'ILMD' && !/^[^_:][^:]*:/.test(member!)) return false;
    const field: FieldCondition = {
      area: area === undefined ? 'EVENT' : AREAS[area]!,
      name: fieldName(member!, input.names.context),
      ...(inner !== undefined && { isInner: true }),
    };
    if (comparison === 'EXISTS') this.addPresence(field, input);
    else if (comparison === 'EQ') this.addEqual(field, input);
    else this.addBound(field, comparison as Comparison, input);
    return true;
  }

  format(): EventFilter[] {
    const field = [...this.fields.values()];
    return [...(field.length > 0 ? [{ field }] : []), ...this.either];
  }

  private addPresence(field: FieldCondition, input: ParameterInput): void {
    input.void();
    this.fields.set(`EXISTS ${keyOf(field)}`, field);
  }

  /** A number or moment may be spelt in several ways: what is meant is looked for beside what is written. */
  private addEqual(field: FieldCondition, input: ParameterInput): void {
    const texts = input.texts();
    const numbers = texts.map(numberOf).filter((number) => number !== undefined);
    const moments = texts.map(instantOf).filter((moment) => moment !== undefined);
    const alternatives: FieldCondition[] = [
      { ...field, texts },
      ...(numbers.length > 0 ? [{ ...field, range: { equal: numbers } }] : []),
      ...moments.map((at) => ({ ...field, time: { from: at, before: at + 1 } })),
    ];
    const filters = alternatives.map((one) => ({ field: [one] }));
    this.either.push(filters.length === 1 ? filters[0]! : { or: filters });
  }

  /** Bounds of one field hold for one value of it. */
  private addBound(field: FieldCondition, comparison: Comparison, input: ParameterInput): void {
    const text = input.single();
    const at = instantOf(text);
    const key = `${at === undefined ? 'range' : 'time'} ${keyOf(field)}`;
    const known = this.fields.get(key) ?? field;
    this.fields.set(key, known);
    if (at !== undefined) narrowWindow((known.time ??= {}), comparison, at);
    else if (numberOf(text) !== undefined) addNumber((known.range ??= {}), comparison, input);
    else throw input.refuse('is neither a number nor a date-time');
  }
}

function keyOf({ area, isInner, name }: FieldCondition): string {
  return `${area} ${isInner ? 'inner' : ''} ${name}`;
}
