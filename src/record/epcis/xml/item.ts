import { RECORD_SIZE_MAX_BYTES } from '../../../crypto/seal.js';
import { CONTEXT_URL } from './context-url.js';
import type { XmlElement } from './element.js';
import { convertEvent } from './event.js';
import { writeNode } from './json-node.js';
import { Prefixes } from './prefix.js';
import { convertVocabularyElement } from './vocabulary.js';

/** What a document's own context adds to a record beside the event's. */
const CONTEXT_SIZE_BYTES = 256;

/**
 * The text of an event as 2.0 JSON-LD. Its context declares the prefixes used in it and no others, so that it stays the
 * same whatever else its document holds. `provtrail:xml` has the XML as it was received; where both together would be
 * more than a record may be, `provtrail:xmlSizeBytes` tells that it was left out.
 *
 * @param isBare true for an event without a document, whose context is all there is
 */
export function writeEvent(element: XmlElement, xml: string, isBare: boolean): string {
  const prefixes = new Prefixes();
  const members = writeNode(convertEvent(element, prefixes)).slice(1, -1);
  const own = prefixes.format();
  const context = isBare ? `[${JSON.stringify(CONTEXT_URL)},${own}]` : own;
  const text = `{"@context":${context},${members}`;
  const whole = `${text},"provtrail:xml":${JSON.stringify(xml)}}`;
  if (Buffer.byteLength(whole) + CONTEXT_SIZE_BYTES <= RECORD_SIZE_MAX_BYTES) return whole;
  return `${text},"provtrail:xmlSizeBytes":${Buffer.byteLength(xml)}}`;
}

/** The text of an element of a vocabulary; it has a context when there are extensions in it. */
export function writeVocabularyElement(element: XmlElement): string {
  const prefixes = new Prefixes();
  const text = writeNode(convertVocabularyElement(element, prefixes));
  if (prefixes.isEmpty) return text;
  const comma = text === '{}' ? '' : ',';
  return `{"@context":${prefixes.format()}${comma}${text.slice(1)}`;
}
