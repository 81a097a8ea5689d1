import { memberSpan } from '../record/json-span.js';

const STANDARD_CONTEXT = '"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"';
const NAME = '"@context":';

/**
 * The JSON text of an EPCISQueryDocument with these events, numbers as they were spelt. The terms of each event mean what
 * they meant in the document it came in: a context that all of them have is the document's, otherwise each keeps its own.
 *
 * @param events compact texts
 * @param createdAt ms
 * @param subscriptionId of what is delivered to a subscriber
 */
export function formatQueryDocument(
  queryName: string,
  events: readonly string[],
  createdAt: number,
  subscriptionId?: string,
): string {
  const { context, list } = shareContext(events);
  const names = JSON.stringify({ queryName, subscriptionID: subscriptionId });
  const results = `${names.slice(0, -1)},"resultsBody":{"eventList":[${list.join(',')}]}}`;
  return [
    `{${NAME}${context},"type":"EPCISQueryDocument","schemaVersion":"2.0"`,
    `"creationDate":"${new Date(createdAt).toISOString()}"`,
    `"epcisBody":{"queryResults":${results}}}`,
  ].join(',');
}

/** An event that stands by itself has a context. */
export function withStandardContext(event: string): string {
  if (memberSpan(event, 0, '@context')) return event;
  return `{${NAME}${STANDARD_CONTEXT},${event.slice(1)}`;
}

function shareContext(events: readonly string[]): { context: string; list: readonly string[] } {
  const parts = events.map(takeContext);
  const [first] = parts;
  const isShared = parts.every((part) => part !== undefined && part.context === first?.context);
  if (!first || !isShared) return { context: STANDARD_CONTEXT, list: events };
  return { context: first.context, list: parts.map((part) => part!.rest) };
}

/** Undefined for an event without one, or with one that is not named plainly. */
function takeContext(event: string): { context: string; rest: string } | undefined {
  const span = memberSpan(event, 0, '@context');
  if (!span) return undefined;
  const start = span.start - NAME.length;
  if (event.slice(start, span.start) !== NAME) return undefined;
  const isLast = event[span.end] === '}';
  const before = event.slice(0, isLast && event[start - 1] === ',' ? start - 1 : start);
  const after = event.slice(isLast ? span.end : span.end + 1);
  return { context: event.slice(span.start, span.end), rest: before + after };
}
