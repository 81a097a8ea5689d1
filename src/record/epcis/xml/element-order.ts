import { unwrappedChildren, type XmlElement } from './element.js';

/**
 * Elements in the order the XML schemas of EPCIS 1.x and 2.0 have them, as far as it is the same in both and in all types
 * of event; those without a place here may stand wherever they do.
 */
const ORDER = new Map(
  [
    ['eventTime'],
    ['recordTime'],
    ['eventTimeZoneOffset'],
    ['parentID', 'epcList', 'childEPCs', 'inputEPCList'],
    ['action', 'outputEPCList'],
    ['bizStep'],
    ['disposition'],
    ['readPoint'],
    ['bizLocation'],
  ].flatMap((names, place) => names.map((name) => [name, place] as const)),
);

/** The first element of an event that the schema wants further up. */
export function findMisplaced(event: XmlElement): XmlElement | undefined {
  let last = -1;
  for (const child of unwrappedChildren(event)) {
    const place = child.namespace === '' ? ORDER.get(child.local) : undefined;
    if (place === undefined) continue;
    if (place < last) return child;
    last = place;
  }
  return undefined;
}
