import type { Extract } from '../draft.js';
import { isObject, stringAt, type JsonObject } from '../json-object.js';
import { formatIdentifierName, normaliseReference, typeOfName } from './reference.js';

const DIRECTORY = 'directory';

/** Elements that name the one patient a resource is about; the later ones may name something else. */
const PATIENT_ELEMENTS = ['patient', 'beneficiary', 'for', 'subject', 'individual'];
const OTHERS_TOO = new Set(['for', 'subject', 'individual']);

/** The key scopes of a Bundle's records about patients, by every name those records have. */
export type KnownScopes = ReadonlyMap<string, string>;

export interface ScopeContext {
  known: KnownScopes;
  /** What names of the resource's source begin with, when that is known. */
  base?: string;
}

const NO_CONTEXT: ScopeContext = { known: new Map() };

/** The key scope that seals a resource: `patient/Patient/<id>` when it is about one patient, else `directory`. */
export function scopeLabelOf(
  resource: JsonObject,
  { aliases, references }: Extract,
  context: ScopeContext = NO_CONTEXT,
): string {
  const own = patientScope(resource, aliases, context);
  return own ?? scopeByLinks(references, context.known) ?? DIRECTORY;
}

/** The scope of a Patient, or of a resource with an element for its patient. */
export function patientScope(
  resource: JsonObject,
  aliases: string[],
  { known, base }: ScopeContext = NO_CONTEXT,
): string | undefined {
  if (resource['resourceType'] === 'Patient') return formatScope(aliases[0] ?? 'unnamed', base);
  for (const element of PATIENT_ELEMENTS) {
    const reference = resource[element];
    if (!isObject(reference)) continue;
    const name = nameOf(reference, base);
    if (name === undefined) continue;
    const scope = known.get(name);
    if (scope !== undefined) return scope;
    if (isPatient(name, reference, OTHERS_TOO.has(element))) return formatScope(name, base);
  }
  return undefined;
}

/** The scope of the only patient any link leads to: a Provenance of a claim, an AuditEvent about a patient. */
function scopeByLinks(references: Extract['references'], known: KnownScopes): string | undefined {
  const scopes = new Set<string>();
  for (const { target } of references) {
    const scope = known.get(target);
    if (scope !== undefined) scopes.add(scope);
    else if (typeOfName(target) === 'Patient') scopes.add(formatScope(target));
  }
  return scopes.size === 1 ? [...scopes][0] : undefined;
}

function nameOf(reference: JsonObject, base?: string): string | undefined {
  const text = stringAt(reference, 'reference');
  if (text !== undefined) return normaliseReference(text, base);
  const identifier = reference['identifier'];
  if (!isObject(identifier)) return undefined;
  const value = stringAt(identifier, 'value');
  return value && formatIdentifierName(stringAt(identifier, 'system') ?? '', value);
}

/** A name without a type counts as a patient's: a record sealed too privately does no harm. */
function isPatient(name: string, reference: JsonObject, mayBeOther: boolean): boolean {
  const type = typeOfName(name) ?? stringAt(reference, 'type');
  return type === undefined || type === 'Patient' || !mayBeOther;
}

/** One label for the two names of a patient whose id is a UUID; a patient of another source has another. */
function formatScope(name: string, base?: string): string {
  const urn = /^urn:uuid:([0-9a-f-]{36})$/i.exec(name)?.[1];
  if (urn !== undefined && base !== undefined) return `patient/${base}/Patient/${urn}`;
  const uuid = urn ?? /^Patient\/([0-9a-f-]{36})$/i.exec(name)?.[1];
  return `patient/${uuid === undefined ? name : `Patient/${uuid.toLowerCase()}`}`;
}
