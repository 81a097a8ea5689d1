import { isObject, objectsAt, stringAt, type JsonObject } from '../json-object.js';
import { readJson } from '../json-text.js';
import { namesOf, splitUrl } from './reference.js';

/** Relation of the link by which a sealed Bundle names the source of its resource. */
const SOURCE_RELATION = 'urn:provtrail:source';

/** A resource and, where its own text does not tell it, what it was known by where it came from. */
export interface Named {
  resource: JsonObject;
  /** Of its Bundle entry. */
  fullUrl?: string;
  /** What names of its source begin with, where the fullUrl does not tell. */
  source?: string;
}

/** What names of the resource's source begin with: relative references stay within it. */
export function baseOf({ fullUrl, source }: Named): string | undefined {
  return (fullUrl === undefined ? undefined : splitUrl(fullUrl)?.base) ?? source;
}

/** That of a sealed text. */
export function readBase(text: string): string | undefined {
  const { value } = readJson(text);
  return isObject(value) ? baseOf(unwrapResource(value)) : undefined;
}

/** With a source, a resource that has an id has a fullUrl there; what has none keeps the source beside it. */
export function nameAtSource({ resource, fullUrl, source }: Named): Named {
  const isAbsolute = fullUrl !== undefined && splitUrl(fullUrl) !== undefined;
  if (source === undefined || isAbsolute) return { resource, fullUrl };
  const { resourceType: type, id } = resource;
  const isTold = fullUrl === undefined || isToldBy(resource, fullUrl);
  if (typeof type !== 'string' || typeof id !== 'string' || !isTold) {
    return { resource, fullUrl, source };
  }
  const named = `${source}/${type}/${id}`;
  return splitUrl(named) ? { resource, fullUrl: named } : { resource, fullUrl, source };
}

/** True when the resource's text alone tells all its names. */
export function isSelfTold({ resource, fullUrl, source }: Named): boolean {
  return source === undefined && (fullUrl === undefined || isToldBy(resource, fullUrl));
}

function isToldBy({ resourceType, id }: JsonObject, fullUrl: string): boolean {
  if (typeof resourceType !== 'string' || typeof id !== 'string') return false;
  const names = namesOf(resourceType, id);
  return names.includes(fullUrl) || names.includes(fullUrl.toLowerCase());
}

/**
 * The text of a resource sealed together with what it was known by: a collection Bundle of one, with a link to its
 * source.
 *
 * @param text the resource's compact text
 */
export function wrapResource(text: string, { fullUrl, source }: Omit<Named, 'resource'>): string {
  const link =
    source === undefined
      ? ''
      : `"link":[${JSON.stringify({ relation: SOURCE_RELATION, url: source })}],`;
  const url = fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`;
  return `{"resourceType":"Bundle","type":"collection",${link}"entry":[{${url}"resource":${text}}]}`;
}

/** The resource of a sealed text's value, and what it was known by if it was sealed with that. */
export function unwrapResource(value: JsonObject): Named {
  if (value['resourceType'] !== 'Bundle' || !Array.isArray(value['entry'])) {
    return { resource: value };
  }
  const [entry] = value['entry'] as unknown[];
  if (!isObject(entry) || !isObject(entry['resource'])) return { resource: value };
  return {
    resource: entry['resource'],
    fullUrl: stringAt(entry, 'fullUrl'),
    source: sourceOf(value),
  };
}

/** The source a sealed Bundle names. */
export function sourceOf(bundle: JsonObject): string | undefined {
  const links = objectsAt(bundle, 'link');
  const link = links.find(({ relation }) => relation === SOURCE_RELATION);
  return link && stringAt(link, 'url');
}
