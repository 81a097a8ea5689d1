import {
  aiOf,
  isKey,
  qualifies,
  toIdentifier,
  type Gs1Element,
  type Gs1Identifier,
} from './key.js';
import { decodePercent, encodeLinkValue } from './percent.js';
import { shapeFault } from './shape.js';

const HOME = 'id.gs1.org';
const URL_PARTS = /^https?:\/\/([^/?#]+)\/([^?#]+)/i;

/** A key and its qualifiers fill at most this many segments of a path. */
const SEGMENTS_MAX = 10;

/**
 * Reads a GS1 Digital Link URI of any domain and path prefix, with numbers or names (`/gtin/`, `/lot/`); its query says
 * nothing of identity. Elsewhere than at id.gs1.org a path may look like one by chance, so its key must be whole.
 */
export function parseDigitalLink(text: string): Gs1Identifier | undefined {
  const parts = URL_PARTS.exec(text);
  if (!parts) return undefined;
  const segments = parts[2]!.split('/');
  if (segments.at(-1) === '') segments.pop();
  const isHome = parts[1]!.toLowerCase() === HOME;
  const first = Math.max(0, segments.length - SEGMENTS_MAX);
  for (let i = segments.length - 2; i >= first; i -= 2) {
    if (!isKey(aiOf(segments[i]!))) continue;
    const id = readPairs(segments.slice(i));
    if (id && (isHome || isLikely(id))) return id;
  }
  return undefined;
}

/**
 * The canonical constrained Digital Link: at id.gs1.org, by numbers, down to the finest level and no further attribute
 * (CBV 2.0 section 8.9, GS1 Digital Link 1.2).
 */
export function formatDigitalLink({ key, qualifiers }: Gs1Identifier): string {
  const finest = qualifiers.findLast(({ ai }) => ai !== '22');
  const elements = finest ? [key, finest] : [key];
  const path = elements.map(({ ai, value }) => `/${ai}/${encodeLinkValue(value)}`).join('');
  return `https://${HOME}${path}`;
}

function readPairs(segments: string[]): Gs1Identifier | undefined {
  const elements: Gs1Element[] = [];
  for (let i = 0; i < segments.length; i += 2) {
    const ai = aiOf(segments[i]!);
    const value = decodePercent(segments[i + 1]!);
    if (!value || elements.some((element) => element.ai === ai)) return undefined;
    if (i > 0 && !qualifies(ai, elements[0]!.ai)) return undefined;
    elements.push({ ai, value });
  }
  const [key, ...qualifiers] = elements;
  return toIdentifier(key!, qualifiers);
}

/** Keys that are text begin with the company prefix, which is six digits or more. */
function isLikely(id: Gs1Identifier): boolean {
  return shapeFault(id) === undefined && /^\d{6}/.test(id.key.value);
}
