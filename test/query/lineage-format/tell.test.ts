import { describe, expect, it } from '@jest/globals';
import { collectLineage } from '../../../src/query/lineage-format/lineage-prov.js';
import { tellPaths } from '../../../src/query/lineage-format/tell.js';
import type { PathView } from '../../../src/query/path.js';
import type { RecordView } from '../../../src/query/record.js';
import type { LineageEdgeView } from '../../../src/query/lineage.js';
import { cid, ITEM, TELLING } from './told.js';

function view(name: string): RecordView {
  const node = {} as RecordView['node'];
  return {
    ...{ id: name, cid: cid(name), rid: name, version: 1, seq: 1, capturedAt: 0, class: 'dataset' },
    ...{ type: 'Dataset', mediaType: null, sizeBytes: 1, occurredAt: null, isLatest: true },
    ...{ author: 'key-1', statementCid: 's', entryCid: 'e', node },
  };
}

function step(from: string, to: string): LineageEdgeView {
  const nothing = { evidence: null, until: null, rule: null };
  return { from, to, relation: 'wasDerivedFrom', path: '', since: 86_400_000, ...nothing };
}

function path(...keys: string[]): PathView {
  return {
    keys,
    nodes: ['a', 'b', 'c'].filter((name) => keys.includes(cid(name))).map(view),
    edges: keys.slice(1).map((key, i) => step(keys[i]!, key)),
    length: keys.length - 1,
  };
}

describe('paths as one answer', () => {
  const [a, b, c] = [cid('a'), cid('b'), cid('c')];
  const paths = [path(a, b, c), path(a, c), path(a, ITEM, b)];

  it('have each node once, as near as it comes, and each edge once', () => {
    const told = tellPaths({ paths: [...paths, path(a, b)], isExhaustive: true, position: 4 });
    expect(told.nodes.map(({ id, depth }) => [id, depth])).toEqual([
      [a, 0],
      [b, 1],
      [c, 1],
    ]);
    expect(told.edges).toHaveLength(5);
    expect(told.edges[0]).toMatchObject({ from: a, to: b, since: '1970-01-02T00:00:00.000Z' });
    expect(told).toMatchObject({ isComplete: true, position: 4 });
  });

  it('say when there are others', () => {
    const told = tellPaths({ paths, isExhaustive: false, position: null });
    expect(told).toMatchObject({ isComplete: false, isOmittedExact: false });
  });

  it('name the things on them as entities', () => {
    const told = tellPaths({ paths, isExhaustive: true, position: 4 });
    const ids = collectLineage(told, TELLING).records.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([ITEM, `urn:cid:${a}`]));
  });
});
