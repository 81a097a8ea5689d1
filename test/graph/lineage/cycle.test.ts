import { describe, expect, it } from '@jest/globals';
import { findCycles } from '../../../src/graph/lineage/cycle.js';
import { PackedGraph } from '../../../src/graph/lineage/packed-graph.js';
import fc from '../../support/fast-check.js';

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
  );

/** Whether there is a way of one or more steps. */
function leadsTo(next: number[][], from: number, to: number): boolean {
  const seen = new Set<number>();
  const queue = [...next[from]!];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node === to) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    queue.push(...next[node]!);
  }
  return false;
}

describe('findCycles', () => {
  it('finds one true cycle for each knot, through its lowest node', () => {
    fc.assert(
      fc.property(graphs, (next) => {
        const nodes = next.map((_, node) => node);
        const knotted = nodes.filter((node) => leadsTo(next, node, node));
        const lowest = knotted.filter(
          (node) =>
            !knotted.some((other) => {
              return other < node && leadsTo(next, node, other) && leadsTo(next, other, node);
            }),
        );
        const cycles = findCycles(PackedGraph.ofLists(next), Infinity);
        expect(cycles.map(([start]) => start)).toEqual(lowest);
        for (const cycle of cycles) {
          expect(new Set(cycle).size).toBe(cycle.length);
          cycle.forEach((node, i) => {
            expect(next[node]).toContain(cycle[(i + 1) % cycle.length]);
          });
        }
      }),
    );
  });

  it('takes no longer for many knots than for one', () => {
    const next = Array.from({ length: 200_000 }, (_, node) => [node ^ 1]);
    const cycles = findCycles(PackedGraph.ofLists(next), Infinity);
    expect(cycles).toHaveLength(100_000);
    expect(cycles[49_999]).toEqual([99_998, 99_999]);
  });

  it('gives no more than asked for', () => {
    expect(findCycles(PackedGraph.ofLists([[0], [1], [2]]), 2)).toEqual([[0], [1]]);
  });

  it('bears a cycle of a million', () => {
    const size = 1_000_000;
    const next = Array.from({ length: size }, (_, node) => [(node + 1) % size]);
    expect(findCycles(PackedGraph.ofLists(next), 1)[0]).toHaveLength(size);
  });
});
