import type { Draft, Problem } from '../draft.js';
import { Findings } from '../finding.js';
import type { JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import { checkNul } from '../nul.js';
import { checkSize } from '../size.js';
import { withContext } from './context.js';
import { extractEvent } from './extract.js';
import { OwnTerms } from './rule/own-term.js';
import { checkRules } from './rule/rule.js';
import { checkEvent } from './structure.js';

export interface EventInput {
  event: JsonObject;
  /** The event's compact text. */
  text: string;
  /** Its place in its document. */
  place: Path;
  /** Compact text of the document's JSON-LD context. */
  context?: string;
}

/** One event as a draft, or what is wrong with it. */
export function draftEvent({ event, text, place, context }: EventInput): [Draft] | Problem[] {
  const found = new Findings(place);
  checkEvent(event, found);
  checkNul(text, event, found);
  const plaintext = withContext(text, context);
  checkSize(plaintext, found);
  // rules may trust the structure, and say nothing new of an event that has none
  if (found.problems.length === 0) {
    checkRules(event, new OwnTerms(context, event['@context']), found);
  }
  if (found.problems.length > 0) return found.problems;
  const extract = extractEvent(event, context);
  const draft: Draft = {
    pointer: formatPointer(place),
    class: 'epcis.event',
    mediaType: 'application/ld+json',
    text: plaintext,
    scopeLabel: supplyScope(extract.occurredAt!),
    extract,
    ...(found.warnings.length > 0 && { warnings: found.warnings }),
  };
  return [draft];
}

/** Supply events are sealed by the month they happened in, UTC. */
function supplyScope(occurredAt: number): string {
  return `supply/${new Date(occurredAt).toISOString().slice(0, 7)}`;
}
