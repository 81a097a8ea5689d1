import type { Extract, Identifier, Reference } from '../draft.js';
import { parseFhirDate, parseInstant } from '../instant.js';
import { objectsAt, stringAt, valueAt, type JsonObject } from '../json-object.js';
import { uniqueIdentifiers } from '../unique.js';
import { EPC_LISTS, isEventType, QUANTITY_LISTS } from './event-type.js';
import { EpcForms } from './fact/epc-forms.js';
import { extractFacts } from './fact/extract-facts.js';
import { URI_MAX_CHARACTERS } from './value.js';

/**
 * Names, identifiers, links, times and facts of an event. Trusts nothing about its structure.
 *
 * @param context JSON text of the document's context, for an event that has not yet taken it along
 */
export function extractEvent(event: JsonObject, context?: string): Extract {
  const epcs = new EpcForms();
  const facts = isEventType(event['type']) ? extractFacts(event, { context, epcs }) : undefined;
  const captured = things(event);
  const id = stringAt(event, 'eventID');
  const occurredAt = parseInstant(stringAt(event, 'eventTime') ?? '');
  const expiry = valueAt(event, ['ilmd', 'cbvmda:itemExpirationDate']);
  const validUntil =
    (typeof expiry === 'string' ? parseFhirDate(expiry)?.to : undefined) ?? facts?.expiry;
  // Members are absent rather than undefined, so that an extract is equal to its JSON.
  return {
    type: stringAt(event, 'type') ?? 'unknown',
    ...(id !== undefined && { id }),
    aliases: id === undefined ? [] : [id],
    identifiers: uniqueIdentifiers([
      ...captured,
      ...business(event, facts?.lot),
      ...captured.map(({ system, value }) => ({ system, value: epcs.of(value) })),
    ]),
    references: corrections(event),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(validUntil !== undefined && { validUntil }),
    ...(facts && { event: facts }),
  };
}

/** What the event is about: instances (`epc`), classes and lots (`epcClass`). */
function things(event: JsonObject): Identifier[] {
  const epcs = [...stringsAt(event, 'parentID'), ...EPC_LISTS.flatMap((n) => stringsAt(event, n))];
  const classes = QUANTITY_LISTS.flatMap((name) => objectsAt(event, name)).flatMap((quantity) =>
    stringsAt(quantity, 'epcClass'),
  );
  return [...named('epc', epcs), ...named('epcClass', classes)];
}

/** What else it can be looked up by. */
function business(event: JsonObject, lot?: string): Identifier[] {
  const transactions = objectsAt(event, 'bizTransactionList').flatMap((transaction) =>
    stringsAt(transaction, 'bizTransaction'),
  );
  const lots = objectsAt(event, 'ilmd').flatMap((ilmd) => stringsAt(ilmd, 'cbvmda:lotNumber'));
  return [
    ...named('bizTransaction', transactions),
    ...named('transformationID', stringsAt(event, 'transformationID')),
    ...named('lot', lot === undefined ? lots : [...lots, lot]),
  ];
}

/**
 * An error declaration names the events that put right what it declares wrong. The corrective event revises
 * this one, not this one the corrective: from here it is only a reference.
 */
function corrections(event: JsonObject): Reference[] {
  const declaration = objectsAt(event, 'errorDeclaration')[0];
  if (!declaration) return [];
  return stringsAt(declaration, 'correctiveEventIDs').map((target, i) => ({
    target,
    relation: 'refersTo',
    path: `/errorDeclaration/correctiveEventIDs/${i}`,
  }));
}

function stringsAt(object: JsonObject, name: string): string[] {
  const value = object[name];
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return typeof value === 'string' ? [value] : [];
}

function named(system: string, values: string[]): Identifier[] {
  const short = values.filter((value) => value.length <= URI_MAX_CHARACTERS);
  return short.map((value) => ({ system, value }));
}
