import type { KindReader } from '../record/kind.js';
import type { LineageFacets } from './lineage.js';
import type { ThingKind } from './lineage-thing.js';
import { decodeRelation } from '../edge/relation.js';

/** What a page consists of, in codes. */
export interface FacetCodes {
  /** Kind and author of each record, and the kinds of things. */
  records: Iterable<readonly [kind: number, author: number]>;
  things: Iterable<ThingKind>;
  depths: Iterable<number>;
  relations: Iterable<number>;
}

/** Counts a page by what it consists of. */
export function countFacets(
  codes: FacetCodes,
  kinds: KindReader,
  textOf: (term: number) => string,
): LineageFacets {
  const records = [...codes.records];
  const byKind = tally(records.map(([kind]) => kind)).map(
    ([id, count]): LineageFacets['kinds'][number] => {
      const kind = kinds.of(id);
      return [kind?.class ?? null, kind?.type ?? null, count];
    },
  );
  const byThing = tally(codes.things).map(([kind, count]): LineageFacets['kinds'][number] => [
    null,
    kind,
    count,
  ]);
  return {
    relations: tally(codes.relations).map(([rel, count]) => [decodeRelation(rel), count]),
    kinds: [...byKind, ...byThing].sort(([, , a], [, , b]) => b - a),
    authors: tally(records.map(([, author]) => author)).map(([id, count]) => [textOf(id), count]),
    depths: tally(codes.depths).sort(([a], [b]) => a - b),
  };
}

/** Most first; those of one count in the order of their coming. */
function tally<T>(values: Iterable<T>): [value: T, count: number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
