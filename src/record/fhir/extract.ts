import type { Extract } from '../draft.js';
import { stringAt } from '../json-object.js';
import { uniqueIdentifiers } from '../unique.js';
import { clinicalFact } from './fact/clinical-facts.js';
import { dispenseFacts } from './fact/dispense.js';
import { identifiersOf, productsOf } from './identifier.js';
import { collectLinks } from './link.js';
import { occurredAt, validUntil } from './moment.js';
import { formatIdentifierName, namesOf, normaliseReference } from './reference.js';
import { baseOf, type Named } from './wrapper.js';

/** Names, identifiers, links and times of a resource. Trusts nothing about its structure. */
export function extractResource(named: Named): Extract {
  const { resource } = named;
  const type = stringAt(resource, 'resourceType') ?? 'unknown';
  const id = stringAt(resource, 'id');
  const links = collectLinks(resource, type, baseOf(named));
  const identifiers = [...identifiersOf(resource), ...productsOf(resource), ...links.products];
  const times = { occurredAt: occurredAt(resource), validUntil: validUntil(type, resource) };
  const clinical = clinicalFact(resource, baseOf(named));
  const dispense = dispenseFacts(resource, baseOf(named));
  // Members are absent rather than undefined, so that an extract is equal to its JSON.
  return {
    type,
    ...(id !== undefined && { id }),
    aliases: aliasesOf(named),
    identifiers: uniqueIdentifiers(identifiers),
    references: links.references,
    ...(times.occurredAt !== undefined && { occurredAt: times.occurredAt }),
    ...(times.validUntil !== undefined && { validUntil: times.validUntil }),
    ...(clinical && { clinical }),
    ...(dispense && { dispense }),
  };
}

/** Every name others may use for a resource: by id at its source, by fullUrl, by business identifier. */
export function aliasesOf(named: Named): string[] {
  const { resource, fullUrl } = named;
  const { resourceType, id } = resource;
  const isNumbered = typeof resourceType === 'string' && typeof id === 'string';
  const byUrl = fullUrl === undefined ? undefined : normaliseReference(fullUrl);
  const aliases = [
    ...(isNumbered ? namesOf(resourceType, id, baseOf(named)) : []),
    ...(byUrl === undefined ? [] : [byUrl]),
    ...identifiersOf(resource)
      .filter(({ system }) => system !== '')
      .map(({ system, value }) => formatIdentifierName(system, value)),
  ];
  return [...new Set(aliases)];
}
