import { isObject, type JsonObject } from '../../json-object.js';
import { joinSorted } from './byte-order.js';
import { contextInside, expandName, type EventContext } from './event-context.js';
import type { Field } from './field-order.js';
import { formatValue } from './hash-value.js';

/** Nothing that `readJson` lets pass is deeper; what is, is left out. */
const DEPTH_MAX = 128;

/** Where a value stands. */
export interface Place {
  context: EventContext;
  depth: number;
}

/** What a field gives to the pre-hash string. */
export interface Part {
  text: string;
  /** Members of the standard that have no place in its order: they go to the end, under the names they stand in. */
  rest: string;
}

const NOTHING: Part = { text: '', rest: '' };

/** A field the standard gives a place; nothing for a value that is empty. */
export function formatField(field: Field, value: unknown, place: Place): Part {
  const { name, each, inside, form } = field;
  if (isTooDeep(place)) return NOTHING;
  if (each && value !== undefined && value !== null) {
    return under(name, formatField(each, value, deeper(place)));
  }
  if (Array.isArray(value)) {
    return join(value.map((item) => formatField(field, item, deeper(place))));
  }
  if (isObject(value)) {
    const part = inside ? formatMembers(value, inside, place) : formatContent(value, place);
    return under(name, part);
  }
  const text = formatValue(form, value, place.context);
  return text ? { text: `${name}=${text}`, rest: '' } : NOTHING;
}

/** Fields in their order, then extensions by name. */
function formatMembers(object: JsonObject, fields: readonly Field[], outer: Place): Part {
  const place = inside(object, outer);
  const parts = fields.map((field) => formatField(field, ownValue(object, field.name), place));
  const others = formatOthers(object, fields, place);
  return {
    text: parts.map(({ text }) => text).join('') + joinSorted(others.extensions),
    rest: joinSorted([...parts.map(({ rest }) => rest), ...others.unknown]),
  };
}

/** The members that are none of the fields. */
export function formatOthers(
  object: JsonObject,
  fields: readonly Field[],
  place: Place,
): { extensions: string[]; unknown: string[] } {
  const extensions: string[] = [];
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    if (fields.some((field) => field.name === name)) continue;
    if (isNamespaced(name)) extensions.push(formatAny(name, value, place));
    else if (!isEmpty(value)) unknown.push(formatAny(name, value, place));
  }
  return { extensions, unknown };
}

/** Any member, whatever it holds, with all its own members by name. */
function formatAny(name: string, value: unknown, place: Place): string {
  const expanded = expandName(withoutMark(name), place.context);
  if (value === null || expanded === COMMENT || name === '@context' || isTooDeep(place)) return '';
  if (Array.isArray(value)) {
    return joinSorted(value.map((item) => formatAny(name, item, deeper(place))));
  }
  if (isObject(value)) return expanded + formatContent(value, place).text;
  const text = formatValue('value', value, place.context);
  return text ? `${expanded}=${text}` : expanded;
}

/** What comes from XML has the attributes of an extension as `@name`; in the string they are members like others. */
function withoutMark(name: string): string {
  return name.startsWith('@') && !KEYWORDS.has(name) ? name.slice(1) : name;
}

const KEYWORDS = new Set(['@context', '@id', '@type', '@value', '@language']);
const COMMENT = '{http://www.w3.org/2000/01/rdf-schema#}comment';

function formatContent(object: JsonObject, outer: Place): Part {
  const place = inside(object, outer);
  // XML elements with attributes have their text beside them.
  const text = formatValue('value', ownValue(object, TEXT), place.context);
  const members = Object.entries(object).filter(([name]) => name !== TEXT);
  const texts = members.map(([name, value]) => formatAny(name, value, place));
  return { text: (text ? `=${text}` : '') + joinSorted(texts), rest: '' };
}

const TEXT = '#text';

function join(parts: Part[]): Part {
  return {
    text: joinSorted(parts.map(({ text }) => text)),
    rest: joinSorted(parts.map(({ rest }) => rest)),
  };
}

function under(name: string, { text, rest }: Part): Part {
  return { text: text && name + text, rest: rest && name + rest };
}

function inside(object: JsonObject, { context, depth }: Place): Place {
  return { context: contextInside(object, context), depth: depth + 1 };
}

function deeper({ context, depth }: Place): Place {
  return { context, depth: depth + 1 };
}

function isTooDeep({ depth }: Place): boolean {
  return depth > DEPTH_MAX;
}

function isNamespaced(name: string): boolean {
  return name.includes(':');
}

function isEmpty(value: unknown): boolean {
  return value === '' || (isObject(value) && Object.keys(value).length === 0);
}

export function ownValue(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
