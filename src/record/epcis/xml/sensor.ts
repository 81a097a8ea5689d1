import type { XmlAttribute, XmlElement } from './element.js';
import { convertObject, objectAs, type Convert } from './extension.js';
import { Members, scalarNode, type JsonNode } from './json-node.js';
import { formatNumber } from './number.js';
import type { Prefixes } from './prefix.js';
import { formatTerm, type TermKind } from './term.js';

const NUMBERS = new Set('value minValue maxValue meanValue sDev percRank percValue'.split(' '));
const TERMS = new Map<string, TermKind>([
  ['type', 'sensor'],
  ['exception', 'sensor'],
  ['component', 'component'],
]);

/** Sensor metadata and reports have their members as attributes. */
const convertAttributes: Convert = (element, prefixes) => {
  const members = new Members(element);
  for (const attribute of element.attributes) {
    if (attribute.namespace !== '') continue;
    members.add(attribute.local, convertAttribute(element, attribute, prefixes));
  }
  return convertObject(element, prefixes, { converts: new Map() }, members);
};

/** A sensor element: `sensorMetadata` once, `sensorReport` as often as there is something to report. */
export const convertSensor = objectAs({
  converts: new Map([
    ['sensorMetadata', convertAttributes],
    ['sensorReport', convertAttributes],
  ]),
  lists: new Set(['sensorReport']),
});

function convertAttribute(
  element: XmlElement,
  { local, value }: XmlAttribute,
  prefixes: Prefixes,
): JsonNode {
  const origin = { from: element, attribute: local };
  const text = value.trim();
  const number = NUMBERS.has(local) ? formatNumber(text) : undefined;
  if (number !== undefined) return { ...origin, scalar: number };
  if (local === 'booleanValue' && /^(?:true|false|1|0)$/.test(text)) {
    return scalarNode(origin, text === 'true' || text === '1');
  }
  const kind = TERMS.get(local);
  return scalarNode(origin, kind ? formatTerm(kind, text, element.scope, prefixes) : text);
}
