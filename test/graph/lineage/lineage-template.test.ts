import { describe, expect, it } from '@jest/globals';
import { columnsOf, writeEdges } from '../../../src/graph/lineage/lineage-template.js';

const names = ['"a"', '"b"', '"c"'];
const textOf = () => '';
const write = (edges: number[]) =>
  writeEdges(
    [
      { key: 'from', field: 'from' },
      { key: 'target', field: 'to' },
      { key: '__typename', text: '"LineageEdge"' },
    ],
    { edges, told: [] },
    names,
    { textOf },
  );

describe('what a lineage template writes', () => {
  it('is JSON of every edge, also when it is put together in several parts', () => {
    const ends = Array.from({ length: 20_000 }, (_, i) => [i % 3, (i + 1) % 3] as const);
    const text = write(ends.flatMap(([from, to]) => [from, to, 0, 0]));
    expect(JSON.parse(text)).toEqual(
      ends.map(([from, to]) => ({
        ...{ from: 'abc'[from], target: 'abc'[to] },
        __typename: 'LineageEdge',
      })),
    );
  });

  it('is an empty list of nothing, and empty objects where nothing is asked', () => {
    expect(write([])).toBe('[]');
    const text = writeEdges([], { edges: [0, 1, 0, 0, 1, 2, 0, 0], told: [] }, names, { textOf });
    expect(text).toBe('[{},{}]');
  });

  it('reads the same columns in the same order, however its fields are ordered', () => {
    const common = { idPrefix: '', organisation: '' };
    const fields = ['version', 'type', 'rid', 'class', 'occurredAt'] as const;
    const nodes = fields.map((field) => ({ key: field, field }));
    expect(columnsOf({ nodes, ...common })).toEqual(['kind', 'occurred', 'rid', 'ver']);
    expect(columnsOf({ nodes: nodes.reverse(), ...common })).toEqual([
      ...['kind', 'occurred', 'rid', 'ver'],
    ]);
  });
});
