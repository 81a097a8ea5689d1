import { isObject, objectsAt, stringAt, type JsonObject } from '../../json-object.js';
import { parseFhirDate } from '../../instant.js';
import {
  formatIdentifierName,
  normaliseReference,
  REFERENCE_MAX_CHARACTERS,
} from '../reference.js';

/** What facts are read with: the resource whose contained parts may be meant, and the server it came from. */
export interface FactSource {
  resource: JsonObject;
  base?: string | undefined;
}

/** Longer texts name nothing that anybody groups by. */
const NAME_MAX_CHARACTERS = REFERENCE_MAX_CHARACTERS;

/**
 * The name of what a Reference means: of a contained part its identifier or its name, else what the reference comes to, its
 * identifier, its display.
 */
export function nameOf(value: unknown, source: FactSource): string | undefined {
  if (!isObject(value)) return undefined;
  const reference = stringAt(value, 'reference');
  if (reference?.startsWith('#')) {
    const part = containedPart(source.resource, reference.slice(1));
    return (part && nameOfPart(part)) ?? displayOf(value);
  }
  const name = reference === undefined ? undefined : normaliseReference(reference, source.base);
  return name ?? identifierOf(value) ?? displayOf(value);
}

/** By id, once they have been asked for: ten thousand lines may ask for ten thousand parts. */
const PARTS = new WeakMap<JsonObject, Map<unknown, JsonObject>>();

/** The part of a resource that a local reference means. */
export function containedPart(resource: JsonObject, id: string): JsonObject | undefined {
  let parts = PARTS.get(resource);
  if (!parts) {
    const pairs = objectsAt(resource, 'contained').map((part) => [part['id'], part] as const);
    // of two with one id the first is meant
    parts = new Map(pairs.reverse());
    PARTS.set(resource, parts);
  }
  return parts.get(id);
}

/** `system|code` of the first coding that has a code; without any, the text. */
export function codeOf(value: unknown): string | undefined {
  const coding = codingsOf(value).find((one) => typeof one['code'] === 'string');
  if (coding) return short(formatCode(coding));
  return isObject(value) ? short(stringAt(value, 'text')) : undefined;
}

/** What the first coding is called; without display, the text. */
export function labelOf(value: unknown): string | undefined {
  const display = codingsOf(value)
    .map((coding) => stringAt(coding, 'display'))
    .find((text) => text !== undefined);
  return short(display ?? (isObject(value) ? stringAt(value, 'text') : undefined));
}

/** Every code of a CodeableConcept, or of a list of them, without system. */
export function codesOf(value: unknown): string[] {
  return codingsOf(value)
    .map((coding) => stringAt(coding, 'code'))
    .filter((code) => code !== undefined);
}

/** A FHIR Period, or a date in its place; a day counts to its end. */
export function periodOf(period: unknown, date?: unknown): { since?: number; until?: number } {
  const [start, end] = isObject(period) ? [period['start'], period['end']] : [date, date];
  const since = dateOf(start)?.from;
  const until = dateOf(end)?.to;
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

export function momentOf(value: unknown): number | undefined {
  return dateOf(value)?.from;
}

function dateOf(value: unknown) {
  return typeof value === 'string' ? parseFhirDate(value) : undefined;
}

/** Codings of a CodeableConcept or a list of them; a Coding (Encounter.class) is its own. */
function codingsOf(value: unknown): JsonObject[] {
  const concepts = Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
  return concepts.flatMap((concept) =>
    'coding' in concept ? objectsAt(concept, 'coding') : 'code' in concept ? [concept] : [],
  );
}

function formatCode(coding: JsonObject): string {
  return `${stringAt(coding, 'system') ?? ''}|${stringAt(coding, 'code')}`;
}

function nameOfPart(part: JsonObject): string | undefined {
  const [identifier] = objectsAt(part, 'identifier');
  return (identifier && identifierName(identifier)) ?? personOrOrganisationName(part);
}

/** `name` is a text for an organisation, a list of HumanNames for a person. */
export function personOrOrganisationName(part: JsonObject): string | undefined {
  const name = stringAt(part, 'name');
  if (name !== undefined) return short(name);
  const [human] = objectsAt(part, 'name');
  if (!human) return undefined;
  const given = Array.isArray(human['given']) ? human['given'] : [];
  const words = [...given, human['family']].filter((word) => typeof word === 'string');
  return short(stringAt(human, 'text') ?? words.join(' '));
}

function identifierOf(reference: JsonObject): string | undefined {
  const identifier = reference['identifier'];
  return isObject(identifier) ? identifierName(identifier) : undefined;
}

function identifierName(identifier: JsonObject): string | undefined {
  const value = stringAt(identifier, 'value');
  if (value === undefined) return undefined;
  return short(formatIdentifierName(stringAt(identifier, 'system') ?? '', value));
}

function displayOf(value: JsonObject): string | undefined {
  return short(stringAt(value, 'display'));
}

function short(text: string | undefined): string | undefined {
  return text !== undefined && text !== '' && text.length <= NAME_MAX_CHARACTERS ? text : undefined;
}
