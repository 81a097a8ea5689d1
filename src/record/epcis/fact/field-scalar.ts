import { parseFhirDate } from '../../instant.js';
import type { JsonObject } from '../../json-object.js';
import type { FieldFact } from './event-fact.js';
import { finiteNumber, shortText } from './fact-text.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NUMBER_MAX_CHARACTERS = 64;
/** A date with or without its time: years and months are numbers, or no dates at all. */
const DATE = /^\d{4}-\d\d-\d\d(?:$|T)/;

export function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * What says itself without members of its own: a value object or reference of JSON-LD, or an element of XML that has
 * attributes beside its text.
 */
export function ownScalar(object: JsonObject): unknown {
  return object['@value'] ?? object['#text'] ?? object['@id'];
}

/** XML tells numbers and text not apart, so a number is a text as well, and text that reads as a number is one. */
export function toScalarFact(scalar: unknown): Pick<FieldFact, 'text' | 'number' | 'time'> {
  if (typeof scalar === 'string') return textFact(scalar);
  if (typeof scalar === 'boolean') return { text: String(scalar) };
  const number = finiteNumber(scalar);
  return number === undefined ? {} : { text: String(number), number };
}

function textFact(scalar: string): Pick<FieldFact, 'text' | 'number' | 'time'> {
  const text = shortText(scalar);
  if (text === undefined) return {};
  const number = numberOf(text);
  const time = DATE.test(text) ? parseFhirDate(text)?.from : undefined;
  return { text, ...(number !== undefined && { number }), ...(time !== undefined && { time }) };
}

function numberOf(text: string): number | undefined {
  const isNumber = text.length <= NUMBER_MAX_CHARACTERS && NUMBER.test(text);
  return isNumber ? finiteNumber(Number(text)) : undefined;
}
