import { AppError } from '../error.js';
import { draftDataset, isDataset } from './dataset/dataset.js';
import type { Draft, Problem, Warning } from './draft.js';
import { isEpcis, readEpcis } from './epcis/document.js';
import { isEventId, warnOfTwoIds } from './epcis/event-id.js';
import { convertXml, type XmlDocument } from './epcis/xml/convert.js';
import { readBundle } from './fhir/bundle.js';
import { draftResource } from './fhir/resource.js';
import { isObject, type JsonObject } from './json-object.js';
import { formatPointer, showPointer, type Path } from './json-pointer.js';
import { decodeUtf8, JsonText, readJson } from './json-text.js';
import { parseMediaType, refuseXml, type Syntax } from './media-type.js';
import { draftProv, isProv } from './prov/draft.js';

const DOCUMENT_SIZE_MAX_BYTES = 67_108_864;

/** What is known of a document beside its text. */
interface Reading {
  syntax: Syntax;
  source?: string;
}

/**
 * The records of a document, in its order, and what is wrong with the rest of it.
 *
 * FHIR R4: a resource, or a Bundle, resource by resource. EPCIS 2.0 JSON-LD: a document or query document event
 * by event, a bare event. EPCIS 1.x and 2.0 XML: the same, as the 2.0 JSON-LD it says, with XPaths for pointers. Also
 * a list of bare events or resources, and NDJSON if the media type says so; its lines then count as the items of a
 * list. A record comes as one draft or as up to ten problems. Nothing is thrown for what the document holds.
 *
 * @param input text, or UTF-8
 * @param options.mediaType what the sender says it is; when absent, the content tells
 * @param options.source what names of FHIR resources begin with whose fullUrl does not tell (`parseSource`)
 */
export function* readDocument(
  input: string | Uint8Array,
  options: { mediaType?: string; source?: string } = {},
): Generator<Draft | Problem> {
  yield* orProblem([], () => {
    const syntax = parseMediaType(options.mediaType);
    const { source } = options;
    checkInput(input);
    if (isXml(input)) return readXml(input, syntax);
    if (syntax === 'xml') throw mismatch('XML', 'something else');
    if (syntax !== 'lines') return readText(input, { syntax, source });
    return readLines(typeof input === 'string' ? input : decodeUtf8(input), source);
  });
}

function checkInput(input: string | Uint8Array): void {
  if (byteLength(input) > DOCUMENT_SIZE_MAX_BYTES) {
    throw new AppError('TOO_LARGE', `a document is limited to ${DOCUMENT_SIZE_MAX_BYTES} bytes`, {
      hint: 'send the records as NDJSON, one a line',
    });
  }
}

function isXml(input: string | Uint8Array): boolean {
  const head = typeof input === 'string' ? input.slice(0, 64) : decodeHead(input);
  return /^\uFEFF?\s*</.test(head);
}

function byteLength(input: string | Uint8Array): number {
  if (typeof input !== 'string') return input.length;
  return input.length * 3 <= DOCUMENT_SIZE_MAX_BYTES ? input.length : Buffer.byteLength(input);
}

function decodeHead(input: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(input.subarray(0, 64));
}

function readXml(input: string | Uint8Array, syntax: Syntax): Iterable<Draft | Problem> {
  if (syntax === 'fhir') throw refuseXml();
  if (syntax !== 'xml' && syntax !== 'any') throw mismatch('JSON', 'XML');
  const xml = convertXml(typeof input === 'string' ? input : decodeUtf8(input));
  return placeInXml(readEpcis(readJson(xml.text)), xml);
}

/** Whoever sent XML is told of places in XML. */
function* placeInXml(
  results: Iterable<Draft | Problem>,
  xml: XmlDocument,
): Generator<Draft | Problem> {
  const place = <T extends { pointer: string }>(result: T): T => ({
    ...result,
    pointer: xml.placeOf(result.pointer) ?? result.pointer,
  });
  for (const result of results) {
    const placed = place(result);
    if (!('extract' in placed)) yield placed;
    else
      yield withWarnings(placed, [...(placed.warnings ?? []).map(place), ...orderOf(result, xml)]);
  }
}

/** The order of elements means nothing to a reader, and senders jumble it; the schema still has one. */
function orderOf({ pointer }: Draft | Problem, xml: XmlDocument): Warning[] {
  const xpath = xml.misplacedIn(pointer);
  if (xpath === undefined) return [];
  const message = 'stands further down than the XML schema of EPCIS has it';
  return [{ pointer: xpath, code: 'ELEMENT_ORDER', message }];
}

function withWarnings(draft: Draft, warnings: Warning[]): Draft {
  return warnings.length === 0 ? draft : { ...draft, warnings };
}

function* readLines(text: string, source?: string): Generator<Draft | Problem> {
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() !== '')
      yield* orProblem([i], () => readText(line, { syntax: 'any', source }, [i]));
  }
}

function readText(
  input: string | Uint8Array,
  how: Reading,
  place: Path = [],
): Iterable<Draft | Problem> {
  const json = readJson(input, { mayRepeat: isEventId });
  const read = Array.isArray(json.value) ? readList : readOne;
  const results = read(json, how, place);
  return json.repeated.length === 0 ? results : warnOfTwoIds(results, json.repeated, place);
}

function* readList(json: JsonText, how: Reading, place: Path): Generator<Draft | Problem> {
  const items = json.value as unknown[];
  if (items.length === 0) yield { pointer: formatPointer(place), ...EMPTY_LIST };
  const texts = json.compactEach('');
  for (let i = 0; i < items.length; i++) {
    const itemPlace = [...place, i];
    const item = new JsonText(texts[i]!, items[i]);
    yield* orProblem(itemPlace, () => readOne(item, how, itemPlace));
  }
}

const EMPTY_LIST = { code: 'EMPTY_INPUT', message: 'the list is empty' } as const;

function readOne(
  json: JsonText,
  { syntax, source }: Reading,
  place: Path,
): Iterable<Draft | Problem> {
  const { text, value } = json;
  if (!isObject(value)) throw new AppError('INVALID_RECORD', 'a record is a JSON object');
  if (syntax === 'dataset') return readDataset(json, place);
  if (syntax === 'prov') return draftProv(json, place);
  if ('resourceType' in value) {
    if (syntax === 'epcis') throw mismatch('JSON-LD', 'FHIR');
    if (value['resourceType'] === 'Bundle') return readBundle(json, place, source);
    return draftResource({ text, resource: value, source, place });
  }
  if (isEpcis(value)) {
    if (syntax === 'fhir') throw mismatch('FHIR', 'EPCIS');
    return readEpcis(json, place);
  }
  if (syntax === 'any' && isDataset(value)) return draftDataset({ dataset: value, text, place });
  if (syntax === 'any' && isProv(value)) return draftProv(json, place);
  throw new AppError(
    'UNKNOWN_RESOURCE_TYPE',
    'neither a FHIR resource (resourceType) nor an EPCIS document or event (type)',
  );
}

/** By its media type a dataset stands alone: it has sources of its own. */
function readDataset({ text, value }: JsonText, place: Path): Iterable<Draft | Problem> {
  const dataset = value as JsonObject;
  if (!isDataset(dataset)) throw mismatch('a dataset', 'something else');
  if (place.length > 0) throw new AppError('INVALID_RECORD', 'a dataset is one object');
  return draftDataset({ dataset, text, place });
}

function mismatch(said: string, found: string): AppError {
  return new AppError(
    'UNSUPPORTED_MEDIA_TYPE',
    `the media type says ${said}, the content ${found}`,
  );
}

/**
 * Turns what `read` throws into the problem it is; anything but an AppError is a fault of ours. What throws
 * must do so in `read` itself: generators, which run later, yield their problems.
 */
function* orProblem(
  place: Path,
  read: () => Iterable<Draft | Problem>,
): Generator<Draft | Problem> {
  let results: Iterable<Draft | Problem>;
  try {
    results = read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return yield formatProblem(place, error);
  }
  yield* results;
}

function formatProblem(place: Path, { code, message, data }: AppError): Problem {
  const pointer = showPointer(place) + (data.pointer ?? '');
  return { pointer, code, message, ...(data.hint !== undefined && { hint: data.hint }) };
}
