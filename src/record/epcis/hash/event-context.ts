import { isObject, valueAt, type JsonObject } from '../../json-object.js';

/** How the prefixed names of an event are to be read. */
export interface EventContext {
  /** Namespace of each prefix declared here. */
  namespaces: ReadonlyMap<string, string>;
  /** What holds for the prefixes not declared here. */
  outer?: EventContext;
  /** Expanded names of extensions that whoever wrote the document keeps out of the hash. */
  ignored: ReadonlySet<string>;
}

/** What the context of EPCIS 2.0 declares; names that use these need no declaration of their own. */
const STANDARD_NAMESPACES: readonly [string, string][] = [
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
];

/** It is written out for every name that has its prefix, so a long one would make much of a small event. */
const NAMESPACE_MAX_CHARACTERS = 1_024;

export const STANDARD_CONTEXT: EventContext = {
  namespaces: new Map(STANDARD_NAMESPACES),
  ignored: new Set(),
};

/** The context inside an object: what holds around it, and the prefixes of its own `@context`. */
export function contextInside(object: JsonObject, outer: EventContext): EventContext {
  const declared = [...prefixesOf(object['@context'])];
  if (declared.length === 0) return outer;
  return { namespaces: new Map(declared), outer, ignored: outer.ignored };
}

function* prefixesOf(context: unknown): Generator<[string, string]> {
  for (const item of Array.isArray(context) ? context : [context]) {
    if (!isObject(item)) continue;
    for (const [prefix, meaning] of Object.entries(item)) {
      const namespace = isObject(meaning) ? meaning['@id'] : meaning;
      if (isNamespace(namespace) && !prefix.startsWith('@')) yield [prefix, namespace];
    }
  }
}

function isNamespace(value: unknown): value is string {
  return typeof value === 'string' && value.length <= NAMESPACE_MAX_CHARACTERS;
}

/** What a prefix stands for; undefined for one that nobody declared. */
export function namespaceOf(prefix: string, context: EventContext): string | undefined {
  for (let at: EventContext | undefined = context; at; at = at.outer) {
    const namespace = at.namespaces.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

/**
 * `{namespace}local` for the name of an extension, so that the same name gives the same text whatever its prefix.
 * Names of the standard, and prefixes nobody declared, stay as they are.
 */
export function expandName(name: string, context: EventContext): string {
  const colon = name.indexOf(':');
  if (colon === -1) return name;
  const local = name.slice(colon + 1);
  const namespace = namespaceOf(name.slice(0, colon), context);
  if (namespace !== undefined && !local.startsWith('//')) return `{${namespace}}${local}`;
  return ABSOLUTE.test(name) ? splitUri(name) : name;
}

const ABSOLUTE = /^(?:urn:|[a-z][a-z\d+.-]*:\/\/)/i;

/** A name written as a whole URI, divided after its last separator. */
function splitUri(uri: string): string {
  const end = Math.max(...['/', '#', ':'].map((mark) => uri.lastIndexOf(mark))) + 1;
  return `{${uri.slice(0, end)}}${uri.slice(end)}`;
}

/**
 * `x:ignoreFields`, in whatever namespace, names extensions that a repository has added to events and that are
 * not part of them. It can name extensions only: what the standard defines is always hashed.
 */
export function withIgnored(document: JsonObject, context: EventContext): EventContext {
  const ignored = new Set(context.ignored);
  for (const way of [[], ['epcisBody'], ['epcisBody', 'queryResults']]) {
    const holder = valueAt(document, way);
    if (!isObject(holder)) continue;
    for (const [name, value] of Object.entries(holder)) {
      if (!name.endsWith(':ignoreFields')) continue;
      for (const field of namesIn(value))
        if (field.includes(':')) ignored.add(expandName(field, context));
    }
  }
  return ignored.size === 0 ? context : { ...context, ignored };
}

/** A list of names, one name, or an object whose members bear them (what comes from XML). */
function namesIn(value: unknown): string[] {
  if (isObject(value)) return Object.keys(value);
  return (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
}
