import { describe, expect, it } from '@jest/globals';
import { formatTree } from '../../src/cli/lineage-tree.js';

const node = (id: string, type: string, seq: number) => ({ id, type, seq });
const edge = (from: string, to: string, relation = 'wasDerivedFrom') => ({ from, to, relation });

describe('formatTree', () => {
  const view = {
    nodes: [
      node('e', 'ExplanationOfBenefit', 9),
      node('c', 'Claim', 8),
      node('v', 'Encounter', 2),
      node('d', 'Condition', 3),
    ],
    edges: [edge('e', 'c'), edge('c', 'v'), edge('c', 'd'), edge('d', 'v')],
  };

  it('unfolds the sources of a record, and names a source met again without unfolding it again', () => {
    expect(formatTree(view, 'e', 'UPSTREAM')).toEqual([
      'ExplanationOfBenefit #9  e',
      '└─ wasDerivedFrom Claim #8  c',
      '   ├─ wasDerivedFrom Encounter #2  v',
      '   └─ wasDerivedFrom Condition #3  d',
      '      └─ wasDerivedFrom Encounter #2  v (above)',
    ]);
  });

  it('reads the relations the other way round when walking downstream', () => {
    expect(formatTree(view, 'c', 'DOWNSTREAM')).toEqual([
      'Claim #8  c',
      '└─ source of ExplanationOfBenefit #9  e',
    ]);
  });

  it('says by what two records were matched of which neither names the other', () => {
    const nodes = [node('c', 'Claim', 8), node('o', 'ObjectEvent', 5)];
    const edges = [{ ...edge('c', 'o'), rule: 'SERIAL' }];
    expect(formatTree({ nodes, edges }, 'c', 'UPSTREAM')).toEqual([
      'Claim #8  c',
      '└─ wasDerivedFrom (by SERIAL) ObjectEvent #5  o',
    ]);
  });

  it('ends at a cycle', () => {
    const cycle = {
      nodes: [node('a', 'Claim', 1), node('b', 'Claim', 2)],
      edges: [edge('a', 'b'), edge('b', 'a')],
    };
    expect(formatTree(cycle, 'a', 'UPSTREAM')).toHaveLength(3);
  });

  it('shows day and type as far as they are known', () => {
    const nodes = [{ id: 'a', type: null, seq: 1, occurredAt: '2025-02-03T04:05:06.000Z' }];
    expect(formatTree({ nodes, edges: [] }, 'a', 'UPSTREAM')).toEqual([
      '(sealed) 2025-02-03 #1  a',
    ]);
  });
});
