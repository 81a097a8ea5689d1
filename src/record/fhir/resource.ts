import type { Draft, Extract, Problem } from '../draft.js';
import { Findings } from '../finding.js';
import type { JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import { checkNul } from '../nul.js';
import { checkSize } from '../size.js';
import { extractResource } from './extract.js';
import { checkNpi } from './npi.js';
import { namesOf, splitUrl } from './reference.js';
import { scopeLabelOf, type KnownScopes } from './scope-label.js';
import { checkResource } from './structure.js';
import { wrapResource, type Named } from './wrapper.js';

export interface ResourceInput extends Named {
  /** The resource's compact text. */
  text: string;
  /** Its place in its document. */
  place: Path;
  known?: KnownScopes;
}

/** One resource as a draft, or what is wrong with it. */
export function draftResource(input: ResourceInput): [Draft] | Problem[] {
  const { resource, fullUrl, place, known = new Map() } = input;
  const found = new Findings(place);
  checkResource(resource, found);
  checkNul(input.text, resource, found);
  const { text, extract } = sealable(input);
  checkSize(text, found);
  if (found.problems.length > 0) return found.problems;
  checkNpi(resource, found);
  const base = fullUrl === undefined ? undefined : splitUrl(fullUrl)?.base;
  const draft: Draft = {
    pointer: formatPointer(place),
    class: 'fhir.resource',
    mediaType: 'application/fhir+json',
    text,
    scopeLabel: scopeLabelOf(resource, extract, { known, base }),
    extract,
    ...(found.warnings.length > 0 && { warnings: found.warnings }),
  };
  return [draft];
}

/**
 * The text to seal, and its extract. A fullUrl that the resource alone cannot tell is sealed with it, so that
 * a rebuild from sealed text finds the same names and links.
 */
function sealable({ text, resource, fullUrl }: ResourceInput): Pick<Draft, 'text' | 'extract'> {
  const extract = extractResource({ resource });
  if (fullUrl === undefined) return { text, extract };
  if (isTold(resource, fullUrl) && !namesServer(extract, fullUrl)) return { text, extract };
  return {
    text: wrapResource(text, fullUrl),
    extract: extractResource({ resource, fullUrl }),
  };
}

/** Absolute references to the resource's own server can be told from others only while that server is known. */
function namesServer({ references }: Extract, fullUrl: string): boolean {
  const url = splitUrl(fullUrl);
  return url !== undefined && references.some(({ target }) => target.startsWith(`${url.base}/`));
}

/** True when a resource has its fullUrl's name by its own type and id. */
function isTold({ resourceType, id }: JsonObject, fullUrl: string): boolean {
  if (typeof resourceType !== 'string' || typeof id !== 'string') return false;
  const names = namesOf(resourceType, id);
  if (names.includes(fullUrl) || names.includes(fullUrl.toLowerCase())) return true;
  const url = splitUrl(fullUrl);
  return url !== undefined && url.type === resourceType && url.id === id;
}
