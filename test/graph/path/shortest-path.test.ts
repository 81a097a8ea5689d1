import { describe, expect, it } from '@jest/globals';
import { findShortestPaths } from '../../../src/graph/path/shortest-path.js';
import { naivePaths } from '../naive-graph.js';
import fc, { tries } from '../../support/fast-check.js';

const graphs = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.record({
    next: fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 5 }), {
      minLength: size,
      maxLength: size,
    }),
    from: fc.nat(size - 1),
    to: fc.nat(size - 1),
  }),
);

describe('findShortestPaths', () => {
  it('finds every simple path once, shortest first', () => {
    fc.assert(
      fc.property(graphs, fc.nat(8), ({ next, from, to }, lengthMax) => {
        const expected = naivePaths(next, from, to, lengthMax);
        const search = { from, to, lengthMax, k: 100_000, isOver: () => false };
        const { paths, isExhaustive } = findShortestPaths(next, search);
        expect(isExhaustive).toBe(true);
        expect(paths.map((path) => path.join()).sort()).toEqual(
          expected.map((path) => path.join()).sort(),
        );
        expect(paths.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
      }),
      tries(500),
    );
  });

  it('finds the k shortest of them', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 6 }), ({ next, from, to }, k) => {
        const expected = naivePaths(next, from, to, 8);
        const search = { from, to, lengthMax: 8, k, isOver: () => false };
        const { paths, isExhaustive } = findShortestPaths(next, search);
        expect(paths.map(({ length }) => length)).toEqual(
          expected.slice(0, k).map(({ length }) => length),
        );
        expect(isExhaustive).toBe(expected.length <= k);
      }),
      tries(500),
    );
  });
});
