import type { Relation } from '../../record/draft.js';

/**
 * Position is the stored code. `refersTo` stands last so that
 * the default of lineage, everything but it, is one range of the edge index.
 */
export const RELATIONS: readonly Relation[] = [
  'wasDerivedFrom',
  'wasRevisionOf',
  'wasGeneratedBy',
  'used',
  'wasAttributedTo',
  'wasAssociatedWith',
  'wasInvalidatedBy',
  'hadMember',
  'refersTo',
];

const CODES = new Map<string, number>(RELATIONS.map((relation, code) => [relation, code]));

/** A published link may name a relation we do not know: it still names a source. */
export function encodeRelation(name: string): number {
  return CODES.get(name) ?? 0;
}

export function decodeRelation(code: number): Relation {
  return RELATIONS[code] ?? 'wasDerivedFrom';
}

/** A set of relations as the range of codes that holds it and a bit for each. */
export interface RelationFilter {
  from: number;
  to: number;
  mask: number;
}

/** Without a list: every relation but `refersTo`. An empty list follows nothing. */
export function formatRelationFilter(relations?: readonly Relation[]): RelationFilter {
  const names = relations ?? RELATIONS.filter((relation) => relation !== 'refersTo');
  const codes = names.flatMap((name) => CODES.get(name) ?? []);
  const mask = codes.reduce((bits, code) => bits | (1 << code), 0);
  if (codes.length === 0) return { from: 0, to: -1, mask };
  return { from: Math.min(...codes), to: Math.max(...codes), mask };
}
