import { stringAt, type JsonObject } from '../json-object.js';
import { identifiersOf } from './identifier.js';
import { formatIdentifierName, nameByQuery, splitUrl } from './reference.js';
import { baseOf, type Named } from './wrapper.js';

/** Identities that several resources of one Bundle would have by their first business identifier: it does not tell them apart. */
export type SharedIdentities = ReadonlySet<string>;

const NONE: SharedIdentities = new Set();
const UUID_NAME = /^urn:uuid:[0-9a-f-]{36}$/i;

/**
 * What a resource is the same as, whenever it comes again from its source: what its sender's conditional request
 * says, else its id, else its first business identifier, unless others of its Bundle have that, too. One with an id is never taken for another that shares an
 * identifier with it: the claims of a claim group do. Undefined when nothing tells.
 *
 * @param request of its Bundle entry
 */
export function identityOf(
  named: Named,
  request?: JsonObject,
  shared: SharedIdentities = NONE,
): string | undefined {
  const type = stringAt(named.resource, 'resourceType');
  if (type === undefined) return undefined;
  const format = (name: string) => `fhir|${baseOf(named) ?? ''}|${type}|${name}`;
  const sure = (request && nameByRequest(type, request)) ?? nameById(type, named);
  if (sure !== undefined) return format(sure);
  const name = nameOf(named);
  if (name !== undefined && !shared.has(format(name))) return format(name);
  const { fullUrl = '' } = named;
  return name !== undefined && UUID_NAME.test(fullUrl) ? format(fullUrl.toLowerCase()) : undefined;
}

/** What each entry of a Bundle is known by and asks for. */
export interface IdentifiedEntry {
  named: Named;
  request?: JsonObject;
}

/** Entries that only an identifier names are one resource when their fullUrl is one, else as many as they are. */
export function sharedIdentities(entries: Iterable<IdentifiedEntry>): SharedIdentities {
  const urls = new Map<string, string | undefined>();
  const shared = new Set<string>();
  for (const { named, request } of entries) {
    if (stringAt(named.resource, 'id') !== undefined) continue;
    const identity = identityOf(named, request);
    if (identity === undefined) continue;
    const isFirst = !urls.has(identity);
    if (isFirst) urls.set(identity, named.fullUrl);
    else if (named.fullUrl === undefined || named.fullUrl !== urls.get(identity)) {
      shared.add(identity);
    }
  }
  return shared;
}

/** http://hl7.org/fhir/R4/http.html: conditional create and conditional update. */
function nameByRequest(type: string, request: JsonObject): string | undefined {
  const create = stringAt(request, 'ifNoneExist');
  if (create !== undefined) return nameByQuery(type, withoutType(create, type));
  const [path, query] = (stringAt(request, 'url') ?? '').split('?', 2);
  const isUpdate = stringAt(request, 'method') === 'PUT' && path === type;
  return isUpdate && query !== undefined ? nameByQuery(type, query) : undefined;
}

/** Many senders write `Type?` before it, although the standard has the query alone. */
function withoutType(query: string, type: string): string {
  return query.startsWith(`${type}?`) ? query.slice(type.length + 1) : query.replace(/^\?/, '');
}

function nameById(type: string, { resource, fullUrl }: Named): string | undefined {
  const id = stringAt(resource, 'id');
  if (id !== undefined) return `${type}/${id}`;
  const url = fullUrl === undefined ? undefined : splitUrl(fullUrl);
  return url?.type === type ? `${type}/${url.id}` : undefined;
}

function nameOf({ resource }: Named): string | undefined {
  const first = identifiersOf(resource).find(({ system }) => system !== '');
  return first && formatIdentifierName(first.system, first.value);
}
