import type { Findings } from '../finding.js';
import { parseInstant } from '../instant.js';
import { isObject, type JsonObject } from '../json-object.js';
import { isNamespaced } from './event-type.js';

/** Checks one value at the findings' present place. */
export type Check = (value: unknown, found: Findings) => void;

export const NOT_NAMESPACED = 'a member that is not of EPCIS is named with its namespace';

/** Longer ones are refused at capture, and ignored in what was captured elsewhere. */
export const URI_MAX_CHARACTERS = 4_096;
const TOO_LONG = `a URI is limited to ${URI_MAX_CHARACTERS} characters`;

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const OFFSET = /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/;
const UNIT = /^[A-Z0-9]{2,3}$/;
const HEX = /^[A-Fa-f0-9]+$/;
const INSTANT_MIN = Date.UTC(1900, 0);
const INSTANT_END = Date.UTC(10_000, 0);

export const checkUri: Check = (value, found) => {
  if (typeof value !== 'string' || !URI.test(value)) found.add('not a URI');
  else if (value.length > URI_MAX_CHARACTERS) found.add(TOO_LONG);
};

/** A URI by the standard, but files of EPCIS 1.2 name certificates in words. */
export const checkLooseUri: Check = (value, found) => {
  if (typeof value !== 'string' || value === '' || value.length > URI_MAX_CHARACTERS) {
    found.add('not a URI');
  } else if (!URI.test(value)) found.warn('DOUBTFUL_TERM', 'not a URI');
};

export const checkTerm: Check = (value, found) => {
  if (typeof value !== 'string' || value === '') found.add('not a term or URI');
  else if (value.length > URI_MAX_CHARACTERS) found.add(TOO_LONG);
};

export const checkInstant: Check = (value, found) => {
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at === undefined) found.add('not a date-time with offset (RFC 3339)');
  else if (at < INSTANT_MIN || at >= INSTANT_END) {
    found.add('a date-time is of the years 1900 to 9999');
  }
};

export const checkOffset: Check = (value, found) => {
  if (typeof value === 'string' && OFFSET.test(value)) return;
  found.add('not a time zone offset as +hh:mm or -hh:mm');
};

export const checkUnit: Check = (value, found) => {
  if (typeof value === 'string' && UNIT.test(value)) return;
  found.add('not a unit of measure of two or three capitals or digits');
};

/** A number too large for the arithmetic done with it reads as infinite. */
export const checkNumber: Check = (value, found) => {
  if (typeof value !== 'number') found.add('not a number');
  else if (!Number.isFinite(value)) found.add('not a finite number');
};

export const checkAmount: Check = (value, found) => {
  if (typeof value === 'number' && value < 0) found.add('a quantity is not negative');
  else checkNumber(value, found);
};

export const checkText: Check = (value, found) => {
  if (typeof value !== 'string') found.add('not a text');
};

export const checkBoolean: Check = (value, found) => {
  if (typeof value !== 'boolean') found.add('neither true nor false');
};

export const checkHex: Check = (value, found) => {
  if (typeof value !== 'string' || !HEX.test(value)) found.add('not hexadecimal digits');
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
  const must = Object.entries(required);
  const may = Object.entries(optional);
  return (value, found) => {
    if (!isObject(value)) return found.add('not an object');
    for (const [name, check] of must) {
      if (Object.hasOwn(value, name)) checkMember(value, name, check, found);
      else found.add(`the member ${name} is missing`);
    }
    for (const [name, check] of may) {
      if (Object.hasOwn(value, name)) checkMember(value, name, check, found);
    }
    extra?.(value, found);
  };
}

/** An object of these members, none of them required, and of extensions under a namespace. */
export function recordOf(members: Record<string, Check>): Check {
  const checks = new Map(Object.entries(members));
  return (value, found) => {
    if (!isObject(value)) return found.add('not an object');
    for (const name of Object.keys(value)) {
      const check = checks.get(name);
      if (check) checkMember(value, name, check, found);
      else if (!isNamespaced(name)) found.add(NOT_NAMESPACED);
    }
  };
}

function checkMember(object: JsonObject, name: string, check: Check, found: Findings): void {
  found.at.push(name);
  check(object[name], found);
  found.at.pop();
}
