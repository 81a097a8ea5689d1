import type { Identifier, Reference } from '../draft.js';
import { isObject, stringAt, type JsonObject } from '../json-object.js';
import { formatPointer } from '../json-pointer.js';
import { formatIdentifierName, normaliseReference } from './reference.js';
import { bondAt } from './relation.js';

const NDC = 'http://hl7.org/fhir/sid/ndc';
const REFERENCE_MEMBERS = new Set(['id', 'extension', 'type', 'identifier', 'display']);

/** What a resource says about others: the records it refers to, the products it names. */
export interface Links {
  references: Reference[];
  /** National Drug Codes, wherever a coding holds one. */
  products: Identifier[];
}

/** @param base what names of the resource's source begin with, when that is known */
export function collectLinks(resource: JsonObject, type: string, base?: string): Links {
  const links: Links = { references: [], products: [] };
  const path: (string | number)[] = [];
  const walk = (object: JsonObject, owner: JsonObject): void => {
    const target = path.length > 0 ? targetOf(object, base) : undefined;
    if (target !== undefined) {
      links.references.push({ target, ...bondAt(type, path, owner), path: formatPointer(path) });
    }
    if (object['system'] === NDC && typeof object['code'] === 'string') {
      links.products.push({ system: NDC, value: object['code'] });
    }
    for (const name in object) {
      const value = object[name];
      if (typeof value !== 'object' || value === null) continue;
      path.push(name);
      if (Array.isArray(value)) walkList(value, object);
      else walk(value as JsonObject, object);
      path.pop();
    }
  };
  const walkList = (list: unknown[], owner: JsonObject): void => {
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      if (!isObject(item)) continue;
      path.push(i);
      walk(item, owner);
      path.pop();
    }
  };
  walk(resource, resource);
  return links;
}

/** The record a Reference names, literally or by a business identifier; undefined for any other object. */
function targetOf(object: JsonObject, base?: string): string | undefined {
  const { reference, identifier } = object;
  if (typeof reference === 'string') return normaliseReference(reference, base);
  if (!isObject(identifier) || !isLogicalReference(object)) return undefined;
  const system = stringAt(identifier, 'system');
  const value = stringAt(identifier, 'value');
  if (system === undefined || value === undefined) return undefined;
  return formatIdentifierName(system, value);
}

/** Other elements have an identifier too, but beside members no Reference has. */
function isLogicalReference(object: JsonObject): boolean {
  for (const name in object) if (!REFERENCE_MEMBERS.has(name)) return false;
  return true;
}
