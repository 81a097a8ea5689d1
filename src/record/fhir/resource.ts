import type { Draft, Problem } from '../draft.js';
import { editionOf } from '../edition.js';
import { Findings } from '../finding.js';
import type { JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import { checkNul } from '../nul.js';
import { checkSize } from '../size.js';
import { extractResource } from './extract.js';
import { checkNpi } from './npi.js';
import { identityOf, type SharedIdentities } from './identity.js';
import { scopeLabelOf, type KnownScopes } from './scope-label.js';
import { checkResource } from './structure.js';
import { baseOf, isSelfTold, nameAtSource, wrapResource, type Named } from './wrapper.js';

export interface ResourceInput extends Named {
  /** The resource's compact text. */
  text: string;
  /** Its place in its document. */
  place: Path;
  /** What its Bundle entry asks a server to do with it. */
  request?: JsonObject;
  known?: KnownScopes;
  /** Of its Bundle. */
  shared?: SharedIdentities;
}

/** One resource as a draft, or what is wrong with it. */
export function draftResource(input: ResourceInput): [Draft] | Problem[] {
  const { resource, request, place, known = new Map(), shared } = input;
  const found = new Findings(place);
  checkResource(resource, found);
  checkNul(input.text, resource, found);
  const named = nameAtSource(input);
  // sealed with what it was known by, so that a rebuild from sealed text finds the same names and links
  const text = isSelfTold(named) ? input.text : wrapResource(input.text, named);
  checkSize(text, found);
  if (found.problems.length > 0) return found.problems;
  checkNpi(resource, found);
  const extract = extractResource(named);
  const identity = identityOf(named, request, shared);
  const edition = editionOf(resource);
  const draft: Draft = {
    pointer: formatPointer(place),
    class: 'fhir.resource',
    mediaType: 'application/fhir+json',
    text,
    scopeLabel: scopeLabelOf(resource, extract, { known, base: baseOf(named) }),
    extract,
    ...(identity !== undefined && { identity }),
    ...(edition && { edition }),
    ...(found.warnings.length > 0 && { warnings: found.warnings }),
  };
  return [draft];
}
