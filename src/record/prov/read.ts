import { AppError } from '../../error.js';
import { parseInstant } from '../instant.js';
import type { JsonObject } from '../json-object.js';
import type { Path } from '../json-pointer.js';
import { readJson } from '../json-text.js';
import { provFault, type Place } from './fault.js';
import { isProvKind, PROV_KINDS, roleOf, type ProvKind, type ProvRole } from './kind.js';
import { Namespaces, NO_PREFIXES, readPrefixes } from './namespace.js';
import { isTable, parseKeepingNumbers } from './number-text.js';
import {
  isAnonymous,
  NAME_TYPES,
  PROV,
  XSD,
  type ProvAttribute,
  type ProvBundle,
  type ProvDocument,
  type ProvPrefixes,
  type ProvRecord,
  type ProvValue,
} from './prov.js';
import { readLiteral, readName, readPairs, type ValueContext } from './value.js';

const SIZE_MAX_BYTES = 67_108_864;
/** A pair's key of a record of a list in a bundle stands ten deep. */
const DEPTH_MAX = 16;
/** XML Schema lets the zone be left out; such a time is kept, though nobody knows when it was. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?$/;

/**
 * Reads a document in PROV-JSON (W3C Member Submission, 24 April 2013), and its dictionaries as ProvToolbox writes them. Scruffy
 * documents are read (PROV-CONSTRAINTS is another matter): records may lack any of their parts.
 *
 * @throws AppError TOO_LARGE, INVALID_RECORD, and what readJson throws
 */
export function readProvJson(input: string | Uint8Array): ProvDocument {
  checkProvSize(typeof input === 'string' ? Buffer.byteLength(input) : input.length);
  return readProvText(readJson(input, { depthMax: DEPTH_MAX }).text);
}

/** @throws AppError TOO_LARGE */
export function checkProvSize(sizeBytes: number): void {
  if (sizeBytes <= SIZE_MAX_BYTES) return;
  throw new AppError('TOO_LARGE', `a document is limited to ${SIZE_MAX_BYTES} bytes`, {
    hint: 'split it: bundles can be documents of their own',
  });
}

/** Like `readProvJson`, of JSON that has been checked. @throws AppError INVALID_RECORD */
export function readProvText(text: string): ProvDocument {
  const value = parseKeepingNumbers(text);
  if (!isTable(value)) {
    throw provFault({ path: [] }, 'a document is a JSON object', HINT);
  }
  const prefixes = readPrefixes(value['prefix'], []);
  return {
    prefixes,
    records: readRecords(value, new Namespaces(prefixes), []),
    bundles: readBundles(value['bundle'], prefixes),
  };
}

const HINT = `its members are prefix, bundle, ${PROV_KINDS.join(', ')}`;

function readBundles(value: unknown, outer: ProvPrefixes): ProvBundle[] {
  if (value === undefined) return [];
  const names = new Namespaces(outer);
  const path = ['bundle'];
  if (!isTable(value)) throw provFault({ path }, 'bundle is an object', BUNDLE_HINT);
  return Object.entries(value).map(([id, content], index) => {
    const place = { path, record: index + 1 };
    if (!isTable(content) || 'bundle' in content) {
      throw provFault(place, 'a bundle is an object, and holds no other', BUNDLE_HINT);
    }
    const within = [...path, id];
    const prefixes = readPrefixes(content['prefix'], within);
    return {
      id: readName(id, { names, place }, "a bundle's id"),
      prefixes: prefixes.size === 0 ? NO_PREFIXES : prefixes,
      records: readRecords(content, new Namespaces(outer, prefixes), within),
    };
  });
}

const BUNDLE_HINT = 'write {"bundle": {"ex:id": {"prefix": {}, "entity": {}}}}';

function readRecords(container: JsonObject, names: Namespaces, within: Path): ProvRecord[] {
  const records: ProvRecord[] = [];
  for (const [kind, table] of Object.entries(container)) {
    if (kind === 'prefix' || (kind === 'bundle' && within.length === 0)) continue;
    if (!isProvKind(kind)) {
      throw provFault({ path: within }, 'a member that PROV-JSON does not have', HINT);
    }
    const path = [...within, kind];
    if (!isTable(table)) throw provFault({ path }, `${kind} is an object`, RECORD_HINT);
    let record = 0;
    for (const [id, content] of Object.entries(table)) {
      record++;
      const context = { names, place: { path, record } };
      const name = readName(id, context, 'an id');
      const items: unknown[] = Array.isArray(content) ? content : [content];
      for (const item of items) {
        records.push({ kind, id: name, attributes: readAttributes(kind, item, context) });
      }
    }
  }
  return records;
}

const RECORD_HINT =
  'write {"entity": {"ex:id": {"prov:label": "text"}}}; several of one id as a list';

function readAttributes(kind: ProvKind, record: unknown, context: ValueContext): ProvAttribute[] {
  const { names, place } = context;
  if (!isTable(record)) {
    throw provFault(place, 'a record is an object', RECORD_HINT);
  }
  const attributes: ProvAttribute[] = [];
  const own = new Set<string>();
  for (const [text, given] of Object.entries(record)) {
    const name = readName(text, { names, place }, "an attribute's name");
    if (isAnonymous(name)) throw provFault(place, 'an attribute has no name', RECORD_HINT);
    const role = name.startsWith(PROV) ? roleOf(kind, name.slice(PROV.length)) : undefined;
    const values = role === undefined ? readValues(given, context) : readRole(role, given, context);
    if (role !== undefined && own.has(name)) throw toldTwice(place);
    own.add(name);
    for (const value of values) attributes.push({ name, value });
  }
  return attributes;
}

function toldTwice(place: Place): AppError {
  return provFault(place, 'an attribute stands twice', 'its prefixes differ: leave one out');
}

function readValues(given: unknown, context: ValueContext): ProvValue[] {
  const items: unknown[] = Array.isArray(given) ? given : [given];
  return items.map((item) => readLiteral(item, context));
}

function readRole(role: ProvRole, given: unknown, context: ValueContext): ProvValue[] {
  if (role === 'keys') return readValues(given, context);
  if (role === 'pairs') return readPairs(given, context);
  const items: unknown[] = Array.isArray(given) ? given : [given];
  if (items.length !== 1 && role !== 'names') {
    throw provFault(context.place, 'a record relates one thing to one', 'write a record for each');
  }
  return items.map((item) => (role === 'time' ? readTime : readPart)(item, context));
}

/** Names of what stands in a relation are plain strings; some write them as what they are. */
function readPart(item: unknown, context: ValueContext): ProvValue {
  const [type] = NAME_TYPES;
  const typed = isTable(item) ? readLiteral(item, context) : undefined;
  if (typed && 'name' in typed) return { name: typed.name, type };
  return { name: readName(item, context, 'what stands in a relation'), type };
}

function readTime(item: unknown, context: ValueContext): ProvValue {
  const value = readLiteral(item, context);
  const text = 'text' in value ? value.text : '';
  if (parseInstant(text) === undefined && !LOCAL_TIME.test(text)) {
    const hint = 'write it as 2026-01-31T12:00:00Z';
    throw provFault(context.place, 'a time of PROV is an xsd:dateTime', hint);
  }
  return { text, type: `${XSD}dateTime` };
}
