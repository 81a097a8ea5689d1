import type { JsonObject } from '../json-object.js';
import { provFault, type Place } from './fault.js';
import type { Namespaces } from './namespace.js';
import { isTable, NumberText } from './number-text.js';
import {
  NAME_TYPES,
  TEXT_IN_LANGUAGE,
  XSD,
  type ProvKey,
  type ProvLiteral,
  type ProvName,
  type ProvPair,
} from './prov.js';

const KEY_TYPE = '$key-datatype';
const LITERAL_MEMBERS = new Set(['$', 'type', 'lang']);
/** What text that says its language may be said to be. */
const LANGUAGE_TYPES = new Set([
  TEXT_IN_LANGUAGE,
  `${XSD}string`,
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString',
]);

/** Where a value stands, and what names mean there. */
export interface ValueContext {
  names: Namespaces;
  place: Place;
}

/** @throws AppError INVALID_RECORD */
export function readName(value: unknown, { names, place }: ValueContext, what: string): ProvName {
  const text = typeof value === 'string' ? value : undefined;
  const name = text === undefined ? undefined : names.resolve(text);
  if (name !== undefined) return name;
  const hint = 'declare the prefix under "prefix"; a name without one needs "default" there';
  throw provFault(place, `${what} is a qualified name whose prefix is declared`, hint);
}

/** A value as a string, number or boolean, or an object that says its type or language. @throws AppError INVALID_RECORD */
export function readLiteral(value: unknown, context: ValueContext): ProvKey {
  if (isTable(value)) return readTyped(value, context);
  return readPlain(value, context.place);
}

function readPlain(value: unknown, place: Place): ProvLiteral {
  if (typeof value === 'string') return { text: value, type: `${XSD}string` };
  if (typeof value === 'boolean') return { text: String(value), type: `${XSD}boolean` };
  if (value instanceof NumberText) return { text: value.text, type: XSD + value.type };
  const hint = 'leave the attribute out, or write {"$": "text", "type": "xsd:string"}';
  throw provFault(place, 'a value is a string, number, boolean or typed literal', hint);
}

function readTyped(value: JsonObject, context: ValueContext): ProvKey {
  const { $, type, lang } = value;
  const isPlain = Object.keys(value).every((name) => LITERAL_MEMBERS.has(name));
  if (!isPlain || $ === undefined) {
    const hint = 'write {"$": "text", "type": "xsd:string"} or {"$": "text", "lang": "en"}';
    throw provFault(context.place, 'not a typed literal', hint);
  }
  const plain = readPlain($, context.place);
  const typeName = type === undefined ? undefined : readName(type, context, 'the type of a value');
  if (lang !== undefined) return inLanguage(plain.text, lang, typeName, context.place);
  if (typeName === undefined) return plain;
  if (!(NAME_TYPES as readonly string[]).includes(typeName)) {
    return { text: plain.text, type: typeName };
  }
  return { name: readName($, context, 'a value of this type'), type: typeName };
}

function inLanguage(
  text: string,
  lang: unknown,
  type: string | undefined,
  place: Place,
): ProvLiteral {
  const isText = type === undefined || LANGUAGE_TYPES.has(type);
  if (typeof lang === 'string' && lang !== '' && isText) {
    return { text, type: TEXT_IN_LANGUAGE, lang };
  }
  throw provFault(place, 'lang is the language of a text', 'give either "lang" or another "type"');
}

/** What a dictionary holds: by a map whose keys are of one type, or a list of keys with types of their own. */
export function readPairs(value: unknown, context: ValueContext): ProvPair[] {
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  return items.flatMap((item) => readPair(item, context));
}

function readPair(value: unknown, context: ValueContext): ProvPair[] {
  if (!isTable(value)) {
    const hint = 'write a list of {"key": {"$": "a", "type": "xsd:string"}, "$": "ex:entity"}';
    throw provFault(context.place, 'prov:key-entity-set holds pairs of key and entity', hint);
  }
  const entityOf = (name: unknown) => readName(name, context, 'what a key leads to');
  const { key, $, [KEY_TYPE]: type, ...others } = value;
  if (type === undefined && key !== undefined && $ !== undefined && isEmpty(others)) {
    return [{ key: readLiteral(key, context), entity: entityOf($) }];
  }
  return Object.entries(value)
    .filter(([name]) => name !== KEY_TYPE)
    .map(([text, entity]) => ({
      key: readLiteral(type === undefined ? text : { $: text, type }, context),
      entity: entityOf(entity),
    }));
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
