import { stringAt, type JsonObject } from '../json-object.js';
import { identifiersOf } from './identifier.js';
import { formatIdentifierName, nameByQuery, splitUrl } from './reference.js';
import { baseOf, type Named } from './wrapper.js';

/**
 * What a resource is the same as, whenever it comes again from its source: what its sender's conditional request
 * says, else its id, else its first business identifier. One with an id is never taken for another that shares an
 * identifier with it: the claims of a claim group do. Undefined when nothing tells.
 *
 * @param request of its Bundle entry
 */
export function identityOf(named: Named, request?: JsonObject): string | undefined {
  const type = stringAt(named.resource, 'resourceType');
  if (type === undefined) return undefined;
  const name = (request && nameByRequest(type, request)) ?? nameById(type, named) ?? nameOf(named);
  return name === undefined ? undefined : `fhir|${baseOf(named) ?? ''}|${type}|${name}`;
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
