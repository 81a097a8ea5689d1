import { canonicalEpc } from '../../gs1/identifier.js';
import type { Identifier } from '../../draft.js';
import { isObject, objectsAt, stringAt, type JsonObject } from '../../json-object.js';
import { identifiersOf } from '../identifier.js';
import { normaliseReference } from '../reference.js';
import type { DispenseKind } from './dispense.js';
import { codesOf, containedPart } from './naming.js';

const NAMES_MAX = 50;
const NAME_MAX_CHARACTERS = 1_024;

/** What an identifier's system or type says when it is a prescription's: `rx_srvc_rfrnc_num` of CMS, `.../rx`. */
const OF_PRESCRIPTION = /prescri|\brx\b|rx[-_]?(?:num|no\b|srvc)/i;
/** The same of a category or an extension: `CLM_LINE_RX_NUM` of CMS, but not the origin of a prescription. */
const PRESCRIPTION_NUMBER = /rx[-_]?(?:num|srvc)|prescription[-_]?(?:num|id)/i;

/** All names under which a partner's event may know the prescription that was dispensed, or the dispensing itself. */
export function prescriptionsOf(resource: JsonObject, kind: DispenseKind, base?: string): string[] {
  const own = objectsAt(resource, 'identifier')
    .filter((identifier) => kind === 'DISPENSE' || isOfPrescription(identifier))
    .flatMap((identifier) => identifiersOf({ identifier }));
  const names = [
    ...own.flatMap(namesOf),
    ...prescriptionReferences(resource).flatMap((each) => namesByReference(each, resource, base)),
    ...prescriptionNumbers(resource),
  ];
  const short = names.filter((name) => name.length > 0 && name.length <= NAME_MAX_CHARACTERS);
  return [...new Set(short)].slice(0, NAMES_MAX);
}

function prescriptionReferences(resource: JsonObject): JsonObject[] {
  return ['authorizingPrescription', 'prescription', 'originalPrescription'].flatMap((name) =>
    objectsAt(resource, name),
  );
}

function namesByReference(reference: JsonObject, resource: JsonObject, base?: string): string[] {
  const text = stringAt(reference, 'reference');
  const part = text?.startsWith('#') ? containedPart(resource, text.slice(1)) : undefined;
  const name = text === undefined ? undefined : normaliseReference(text, base);
  const identifiers = [...identifiersOf(reference), ...(part ? identifiersOf(part) : [])];
  return [...(name === undefined ? [] : [name]), ...identifiers.flatMap(namesOf)];
}

/** Medicare Part D says the number as a supporting information, other claims in an extension. */
function prescriptionNumbers(resource: JsonObject): string[] {
  const infos = objectsAt(resource, 'supportingInfo').filter((info) =>
    codesOf(info['category']).some((code) => PRESCRIPTION_NUMBER.test(code)),
  );
  const extensions = [resource, ...objectsAt(resource, 'item')]
    .flatMap((part) => objectsAt(part, 'extension'))
    .filter(({ url }) => typeof url === 'string' && PRESCRIPTION_NUMBER.test(url));
  return [...infos, ...extensions].flatMap((part) => {
    const identifier = part['valueIdentifier'];
    const named = isObject(identifier) ? identifiersOf({ identifier }).flatMap(namesOf) : [];
    const text = stringAt(part, 'valueString');
    return text === undefined ? named : [...named, canonicalEpc(text)];
  });
}

/** Alone, and below its system as a URL has it. */
function namesOf({ system, value }: Identifier): string[] {
  const name = canonicalEpc(value);
  return system === '' ? [name] : [name, `${system.replace(/\/$/, '')}/${value}`];
}

function isOfPrescription(identifier: JsonObject): boolean {
  const says = [stringAt(identifier, 'system') ?? '', ...codesOf(identifier['type'])];
  return says.some((text) => OF_PRESCRIPTION.test(text));
}
