import type { Findings } from '../finding.js';
import type { JsonObject } from '../json-object.js';
import { isEventType, isMemberOf, isNamespaced } from './event-type.js';
import { isContext } from './context.js';
import { checkSensors } from './rule/sensor-element.js';
import {
  checkAmount,
  checkInstant,
  checkLooseUri,
  checkOffset,
  checkTerm,
  checkUnit,
  checkUri,
  either,
  listOf,
  NOT_NAMESPACED,
  objectOf,
  type Check,
} from './value.js';

const ACTIONS: readonly unknown[] = ['ADD', 'OBSERVE', 'DELETE'];

const checkAction: Check = (value, found) => {
  if (!ACTIONS.includes(value)) found.add('action is ADD, OBSERVE or DELETE');
};
const checkContext: Check = (value, found) => {
  if (!isContext(value)) found.add('not a JSON-LD context');
};
const checkPlace = objectOf({ id: checkUri });
const checkUris = listOf(checkUri);
const checkQuantities = listOf(
  objectOf({ epcClass: checkUri }, { quantity: checkAmount, uom: checkUnit }),
);
const checkIlmd = objectOf({}, {}, (ilmd, found) => {
  if (Object.keys(ilmd).every(isNamespaced)) return;
  found.add('an attribute of ilmd is named with its namespace');
});

const CHECKS = new Map<string, Check>(
  Object.entries({
    '@context': checkContext,
    eventID: checkUri,
    eventTime: checkInstant,
    recordTime: checkInstant,
    eventTimeZoneOffset: checkOffset,
    action: checkAction,
    bizStep: checkTerm,
    disposition: checkTerm,
    persistentDisposition: objectOf({}, { set: listOf(checkTerm), unset: listOf(checkTerm) }),
    readPoint: checkPlace,
    bizLocation: checkPlace,
    certificationInfo: either(checkLooseUri, listOf(checkLooseUri)),
    epcList: checkUris,
    childEPCs: checkUris,
    inputEPCList: checkUris,
    outputEPCList: checkUris,
    parentID: checkUri,
    transformationID: checkUri,
    quantityList: checkQuantities,
    childQuantityList: checkQuantities,
    inputQuantityList: checkQuantities,
    outputQuantityList: checkQuantities,
    bizTransactionList: listOf(objectOf({ bizTransaction: checkUri }, { type: checkTerm })),
    sourceList: listOf(objectOf({ type: checkTerm, source: checkUri })),
    destinationList: listOf(objectOf({ type: checkTerm, destination: checkUri })),
    sensorElementList: checkSensors,
    errorDeclaration: objectOf(
      { declarationTime: checkInstant },
      { reason: checkTerm, correctiveEventIDs: checkUris },
    ),
    ilmd: checkIlmd,
  }),
);

/**
 * What structure alone can show to be wrong with an EPCIS 2.0 event. The vocabulary of the CBV and the rules
 * between members are for `rule/`.
 */
export function checkEvent(event: JsonObject, found: Findings): void {
  const { type } = event;
  if (!isEventType(type)) {
    return found.add('not an event type of EPCIS 2.0', ['type'], 'UNKNOWN_RESOURCE_TYPE');
  }
  for (const name of requiredMembers(type, event)) {
    if (!Object.hasOwn(event, name)) found.add(`${type} needs the member ${name}`);
  }
  for (const name of Object.keys(event)) checkMember(type, name, event[name], found);
}

function checkMember(type: string, name: string, value: unknown, found: Findings): void {
  if (isMemberOf(type, name)) {
    found.at.push(name);
    CHECKS.get(name)?.(value, found);
    found.at.pop();
  } else if (CHECKS.has(name)) {
    found.add(`${type} has no member ${name}`, [name]);
  } else if (!isNamespaced(name)) {
    found.add(NOT_NAMESPACED);
  }
}

function requiredMembers(type: string, { action }: JsonObject): string[] {
  const members = ['eventTime', 'eventTimeZoneOffset'];
  if (type !== 'TransformationEvent') members.push('action');
  if (type === 'TransactionEvent') members.push('bizTransactionList');
  const hasParent = type === 'AggregationEvent' || type === 'AssociationEvent';
  if (hasParent && (action === 'ADD' || action === 'DELETE')) members.push('parentID');
  return members;
}
