import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';
import { parseGeo } from './geo.js';

/** What is known of a location. */
export interface Place {
  /** Canonical. */
  id: string;
  name?: string;
  /** Degrees, WGS 84. */
  latitude?: number;
  longitude?: number;
}

type PlaceRow = [name: string | null, latitude: number | null, longitude: number | null];

/** A tree of places is no deeper and no larger than this; a cycle in master data ends. */
const PLACES_MAX = 10_000;

/** Master data of locations; a `geo:` URI (RFC 5870) is a place by itself. */
export class PlaceReader {
  private readonly byText: Select<PlaceRow>;
  private readonly below: Select<[text: string]>;

  constructor(database: DatabaseSync) {
    this.byText = new Select(
      database,
      `SELECT p.name, p.latitude, p.longitude FROM term t JOIN place p ON p.id = t.id
       WHERE t.text = ?`,
    );
    this.below = new Select(
      database,
      `WITH RECURSIVE inside(id) AS (
         SELECT id FROM term WHERE text = ?
         UNION
         SELECT c.child FROM inside i JOIN place_child c ON c.parent = i.id
         LIMIT ${PLACES_MAX}
       )
       SELECT t.text FROM inside i JOIN term t ON t.id = i.id`,
    );
  }

  place(location: string): Place | undefined {
    const row = this.byText.get(location);
    const [name, latitude, longitude] = row ?? [null, null, null];
    const point =
      latitude !== null && longitude !== null ? { latitude, longitude } : parseGeo(location);
    if (!row && !point) return undefined;
    return { id: location, ...(name !== null && { name }), ...point };
  }

  /** The location itself and all that master data puts below it. */
  within(location: string): string[] {
    const found = this.below.all(location).map(([text]) => text);
    return found.length > 0 ? found : [location];
  }
}
