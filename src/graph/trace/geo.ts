/** Degrees, WGS 84. */
export interface Point {
  latitude: number;
  longitude: number;
}

const GEO = /^geo:(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)(?=$|[,;])/i;
const CRS = /;crs=(?!wgs84(?:;|$))/i;

/** The point a `geo:` URI names (RFC 5870); undefined for anything else and for another reference system. */
export function parseGeo(text: string): Point | undefined {
  const match = GEO.exec(text);
  if (!match || CRS.test(text)) return undefined;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude };
}
