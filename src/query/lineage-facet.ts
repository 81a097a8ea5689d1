import type { LineageFacets } from '../graph/lineage/lineage.js';
import { organisationOf } from './organisation.js';
import type { Reader } from './reader.js';

export interface FacetCountView {
  value: string | null;
  count: number;
}

export interface LineageFacetsView {
  relations: FacetCountView[];
  /** Null: could not be opened. */
  types: FacetCountView[];
  organisations: FacetCountView[];
  depths: FacetCountView[];
}

/** Counts of an answer in the words it is answered in. */
export function shapeFacets(reader: Reader, facets: LineageFacets): LineageFacetsView {
  const { relations, kinds, authors, depths } = facets;
  return {
    relations: sum(relations),
    types: sum(kinds.map(([, type, count]) => [type, count])),
    organisations: sum(authors.map(([author, count]) => [organisationOf(reader, author), count])),
    depths: sum(depths.map(([depth, count]) => [String(depth), count])),
  };
}

function sum(
  counts: readonly (readonly [value: string | null, count: number])[],
): FacetCountView[] {
  const sums = new Map<string | null, number>();
  for (const [value, count] of counts) sums.set(value, (sums.get(value) ?? 0) + count);
  return [...sums].map(([value, count]) => ({ value, count }));
}
