import { toHex, utf8 } from '../../../crypto/bytes.js';
import { sha256 } from '../../../crypto/digest.js';
import { isObject, objectsAt, valueAt, type JsonObject } from '../../json-object.js';
import { isEventType } from '../event-type.js';
import { joinSorted } from './byte-order.js';
import {
  contextInside,
  expandName,
  STANDARD_CONTEXT,
  withIgnored,
  type EventContext,
} from './event-context.js';
import { EVENT_FIELDS, LATE_FIELDS } from './field-order.js';
import { formatField, formatOthers, ownValue } from './member.js';
import { PROVTRAIL } from '../xml/prefix.js';

export interface EventInContext {
  event: JsonObject;
  context: EventContext;
}

const FIELDS = [...EVENT_FIELDS, ...LATE_FIELDS];
/** Written first, or by whoever stores the event, or telling of it rather than of what happened. */
const LEFT_OUT = new Set(['@context', 'type', 'eventID', 'recordTime', 'errorDeclaration']);
/** Names of what we ourselves keep beside an event: the XML it came as. */
const OURS = `{${PROVTRAIL}}`;

/**
 * The event hash id (CBV 2.0, section 8.9): `ni:///sha-256;<hex>?ver=CBV2.0`. The same event has the same id
 * in JSON-LD and XML, in whatever order and with whatever prefixes it is written. It is judged by the vectors
 * of the reference implementation (RalphTro/epcis-event-hash-generator).
 *
 * Whoever can guess the event can confirm the guess by its id: keep it where the content is kept.
 *
 * @param context what the document's `@context` declares; the event's own is added to it
 */
export function eventHash(event: JsonObject, context: EventContext): string {
  return formatHash(preHash(event, context));
}

/** The event hash id for a pre-hash string. */
export function formatHash(text: string): string {
  return `ni:///sha-256;${toHex(sha256(utf8(text)))}?ver=CBV2.0`;
}

/** The string that is hashed. Never throws: what is missing or odd in the event gives no text. */
export function preHash(event: JsonObject, outer: EventContext): string {
  const context = contextInside(event, outer);
  const place = { context, depth: 0 };
  const type = ownValue(event, 'type');
  const head = typeof type === 'string' ? `eventType=${type.trim()}` : '';
  const parts = EVENT_FIELDS.map((field) => formatField(field, ownValue(event, field.name), place));
  const late = LATE_FIELDS.map((field) => formatField(field, ownValue(event, field.name), place));
  const others = formatOthers(withoutLeftOut(event, context), FIELDS, place);
  const tail = joinSorted([
    ...parts.map(({ rest }) => rest),
    ...late.flatMap(({ text, rest }) => [text, rest]),
    ...others.unknown,
    ...others.extensions,
  ]);
  return head + parts.map(({ text }) => text).join('') + tail;
}

function withoutLeftOut(event: JsonObject, context: EventContext): JsonObject {
  const kept = Object.entries(event).filter(([name]) => {
    const expanded = expandName(name, context);
    return !LEFT_OUT.has(name) && !context.ignored.has(expanded) && !expanded.startsWith(OURS);
  });
  return Object.fromEntries(kept);
}

/**
 * The events of a document or query document, a bare event, or a list of these, in their order, each with the
 * context that holds around it. What is no event is passed over.
 */
export function* readEvents(document: unknown): Generator<EventInContext> {
  for (const item of Array.isArray(document) ? (document as unknown[]) : [document]) {
    if (!isObject(item)) continue;
    const context = withIgnored(item, contextInside(item, STANDARD_CONTEXT));
    const events = isEventType(item['type']) ? [item] : eventsIn(item);
    for (const event of events) yield { event, context };
  }
}

function eventsIn(document: JsonObject): JsonObject[] {
  const body = valueAt(document, ['epcisBody']);
  if (!isObject(body)) return [];
  const results = valueAt(body, ['queryResults', 'resultsBody']);
  return [
    ...objectsAt(body, 'eventList'),
    ...objectsAt(body, 'event'),
    ...(isObject(results) ? objectsAt(results, 'eventList') : []),
  ];
}
