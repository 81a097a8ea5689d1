import { describe, expect, it } from '@jest/globals';
import { mergeAnswers, type LineageAnswer } from '../../src/cli/lineage-answer.js';

function answer(part: Partial<LineageAnswer>): LineageAnswer {
  return {
    ...{ nodes: [], edges: [], isComplete: true, reason: null, omitted: 0, isOmittedExact: true },
    ...{ frontier: [], redacted: 0, cycles: [], position: 1 },
    ...part,
  };
}

describe('two walks from one root as one answer', () => {
  it('name each relation and each cycle once, though both went round', () => {
    const told = { path: '', evidence: null, since: null, until: null, rule: null };
    const edge = (from: string, to: string) => ({ from, to, relation: 'used' as const, ...told });
    const up = answer({ edges: [edge('a', 'b'), edge('b', 'a')], cycles: [['a', 'b']] });
    const down = answer({ edges: [edge('b', 'a'), edge('a', 'b')], cycles: [['b', 'a']] });
    const merged = mergeAnswers(up, { ...down, isComplete: false, reason: 'DEADLINE' });
    expect(merged.edges).toEqual(up.edges);
    expect(merged.cycles).toEqual([['a', 'b']]);
    expect(merged).toMatchObject({ isComplete: false, reason: 'DEADLINE' });
  });
});
