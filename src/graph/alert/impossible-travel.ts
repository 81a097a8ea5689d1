import type { Point } from '../trace/geo.js';
import type { HistoryEntry } from '../trace/trace-event.js';
import { isOwn, suspect, type Suspicion } from './suspicion.js';

/** Faster than what carries goods flies. */
const SPEED_MAX_KMH = 900;
/** Nearer places are told apart by clocks and maps that are not that exact. */
const DISTANCE_MIN_KM = 50;
const HOUR_MS = 3_600_000;
const EARTH_RADIUS_KM = 6_371.0088;
/** Half way round. */
const FARTHEST_KM = Math.PI * EARTH_RADIUS_KM;

/** Where an event happened. */
export interface Spot {
  /** The whole site, when the place has a GLN. */
  site?: string;
  point?: Point;
}

interface Sighting {
  entry: HistoryEntry;
  spot: Spot;
}

/**
 * An item seen at two places between which nothing travels so fast.
 *
 * @param entries own and inherited events that count, in order of position
 * @param spotOf where an event happened; undefined when it does not say
 * @param names whether an event names a container too
 */
export function findImpossibleTravel(
  entries: readonly HistoryEntry[],
  spotOf: (entry: HistoryEntry) => Spot | undefined,
  names: (seq: number, container: string) => boolean = () => false,
): Suspicion[] {
  const found: Suspicion[] = [];
  let last: Sighting | undefined;
  let lastWithPoint: Sighting | undefined;
  for (const entry of entries) {
    const spot = entry.source.kind === 'LOCATION_SENSOR' ? undefined : spotOf(entry);
    if (!spot) continue;
    const sighting = { entry, spot };
    if (last && isAtOnce(last, sighting) && isOfItem(last, sighting, names)) {
      found.push(suspicionOf('TWO_PLACES_AT_ONCE', last, sighting));
    }
    if (lastWithPoint && isTooFast(lastWithPoint, sighting)) {
      if (isOfItem(lastWithPoint, sighting, names)) {
        found.push(suspicionOf('TOO_FAST', lastWithPoint, sighting));
      }
    }
    last = sighting;
    if (spot.point) lastWithPoint = sighting;
  }
  return found;
}

function suspicionOf(
  reason: 'TOO_FAST' | 'TWO_PLACES_AT_ONCE',
  earlier: Sighting,
  later: Sighting,
): Suspicion {
  return suspect('IMPOSSIBLE_TRAVEL', reason, [later.entry.event, earlier.entry.event]);
}

/**
 * What a container does is told of the container, and not again of all that is in it: one of the two must be of the item
 * itself, seen without the container.
 */
function isOfItem(
  { entry: a }: Sighting,
  { entry: b }: Sighting,
  names: (seq: number, container: string) => boolean,
): boolean {
  if (isOwn(a) && isOwn(b)) {
    const areInside = a.role === 'CHILD' && b.role === 'CHILD';
    return !areInside || a.event.parent === undefined || a.event.parent !== b.event.parent;
  }
  const [own, inherited] = isOwn(a) ? [a, b] : [b, a];
  if (!isOwn(own) || own.role === 'CHILD') return false;
  const { source } = inherited;
  return source.kind === 'CONTAINER' && !names(own.event.seq, source.epc);
}

function isAtOnce(a: Sighting, b: Sighting): boolean {
  if (a.entry.event.time !== b.entry.event.time) return false;
  return a.spot.site !== undefined && b.spot.site !== undefined && a.spot.site !== b.spot.site;
}

function isTooFast(a: Sighting, b: Sighting): boolean {
  const [from, to] = [a.spot.point, b.spot.point];
  if (!from || !to || isSame(from, to)) return false;
  const reachKm = ((b.entry.event.time - a.entry.event.time) / HOUR_MS) * SPEED_MAX_KMH;
  if (reachKm > FARTHEST_KM) return false;
  const km = distanceKm(from, to);
  return km > DISTANCE_MIN_KM && km > reachKm;
}

function isSame(a: Point, b: Point): boolean {
  return a.latitude === b.latitude && a.longitude === b.longitude;
}

/** Along a great circle of a round earth: half a percent off at most. */
export function distanceKm(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(rad(to - from) / 2) ** 2;
  const h =
    half(a.latitude, b.latitude) +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
