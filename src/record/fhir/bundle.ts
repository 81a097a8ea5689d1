import type { Draft, Problem } from '../draft.js';
import { Findings } from '../finding.js';
import { isObject, stringAt, type JsonObject } from '../json-object.js';
import type { Path } from '../json-pointer.js';
import { JsonText } from '../json-text.js';
import { aliasesOf } from './extract.js';
import { sharedIdentities, type IdentifiedEntry, type SharedIdentities } from './identity.js';
import { draftResource } from './resource.js';
import { patientScope, type KnownScopes } from './scope-label.js';
import { readSource } from './source.js';
import { baseOf, nameAtSource, sourceOf, type Named } from './wrapper.js';

const BUNDLE_TYPES = new Set(
  `document message transaction transaction-response batch batch-response history searchset
  collection`.split(/\s+/),
);

/** What it begins with stands before every relative reference of its resource: a longer one would multiply the record. */
const FULL_URL_MAX_CHARACTERS = 1_024;

/** What holds for every entry of a Bundle. */
interface BundleContext {
  known: KnownScopes;
  shared: SharedIdentities;
  source?: string;
}

/**
 * A Bundle's resources one by one, those of Bundles inside it too; what holds for the Bundle as a whole is let go.
 *
 * @param source what names begin with where a fullUrl does not tell
 */
export function* readBundle(
  json: JsonText,
  place: Path = [],
  source?: string,
): Generator<Draft | Problem> {
  const bundle = json.value as JsonObject;
  const found = new Findings(place);
  checkBundle(bundle, found);
  if (found.problems.length > 0) return yield* found.problems;
  const entries = bundle['entry'] as unknown[];
  const texts = json.compactEach('/entry', 'resource');
  const told = sourceOf(bundle);
  const own = told === undefined ? source : readSource(told);
  const known = collectScopes(entries, own);
  const context = { known, shared: sharedIdentities(identified(entries, own)), source: own };
  for (let i = 0; i < entries.length; i++) {
    yield* readEntry(entries[i], texts[i], [...place, 'entry', i], context);
  }
}

function checkBundle(bundle: JsonObject, found: Findings): void {
  const { type, entry } = bundle;
  const told = sourceOf(bundle);
  if (told !== undefined && readSource(told) === undefined) {
    found.add('the link to its source is no absolute http(s) URL or URN', ['link']);
  }
  if (typeof type !== 'string' || !BUNDLE_TYPES.has(type)) {
    found.add('not a Bundle type of FHIR R4', ['type']);
  } else if (entry === undefined || (Array.isArray(entry) && entry.length === 0)) {
    found.add('the Bundle has no entries', [], 'EMPTY_INPUT');
  } else if (!Array.isArray(entry)) {
    found.add('entry is a list', ['entry']);
  }
}

function* readEntry(
  entry: unknown,
  text: string | undefined,
  place: Path,
  { known, shared, source }: BundleContext,
): Generator<Draft | Problem> {
  const found = new Findings(place);
  const named = readNamed(entry, found);
  if (!named || text === undefined) return yield* found.problems;
  const { resource, fullUrl } = named;
  const resourcePlace = [...place, 'resource'];
  if (resource['resourceType'] === 'Bundle') {
    yield* readBundle(new JsonText(text, resource), resourcePlace, source);
  } else {
    const { request } = entry as JsonObject;
    yield* draftResource({
      ...{ text, resource, fullUrl, source, place: resourcePlace, known, shared },
      ...(isObject(request) && { request }),
    });
  }
}

function readNamed(entry: unknown, found: Findings): Named | undefined {
  if (!isObject(entry)) {
    found.add('an entry is an object');
    return undefined;
  }
  const { resource, fullUrl } = entry;
  if (!isObject(resource)) found.add('an entry without a resource is not a record', ['resource']);
  if (fullUrl !== undefined && (typeof fullUrl !== 'string' || fullUrl === '')) {
    found.add('fullUrl is a string', ['fullUrl']);
  } else if (fullUrl !== undefined && fullUrl.length > FULL_URL_MAX_CHARACTERS) {
    found.add(`fullUrl has at most ${FULL_URL_MAX_CHARACTERS} characters`, ['fullUrl']);
  }
  if (found.problems.length > 0) return undefined;
  return { resource: resource as JsonObject, fullUrl: stringAt(entry, 'fullUrl') };
}

function* identified(entries: unknown[], source?: string): Generator<IdentifiedEntry> {
  for (const entry of entries) {
    if (!isObject(entry) || !isObject(entry['resource'])) continue;
    const { resource, request } = entry;
    const named = nameAtSource({ resource, fullUrl: stringAt(entry, 'fullUrl'), source });
    yield { named, ...(isObject(request) && { request }) };
  }
}

/** The patients first, because the other records refer to them by any of their names. */
function collectScopes(entries: unknown[], source?: string): KnownScopes {
  const known = new Map<string, string>();
  const named = entries.filter(isObject).filter(({ resource }) => isObject(resource));
  const isPatient = ({ resource }: JsonObject) =>
    (resource as JsonObject)['resourceType'] === 'Patient';
  for (const entry of named.filter(isPatient)) learnScope(entry, source, known);
  for (const entry of named.filter((other) => !isPatient(other))) {
    learnScope(entry, source, known);
  }
  return known;
}

function learnScope(
  entry: JsonObject,
  source: string | undefined,
  known: Map<string, string>,
): void {
  const resource = entry['resource'] as JsonObject;
  const named = nameAtSource({ resource, fullUrl: stringAt(entry, 'fullUrl'), source });
  const names = aliasesOf(named);
  const scope = patientScope(resource, names, { known, base: baseOf(named) });
  if (scope === undefined) return;
  for (const name of names) if (!known.has(name)) known.set(name, scope);
}
