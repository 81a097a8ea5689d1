import { attributionsOf, tellsParty, type Attribution } from './attribution.js';
import type { Naming, NamingReader } from './naming-reader.js';

const NAMINGS_AT_ONCE = 8_192;

/** Whose instances were. */
export class AttributionReader {
  constructor(private readonly namings: NamingReader) {}

  /** In the order of `things`. */
  of(things: readonly number[], upTo: number): Attribution[][] {
    const found: Attribution[][] = [];
    while (found.length < things.length) {
      const asked = things.slice(found.length);
      const rows = this.namings.many(asked, upTo, NAMINGS_AT_ONCE);
      const isAll = rows.length < NAMINGS_AT_ONCE;
      const whole = isAll ? asked.length : rows[rows.length - 1]!.place;
      const own = Array.from({ length: whole }, (): Naming[] => []);
      for (const row of rows) own[row.place]?.push(row);
      for (const namings of own) found.push(attributionsOf(namings));
      // one that has more than are read at once
      if (whole === 0) found.push(this.ofOne(asked[0]!, upTo));
    }
    return found;
  }

  ofOne(thing: number, upTo: number): Attribution[] {
    const telling: Naming[] = [];
    for (const page of this.namings.one(thing, upTo, NAMINGS_AT_ONCE)) {
      for (const naming of page) if (tellsParty(naming)) telling.push(naming);
    }
    return attributionsOf(telling);
  }
}
