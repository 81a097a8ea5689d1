import { describe, expect, it } from '@jest/globals';
import type { LineageAnswer, LineageNode } from '../../src/graph/lineage.js';
import { redact } from '../../src/query/redaction.js';

describe('redaction', () => {
  // a <- b <- c, a <- secret <- d, c and d cite e
  const answer = lineage(
    ['a', 'b', 'c', 'secret', 'd', 'e'],
    ['a b', 'b c', 'a secret', 'secret d', 'd e', 'c e'],
  );
  const isVisible = ({ recordCid }: LineageNode) => recordCid !== 'secret';

  it('hands an answer on as it is when the viewer may see all of it', () => {
    expect(redact(answer, ['a'], 'UPSTREAM', () => true)).toEqual({ ...answer, redacted: 0 });
  });

  it('leaves out what may not be seen, and what is reached only through it', () => {
    const shown = redact(answer, ['a'], 'UPSTREAM', isVisible);
    expect(shown.nodes.map(({ recordCid }) => recordCid)).toEqual(['a', 'b', 'c', 'e']);
    expect(shown.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['a b', 'b c', 'c e']);
    expect(shown).toMatchObject({
      isComplete: false,
      reason: 'ACCESS',
      isOmittedExact: false,
      redacted: 1,
    });
  });

  it('follows edges backwards when asked downstream, and each way by itself when asked for both', () => {
    const down = redact(answer, ['e'], 'DOWNSTREAM', isVisible);
    expect(down.nodes.map(({ recordCid }) => recordCid)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(down.redacted).toBe(1);
    const both = redact(answer, ['c'], 'BOTH', isVisible);
    expect(both.nodes.map(({ recordCid }) => recordCid)).toEqual(['a', 'b', 'c', 'e']);
    expect(both.redacted).toBe(0);
  });

  it('names no hidden record in frontier or cycles', () => {
    const more = {
      ...answer,
      frontier: ['secret', 'e'],
      cycles: [
        ['a', 'secret'],
        ['a', 'b'],
      ],
    };
    const shown = redact(more, ['a'], 'UPSTREAM', isVisible);
    expect(shown.frontier).toEqual(['e']);
    expect(shown.cycles).toEqual([['a', 'b']]);
  });

  it('ends on cycles', () => {
    const cycle = lineage(['a', 'b', 'secret'], ['a b', 'b a', 'b secret', 'secret a']);
    expect(redact(cycle, ['a'], 'UPSTREAM', isVisible).nodes).toHaveLength(2);
  });
});

function lineage(cids: string[], edges: string[]): LineageAnswer {
  return {
    nodes: cids.map((recordCid, depth) => ({ recordCid, depth }) as LineageNode),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split(' ');
      return { from, to, relation: 'wasDerivedFrom', path: '/x' };
    }),
    isComplete: true,
    omitted: 0,
    isOmittedExact: true,
    frontier: [],
    cycles: [],
    unresolved: 0,
    position: 9,
  };
}
