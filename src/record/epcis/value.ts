import type { Findings } from '../finding.js';
import { parseInstant } from '../instant.js';
import { isObject, type JsonObject } from '../json-object.js';

/** Checks one value at the findings' present place. */
export type Check = (value: unknown, found: Findings) => void;

/** Longer ones are refused at capture, and ignored in what was captured elsewhere. */
export const URI_MAX_CHARACTERS = 4_096;

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const OFFSET = /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/;
const UNIT = /^[A-Z0-9]{2,3}$/;

export const checkUri: Check = (value, found) => {
  if (typeof value !== 'string' || !URI.test(value)) found.add('not a URI');
  else if (value.length > URI_MAX_CHARACTERS) {
    found.add(`a URI is limited to ${URI_MAX_CHARACTERS} characters`);
  }
};

export const checkTerm: Check = (value, found) => {
  if (typeof value !== 'string' || value === '') found.add('not a term or URI');
};

export const checkInstant: Check = (value, found) => {
  if (typeof value === 'string' && parseInstant(value) !== undefined) return;
  found.add('not a date-time with offset (RFC 3339)');
};

export const checkOffset: Check = (value, found) => {
  if (typeof value === 'string' && OFFSET.test(value)) return;
  found.add('not a time zone offset as +hh:mm or -hh:mm');
};

export const checkUnit: Check = (value, found) => {
  if (typeof value === 'string' && UNIT.test(value)) return;
  found.add('not a unit of measure of two or three capitals or digits');
};

export const checkNumber: Check = (value, found) => {
  if (typeof value !== 'number') found.add('not a number');
};

export function listOf(check: Check, countMin = 0): Check {
  return (value, found) => {
    if (!Array.isArray(value)) return found.add('not a list');
    if (value.length < countMin) found.add(`a list of at least ${countMin}`);
    for (let i = 0; i < value.length && !found.isFull; i++) {
      found.at.push(i);
      check(value[i], found);
      found.at.pop();
    }
  };
}

export function either(one: Check, list: Check): Check {
  return (value, found) => (Array.isArray(value) ? list(value, found) : one(value, found));
}

/** An object with these members; `extra` sees the whole object. Extensions are let pass. */
export function objectOf(
  required: Record<string, Check>,
  optional: Record<string, Check> = {},
  extra?: (object: JsonObject, found: Findings) => void,
): Check {
  return (value, found) => {
    if (!isObject(value)) return found.add('not an object');
    for (const [name, check] of Object.entries(required)) {
      if (Object.hasOwn(value, name)) found.within(name, () => check(value[name], found));
      else found.add(`the member ${name} is missing`);
    }
    for (const [name, check] of Object.entries(optional)) {
      if (Object.hasOwn(value, name)) found.within(name, () => check(value[name], found));
    }
    extra?.(value, found);
  };
}
