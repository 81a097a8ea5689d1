import { attributeOf, type XmlElement } from './element.js';
import {
  convertExtension,
  convertObject,
  convertText,
  listAs,
  memberName,
  objectAs,
  type Convert,
} from './extension.js';
import { listNode, Members, scalarNode, type JsonNode } from './json-node.js';
import { formatNumber } from './number.js';
import type { Prefixes } from './prefix.js';
import { convertSensor } from './sensor.js';
import { formatTerm, type TermKind } from './term.js';

/** XML Schema wants seconds, and senders leave them out. */
const WITHOUT_SECONDS = /T\d\d:\d\d(?=Z$|[+-]\d\d:\d\d$)/;

const convertTime: Convert = (element, prefixes) => {
  if (element.children.length > 0) return convertExtension(element, prefixes);
  const text = element.text.trim().replace(WITHOUT_SECONDS, '$&:00');
  return scalarNode({ from: element }, text);
};

const convertNumber: Convert = (element, prefixes) => {
  const scalar = element.children.length > 0 ? undefined : formatNumber(element.text);
  return scalar === undefined ? convertText(element, prefixes) : { from: element, scalar };
};

function termOf(kind: TermKind): Convert {
  return (element, prefixes) => {
    if (element.children.length > 0) return convertExtension(element, prefixes);
    const term = formatTerm(kind, element.text.trim(), element.scope, prefixes);
    return scalarNode({ from: element }, term);
  };
}

/** A list whose items have their type as an attribute. */
function typedList(name: string, kind: TermKind): Convert {
  return listAs(name, (element, prefixes) => {
    const members = new Members(element);
    const type = attributeOf(element, 'type')?.trim();
    if (type !== undefined) {
      const term = formatTerm(kind, type, element.scope, prefixes);
      members.add('type', scalarNode({ from: element, attribute: 'type' }, term));
    }
    members.add(name, convertText(element, prefixes));
    return members.build();
  });
}

const convertPlace = objectAs({ converts: new Map([['id', convertText]]) });
const convertEpcs = listAs('epc', convertText);
const QUANTITY = new Map<string, Convert>([
  ['epcClass', convertText],
  ['quantity', convertNumber],
  ['uom', convertText],
]);
const convertQuantities = listAs('quantityElement', objectAs({ converts: QUANTITY }));

const convertDisposition = objectAs({
  converts: new Map([
    ['set', termOf('disposition')],
    ['unset', termOf('disposition')],
  ]),
  lists: new Set(['set', 'unset']),
});

const convertDeclaration = objectAs({
  converts: new Map([
    ['declarationTime', convertTime],
    ['reason', termOf('reason')],
    ['correctiveEventIDs', listAs('correctiveEventID', convertText)],
  ]),
});

const EVENT = new Map<string, Convert>(
  Object.entries({
    eventTime: convertTime,
    recordTime: convertTime,
    eventTimeZoneOffset: convertText,
    eventID: convertText,
    errorDeclaration: convertDeclaration,
    certificationInfo: convertText,
    action: convertText,
    bizStep: termOf('bizStep'),
    disposition: termOf('disposition'),
    persistentDisposition: convertDisposition,
    readPoint: convertPlace,
    bizLocation: convertPlace,
    bizTransactionList: typedList('bizTransaction', 'bizTransaction'),
    sourceList: typedList('source', 'party'),
    destinationList: typedList('destination', 'party'),
    sensorElementList: listAs('sensorElement', convertSensor),
    ilmd: objectAs({ converts: new Map() }),
    parentID: convertText,
    transformationID: convertText,
    epcList: convertEpcs,
    childEPCs: convertEpcs,
    inputEPCList: convertEpcs,
    outputEPCList: convertEpcs,
    quantityList: convertQuantities,
    childQuantityList: convertQuantities,
    inputQuantityList: convertQuantities,
    outputQuantityList: convertQuantities,
  }),
);

/** An event of EPCIS XML 1.x or 2.0 as one of 2.0 JSON. What is no event comes out as something its reader refuses. */
export function convertEvent(element: XmlElement, prefixes: Prefixes): JsonNode {
  const name = memberName(element, prefixes);
  if (name === 'QuantityEvent') return convertQuantityEvent(element, prefixes);
  const members = new Members(element);
  members.add('type', scalarNode({ from: element }, name));
  return convertObject(element, prefixes, { converts: EVENT }, members);
}

/**
 * A QuantityEvent is what an ObjectEvent with one quantity and the action OBSERVE is (EPCIS 1.2 section 7.4.5, which
 * deprecates it).
 */
function convertQuantityEvent(element: XmlElement, prefixes: Prefixes): JsonNode {
  const members = new Members(element);
  members.add('type', scalarNode({ from: element }, 'ObjectEvent'));
  members.add('action', scalarNode({ from: element }, 'OBSERVE'));
  const converts = new Map([...EVENT, ...QUANTITY]);
  const event = convertObject(element, prefixes, { converts }, members);
  if (!('members' in event)) return event;
  const quantity = new Map<string, JsonNode>();
  for (const name of QUANTITY.keys()) {
    const node = event.members.get(name);
    if (!node) continue;
    quantity.set(name, node);
    event.members.delete(name);
  }
  event.members.set('quantityList', listNode(element, [{ from: element, members: quantity }]));
  return event;
}
