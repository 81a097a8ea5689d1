import { isObject, stringAt, type JsonObject } from '../json-object.js';

/** A resource and, where its own text does not tell it, the name it was known by in its Bundle. */
export interface Named {
  resource: JsonObject;
  fullUrl?: string;
}

/**
 * The text of a resource sealed together with its fullUrl: a collection Bundle of one.
 *
 * @param text the resource's compact text
 */
export function wrapResource(text: string, fullUrl: string): string {
  const entry = `{"fullUrl":${JSON.stringify(fullUrl)},"resource":${text}}`;
  return `{"resourceType":"Bundle","type":"collection","entry":[${entry}]}`;
}

/** The resource of a sealed text's value, and the fullUrl if it was sealed with one. */
export function unwrapResource(value: JsonObject): Named {
  if (value['resourceType'] !== 'Bundle' || !Array.isArray(value['entry'])) {
    return { resource: value };
  }
  const [entry] = value['entry'] as unknown[];
  if (!isObject(entry) || !isObject(entry['resource'])) return { resource: value };
  return { resource: entry['resource'], fullUrl: stringAt(entry, 'fullUrl') };
}
