const EARTH_RADIUS_KM = 6_371;

interface Point {
  latitude: number;
  longitude: number;
}

/** Great circle distance (haversine). */
export function distanceKm(from: Point, to: Point): number {
  const [a, b] = [radians(from.latitude), radians(to.latitude)];
  const across = Math.sin((b - a) / 2) ** 2;
  const along = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(across + Math.cos(a) * Math.cos(b) * along));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
