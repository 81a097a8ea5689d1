import { describe, expect, it } from '@jest/globals';
import {
  decodeRelation,
  encodeRelation,
  formatRelationFilter,
  RELATIONS,
} from '../../../src/graph/edge/relation.js';

describe('a relation', () => {
  it('is the same after it was stored', () => {
    for (const relation of RELATIONS)
      expect(decodeRelation(encodeRelation(relation))).toBe(relation);
  });

  it('nobody knows still names a source', () => {
    expect(decodeRelation(encodeRelation('was-inspired-by'))).toBe('wasDerivedFrom');
  });
});

describe('a filter of relations', () => {
  const holds = (filter: ReturnType<typeof formatRelationFilter>, relation: string) => {
    const code = encodeRelation(relation);
    return code >= filter.from && code <= filter.to && (filter.mask & (1 << code)) !== 0;
  };

  it('holds all but refersTo unless told otherwise', () => {
    const held = RELATIONS.filter((relation) => holds(formatRelationFilter(), relation));
    expect(held).toEqual(RELATIONS.filter((relation) => relation !== 'refersTo'));
  });

  it('holds exactly what it was given', () => {
    const given = formatRelationFilter(['used', 'refersTo']);
    expect(RELATIONS.filter((relation) => holds(given, relation))).toEqual(['used', 'refersTo']);
    const none = formatRelationFilter([]);
    expect(RELATIONS.filter((relation) => holds(none, relation))).toEqual([]);
  });
});
