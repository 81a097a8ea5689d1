import { isObject } from '../json-object.js';
import { memberSpan } from '../json-span.js';

/** True for what JSON-LD takes as a context: an IRI, an object of terms, or a list of these. */
export function isContext(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isSingle(item));
  return isSingle(value);
}

/**
 * The text of an event or vocabulary that stands by itself. Its terms mean what the document's context makes
 * them mean, so it takes that context along; a context of its own comes after, as JSON-LD applies them.
 *
 * @param text compact text of an object
 * @param outer compact text of the document's context, if there is one
 */
export function withContext(text: string, outer: string | undefined): string {
  if (outer === undefined) return text;
  const own = memberSpan(text, 0, '@context');
  if (!own) return `{"@context":${outer},${text.slice(1)}`;
  const merged = [...itemsOf(outer), ...itemsOf(text.slice(own.start, own.end))].join(',');
  return `${text.slice(0, own.start)}[${merged}]${text.slice(own.end)}`;
}

function itemsOf(context: string): string[] {
  const items = context.startsWith('[') ? context.slice(1, -1) : context;
  return items === '' ? [] : [items];
}

function isSingle(value: unknown): boolean {
  return value === null || isObject(value) || (typeof value === 'string' && value !== '');
}
