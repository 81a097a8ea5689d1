import { parseIdentifier } from '../../record/gs1/identifier.js';
import { LruMap } from '../../crypto/lru.js';
import type { TraceEvent } from '../trace/trace-event.js';

/** GS1 company prefixes have from 6 to 12 digits; how many is written nowhere in a key. */
const SHARED_DIGITS_MIN = 6;
const GTIN_DIGITS = 14;
const PLACES_KEPT = 10_000;

const glns = new LruMap<string, string>(PLACES_KEPT);

/**
 * Whether the place of an event seems to be of the company whose prefix the GTIN has; undefined when the place has no
 * GLN.
 *
 * @param gtin class of an instance, canonical
 */
export function formsPrefix(gtin: string, event: TraceEvent): boolean | undefined {
  // the digit before the prefix says how much is in a pack
  const digits = gtin.slice(-GTIN_DIGITS + 1);
  const found = [event.readPoint, event.bizLocation]
    .map((place) => (place === undefined ? '' : glnOf(place)))
    .filter((gln) => gln !== '');
  if (found.length === 0) return undefined;
  return found.some((gln) => gln.startsWith(digits.slice(0, SHARED_DIGITS_MIN)));
}

/** Empty when there is none. */
export function glnOf(place: string): string {
  const known = glns.get(place);
  if (known !== undefined) return known;
  const id = parseIdentifier(place);
  const gln = id && (id.kind === 'SGLN' || id.kind === 'GLN') ? id.key.value : '';
  glns.set(place, gln);
  return gln;
}
