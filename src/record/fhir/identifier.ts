import type { Identifier } from '../draft.js';
import { objectsAt, stringAt, type JsonObject } from '../json-object.js';

/** Longer values are not anybody's identifier and would only bloat the index. */
const VALUE_MAX_CHARACTERS = 1_024;

/** The business identifiers of a resource itself. `system` is empty where none is given. */
export function identifiersOf(resource: JsonObject): Identifier[] {
  return objectsAt(resource, 'identifier').flatMap((identifier) => {
    const value = stringAt(identifier, 'value');
    const system = stringAt(identifier, 'system') ?? '';
    return isShort(value) && isShort(system) ? [{ system, value }] : [];
  });
}

/** What a recall looks for: lot numbers (`lot`) and device identifiers (`udi`). */
export function productsOf(resource: JsonObject): Identifier[] {
  const lots = [resource, ...objectsAt(resource, 'batch')].map((object) => ({
    system: 'lot',
    value: stringAt(object, 'lotNumber'),
  }));
  const devices = objectsAt(resource, 'udiCarrier').map((carrier) => ({
    system: 'udi',
    value: stringAt(carrier, 'deviceIdentifier'),
  }));
  return [...lots, ...devices].flatMap(({ system, value }) =>
    isShort(value) ? [{ system, value }] : [],
  );
}

function isShort(text: string | undefined): text is string {
  return text !== undefined && text.length <= VALUE_MAX_CHARACTERS;
}
