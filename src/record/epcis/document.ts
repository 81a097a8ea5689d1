import type { Draft, Problem } from '../draft.js';
import { Findings } from '../finding.js';
import { isObject, valueAt, type JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import type { JsonText } from '../json-text.js';
import { isContext } from './context.js';
import { draftEvent } from './event.js';
import { isEventType } from './event-type.js';
import { readVocabularies } from './master-data.js';

const DOCUMENT_TYPES: readonly unknown[] = [
  'EPCISDocument',
  'EPCISQueryDocument',
  'EPCISMasterDataDocument',
];
const EVENT_LISTS = [
  ['epcisBody', 'eventList'],
  ['epcisBody', 'event'],
  ['epcisBody', 'queryResults', 'resultsBody', 'eventList'],
];
const VOCABULARY_LISTS = [
  ['epcisHeader', 'epcisMasterData', 'vocabularyList'],
  ['epcisBody', 'vocabularyList'],
  ['epcisBody', 'queryResults', 'resultsBody', 'vocabularyList'],
];

/** True for an EPCIS document and for a bare event. */
export function isEpcis({ type, epcisBody }: JsonObject): boolean {
  return epcisBody !== undefined || DOCUMENT_TYPES.includes(type) || isEventType(type);
}

/** A document's master data and events one by one, or a bare event. */
export function* readEpcis(json: JsonText, place: Path = []): Generator<Draft | Problem> {
  const document = json.value as JsonObject;
  if (isEventType(document['type'])) {
    return yield* draftEvent({ event: document, text: json.text, place });
  }
  const found = new Findings(place);
  checkDocument(document, found);
  if (found.problems.length > 0) return yield* found.problems;
  const context = json.compact('/@context');
  for (const way of VOCABULARY_LISTS) {
    if (Array.isArray(valueAt(document, way))) yield* readVocabularies(json, way, place, context);
  }
  for (const way of EVENT_LISTS) yield* readEvents(json, way, place, context);
}

function checkDocument(document: JsonObject, found: Findings): void {
  const { type, schemaVersion } = document;
  if (!DOCUMENT_TYPES.includes(type)) {
    found.add('not a document type of EPCIS 2.0', ['type'], 'UNKNOWN_RESOURCE_TYPE');
  }
  if (!('@context' in document)) found.add('the document has no @context');
  else if (!isContext(document['@context'])) found.add('not a JSON-LD context', ['@context']);
  if (schemaVersion !== undefined && !String(schemaVersion).startsWith('2.')) {
    found.add('EPCIS is read in version 2.0', ['schemaVersion']);
  }
  if (!isObject(document['epcisBody'])) found.add('the document has no epcisBody');
  else if (!hasContent(document))
    found.add('the document has no events', ['epcisBody'], 'EMPTY_INPUT');
}

function hasContent(document: JsonObject): boolean {
  return [...EVENT_LISTS, ...VOCABULARY_LISTS].some((way) => {
    const list = valueAt(document, way);
    return Array.isArray(list) ? list.length > 0 : list !== undefined;
  });
}

function* readEvents(
  json: JsonText,
  way: string[],
  place: Path,
  context?: string,
): Generator<Draft | Problem> {
  const events = valueAt(json.value as JsonObject, way);
  if (events === undefined) return;
  const list = formatPointer(way);
  if (isObject(events)) {
    // `event` may be one event rather than a list of them.
    const text = json.compact(list)!;
    return yield* readEvent(events, text, [...place, ...way], context);
  }
  if (!Array.isArray(events)) {
    const found = new Findings([...place, ...way]);
    found.add('not a list of events');
    return yield* found.problems;
  }
  const texts = json.compactEach(list);
  for (let i = 0; i < events.length; i++) {
    yield* readEvent(events[i], texts[i]!, [...place, ...way, i], context);
  }
}

function readEvent(
  event: unknown,
  text: string,
  place: Path,
  context?: string,
): [Draft] | Problem[] {
  if (isObject(event)) return draftEvent({ event, text, place, context });
  const found = new Findings(place);
  found.add('an event is an object');
  return found.problems;
}
