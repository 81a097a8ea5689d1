import type { Findings } from '../../finding.js';
import { identifierFault, parseIdentifier, type Gs1Identifier } from '../../gs1/identifier.js';
import { objectsAt, type JsonObject } from '../../json-object.js';
import { EPC_LISTS, QUANTITY_LISTS } from '../event-type.js';

/** Where GS1 keys stand in the objects of an event's lists and places. */
const HOLDERS: readonly (readonly [name: string, member: string])[] = [
  ...QUANTITY_LISTS.map((name) => [name, 'epcClass'] as const),
  ['readPoint', 'id'],
  ['bizLocation', 'id'],
  ['sourceList', 'source'],
  ['destinationList', 'destination'],
];

const PLAIN_SERIAL = /^[0-9A-Za-z]{1,20}$/;

/**
 * Wrong check digits and other faults of GS1 keys. They are common in real data, and whoever sent them will send
 * the same key again: it is kept as it is.
 */
export function checkIdentifiers(event: JsonObject, found: Findings): void {
  checkIdentifier(event, 'parentID', found);
  for (const name of EPC_LISTS) {
    const list = event[name];
    if (Array.isArray(list)) checkAll(list, name, found);
  }
  for (const [name, member] of HOLDERS) {
    const value = event[name];
    if (value === undefined) continue;
    found.at.push(name);
    for (const [i, holder] of objectsAt(event, name).entries()) {
      if (Array.isArray(value)) found.within(i, () => checkIdentifier(holder, member, found));
      else checkIdentifier(holder, member, found);
    }
    found.at.pop();
  }
}

/** The key that a member holds, if it holds one. */
export function checkIdentifier(owner: JsonObject, name: string, found: Findings): void {
  const fault = faultOf(owner[name]);
  if (fault !== undefined) found.warn('IDENTIFIER_FAULT', fault, [name]);
}

function checkAll(texts: unknown[], name: string, found: Findings): void {
  let stem: string | undefined;
  for (let i = 0; i < texts.length && !found.isWarned; i++) {
    const text = texts[i];
    if (typeof text !== 'string' || isSibling(text, stem)) continue;
    const id = parseIdentifier(text);
    const fault = id && identifierFault(id);
    if (fault !== undefined) found.warn('IDENTIFIER_FAULT', fault, [name, i]);
    else if (id) stem = stemOf(text, id);
  }
}

/**
 * What a sound SGTIN begins with, up to its serial number. Most of a list differ in nothing else, and any plain serial
 * number is as sound as another: those need not be taken apart.
 */
function stemOf(text: string, { kind, qualifiers }: Gs1Identifier): string | undefined {
  const serial = qualifiers.at(-1)?.value ?? '';
  if (kind !== 'SGTIN' || !PLAIN_SERIAL.test(serial) || !text.endsWith(serial)) return undefined;
  return text.slice(0, text.length - serial.length);
}

function isSibling(text: string, stem: string | undefined): boolean {
  return stem !== undefined && text.startsWith(stem) && PLAIN_SERIAL.test(text.slice(stem.length));
}

function faultOf(text: unknown): string | undefined {
  const id = typeof text === 'string' ? parseIdentifier(text) : undefined;
  return id && identifierFault(id);
}
