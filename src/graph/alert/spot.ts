import { LruMap } from '../../crypto/lru.js';
import type { Place } from '../trace/place-reader.js';
import { siteOf } from '../trace/site.js';
import type { TraceEvent } from '../trace/trace-event.js';
import { glnOf } from './company-prefix.js';
import type { Spot } from './impossible-travel.js';

type Where = Pick<TraceEvent, 'readPoint' | 'bizLocation'>;

const SITES_KEPT = 10_000;
const sites = new LruMap<string, string>(SITES_KEPT);

/** The site where an event happened, if it says: that of its read point, else of the business location. */
export function siteAt({ readPoint, bizLocation }: Where): string | undefined {
  const place = readPoint ?? bizLocation;
  if (place === undefined) return undefined;
  const known = sites.get(place);
  if (known !== undefined) return known;
  const site = siteOf(place);
  sites.set(place, site);
  return site;
}

/** Where an event happened; its point is that of the nearest thing that master data knows of: place, else site. */
export function spotAt(
  where: Where,
  placeOf: (location: string) => Place | undefined,
): Spot | undefined {
  const { readPoint, bizLocation } = where;
  const place = readPoint ?? bizLocation;
  if (place === undefined) return undefined;
  const site = glnOf(place) === '' ? undefined : siteAt(where);
  for (const location of [readPoint, bizLocation]) {
    const point = location === undefined ? undefined : pointOf(location, placeOf);
    if (point) return { site, point };
  }
  return { site };
}

function pointOf(
  location: string,
  placeOf: (location: string) => Place | undefined,
): Spot['point'] | undefined {
  for (const at of [location, siteAt({ readPoint: location })!]) {
    const { latitude, longitude } = placeOf(at) ?? {};
    if (latitude !== undefined && longitude !== undefined) return { latitude, longitude };
  }
  return undefined;
}
