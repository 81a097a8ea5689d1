import type { Extract } from '../draft.js';
import { stringAt } from '../json-object.js';
import { uniqueIdentifiers } from '../unique.js';
import { identifiersOf, productsOf } from './identifier.js';
import { collectLinks } from './link.js';
import { occurredAt, validUntil } from './moment.js';
import { formatIdentifierName, namesByUrl, namesOf, splitUrl } from './reference.js';
import type { Named } from './wrapper.js';

/** Names, identifiers, links and times of a resource. Trusts nothing about its structure. */
export function extractResource(named: Named): Extract {
  const { resource, fullUrl } = named;
  const type = stringAt(resource, 'resourceType') ?? 'unknown';
  const id = stringAt(resource, 'id');
  const base = fullUrl === undefined ? undefined : splitUrl(fullUrl)?.base;
  const links = collectLinks(resource, type, base);
  const identifiers = [...identifiersOf(resource), ...productsOf(resource), ...links.products];
  const times = { occurredAt: occurredAt(resource), validUntil: validUntil(type, resource) };
  // Members are absent rather than undefined, so that an extract is equal to its JSON.
  return {
    type,
    ...(id !== undefined && { id }),
    aliases: aliasesOf(named),
    identifiers: uniqueIdentifiers(identifiers),
    references: links.references,
    ...(times.occurredAt !== undefined && { occurredAt: times.occurredAt }),
    ...(times.validUntil !== undefined && { validUntil: times.validUntil }),
  };
}

/** Every name others may use for a resource: by id, by fullUrl, by business identifier. */
export function aliasesOf({ resource, fullUrl }: Named): string[] {
  const { resourceType, id } = resource;
  const byId = typeof resourceType === 'string' && typeof id === 'string';
  const aliases = [
    ...(byId ? namesOf(resourceType, id) : []),
    ...(fullUrl === undefined ? [] : namesByUrl(fullUrl)),
    ...identifiersOf(resource)
      .filter(({ system }) => system !== '')
      .map(({ system, value }) => formatIdentifierName(system, value)),
  ];
  return [...new Set(aliases)];
}
