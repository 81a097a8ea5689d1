import type { RelationFilter } from '../edge/relation.js';

/** Whether the filter lets a relation of that code through. */
export function isChosen({ from, to, mask }: RelationFilter, rel: number): boolean {
  return rel >= from && rel <= to && (mask & (1 << rel)) !== 0;
}
