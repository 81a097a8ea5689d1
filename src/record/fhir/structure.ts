import type { Findings } from '../finding.js';
import { isObject, type JsonObject } from '../json-object.js';
import { REFERENCE_MAX_CHARACTERS } from './reference.js';
import { requiredElements } from './required-element.js';
import { isResourceType } from './resource-type.js';

const ELEMENT_NAME = /^_?[A-Za-z][A-Za-z0-9_]*$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Elements that are References wherever R4 has them and that lineage or key scopes hang on. */
const REFERENCE_ELEMENTS = new Set(['beneficiary', 'claim', 'encounter', 'patient', 'subject']);

/**
 * What structure alone can show to be wrong with a resource: the rules of FHIR's JSON form
 * (http://hl7.org/fhir/R4/json.html) and the elements R4 requires. Profiles and terminology are not looked at.
 */
export function checkResource(resource: JsonObject, found: Findings): void {
  checkType(resource, found);
  checkId(resource, found);
  checkMembers(resource, found);
  checkContained(resource, found);
  checkRequired(resource, found);
}

function checkType({ resourceType }: JsonObject, found: Findings): void {
  if (isResourceType(resourceType)) return;
  found.add('not a resource type of FHIR R4', ['resourceType'], 'UNKNOWN_RESOURCE_TYPE');
}

function checkId({ id }: JsonObject, found: Findings): void {
  if (id === undefined || (typeof id === 'string' && ID.test(id))) return;
  found.add('an id is 1 to 64 letters, digits, "-" and "."', ['id']);
}

function checkContained({ contained }: JsonObject, found: Findings): void {
  if (contained === undefined) return;
  if (!Array.isArray(contained)) return found.add('contained is a list', ['contained']);
  contained.forEach((resource: unknown, index) => {
    found.at.push('contained', index);
    if (!isObject(resource)) found.add('a contained resource is an object');
    else {
      checkType(resource, found);
      checkId(resource, found);
      if ('contained' in resource) found.add('a contained resource contains none itself');
    }
    found.at.length -= 2;
  });
}

function checkRequired(resource: JsonObject, found: Findings): void {
  const type = resource['resourceType'];
  if (typeof type !== 'string') return;
  for (const element of requiredElements(type)) {
    if (!hasElement(resource, element)) found.add(`${type} needs the element ${element}`);
  }
}

/** A primitive may be absent but for its extensions: then only `_name` is there. */
function hasElement(resource: JsonObject, element: string): boolean {
  if (!element.endsWith('[x]')) return element in resource || `_${element}` in resource;
  const stem = element.slice(0, -3);
  return Object.keys(resource).some((name) => isChoice(name.replace(/^_/, ''), stem));
}

function isChoice(name: string, stem: string): boolean {
  return name.startsWith(stem) && /[A-Z]/.test(name.charAt(stem.length));
}

function checkMembers(object: JsonObject, found: Findings): void {
  let isEmpty = true;
  for (const name in object) {
    isEmpty = false;
    found.at.push(name);
    checkMember(name, object[name], object, found);
    found.at.pop();
    if (found.isFull) return;
  }
  if (isEmpty) found.add('an object has at least one member');
}

function checkMember(name: string, value: unknown, owner: JsonObject, found: Findings): void {
  if (!ELEMENT_NAME.test(name)) found.add('not the name of a FHIR element');
  if (value === null) return found.add('an element is left out rather than null');
  if (typeof value === 'object') {
    if (Array.isArray(value)) checkList(name, value, owner, found);
    else checkMembers(value as JsonObject, found);
    if (name === 'reference' && Array.isArray(value)) found.add('a reference is a string');
  } else checkPrimitive(name, value, found);
}

function checkPrimitive(name: string, value: unknown, found: Findings): void {
  if (name.startsWith('_')) found.add('what goes with a primitive is an object or a list');
  if (REFERENCE_ELEMENTS.has(name)) found.add(`${name} is a Reference`);
  if (name !== 'reference') return;
  if (typeof value !== 'string') found.add('a reference is a string');
  else if (value.length > REFERENCE_MAX_CHARACTERS) {
    found.add(`a reference is limited to ${REFERENCE_MAX_CHARACTERS} characters`);
  }
}

function checkList(name: string, list: unknown[], owner: JsonObject, found: Findings): void {
  if (list.length === 0) found.add('a list has at least one item');
  for (let i = 0; i < list.length && !found.isFull; i++) {
    const item = list[i];
    if (typeof item !== 'object') continue;
    if (item === null) {
      if (!hasPartner(name, owner)) found.add('an item is left out rather than null', [i]);
    } else if (Array.isArray(item)) {
      found.add('a list is not an item of a list', [i]);
    } else {
      found.at.push(i);
      checkMembers(item as JsonObject, found);
      found.at.pop();
    }
  }
}

/** `given: ["Ann", null]` keeps step with `_given: [null, {...}]`. */
function hasPartner(name: string, owner: JsonObject): boolean {
  return Array.isArray(owner[name.startsWith('_') ? name.slice(1) : `_${name}`]);
}
