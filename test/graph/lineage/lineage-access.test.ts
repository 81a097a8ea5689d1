import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  LineageAccess,
  LineageAnswer,
  LineageRequest,
} from '../../../src/graph/lineage/lineage.js';
import type { LineageTemplate } from '../../../src/graph/lineage/lineage-template.js';
import { nameOf } from '../../../src/graph/lineage/lineage-node.js';
import { LogBuilder, TestIndex } from '../log-builder.js';

let open: TestIndex[] = [];

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

/** Records by name, each from others; `secret` ones are of a type of their own. */
function build(spec: Record<string, string[]>) {
  const log = new LogBuilder();
  for (const [name, from] of Object.entries(spec)) {
    const type = name.startsWith('secret') ? 'Secret' : 'Claim';
    log.add(name, { from, extract: { type, occurredAt: 5_000 } });
  }
  const made = TestIndex.of(log.rows);
  open.push(made);
  const names = new Map(log.rows.map((row, i) => [row.recordCid!, Object.keys(spec)[i]!]));
  const cidOf = (name: string) => log.rows[Object.keys(spec).indexOf(name)]!.recordCid!;
  const kinds = made.reader.listKinds();
  const hidden = kinds.filter(({ type }) => type === 'Secret').map(({ id }) => id);
  const access: LineageAccess = {
    ...{ hidden, undated: hidden, kindMax: Math.max(...kinds.map(({ id }) => id)) },
    ...{ things: 'OPEN', thingKey: 'AAAA' },
  };
  const walk = (roots: string[], rest: Partial<LineageRequest> = {}): LineageAnswer =>
    made.reader.lineage({
      ...{ roots: roots.map(cidOf), direction: 'UPSTREAM', depthMax: 99, nodesMax: 99 },
      ...{ deadlineMs: 9_000, access, ...rest },
    });
  const shown = (answer: LineageAnswer) => answer.nodes.map((node) => names.get(nameOf(node)));
  return { made, access, walk, shown, names, cidOf };
}

// a <- b <- c, a <- secret <- d, c and d cite e
const DOORS = { e: [], d: ['e'], secret: ['d'], c: ['e'], b: ['c'], a: ['b', 'secret'] };

describe('lineage for whoever may not see all of it', () => {
  it('leaves out what may not be seen, and what is reached only through it, and counts the doors', () => {
    const { walk, shown, names } = build(DOORS);
    const answer = walk(['a']);
    expect(shown(answer)).toEqual(['a', 'b', 'c', 'e']);
    const edges = answer.edges.map(({ from, to }) => `${names.get(from)} ${names.get(to)}`);
    expect(edges.sort()).toEqual(['a b', 'b c', 'c e']);
    expect(answer).toMatchObject({
      ...{ isComplete: false, reason: 'ACCESS', isOmittedExact: false, redacted: 1 },
    });
  });

  it('counts doors as far as it went, also where only they lead on', () => {
    const { walk, shown } = build(DOORS);
    const answer = walk(['a'], { depthMax: 0 });
    expect(shown(answer)).toEqual(['a']);
    expect(answer).toMatchObject({ isComplete: false, reason: 'MAX_DEPTH', redacted: 1 });
    const { walk: alone } = build({ a: [], secret: ['a'] });
    const whole = { isComplete: false, reason: 'ACCESS', omitted: 0, redacted: 1 };
    expect(alone(['a'], { direction: 'DOWNSTREAM', depthMax: 0 })).toMatchObject(whole);
  });

  it('goes each way by itself when asked for both', () => {
    const { walk, shown } = build(DOORS);
    const down = walk(['e'], { direction: 'DOWNSTREAM' });
    expect([...shown(down)].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(down.redacted).toBe(1);
    const both = walk(['c'], { direction: 'BOTH' });
    expect([...shown(both)].sort()).toEqual(['a', 'b', 'c', 'e']);
    expect(both.redacted).toBe(0);
  });

  it('names no hidden record in frontier or cycles, and ends on cycles', () => {
    const { walk, shown } = build({ a: ['b', 'secret'], b: ['a'], secret: ['a'] });
    const answer = walk(['a']);
    expect(shown(answer)).toEqual(['a', 'b']);
    expect(answer.cycles).toHaveLength(1);
    expect(answer.cycles[0]).toHaveLength(2);
    expect(answer.frontier).toEqual([]);
  });

  it('counts each hidden record once over all pages, and no page is the last of a complete answer', () => {
    const { walk } = build({
      ...{ secret: [], secret2: [], w: ['secret'], x: ['secret', 'w'] },
      ...{ y: ['x'], z: ['y', 'secret2'] },
    });
    const pages = [walk(['z'], { nodesMax: 1 })];
    for (let after = pages[0]!.next; after; after = pages.at(-1)!.next) {
      pages.push(walk(['z'], { nodesMax: 1, after }));
    }
    expect(pages.map(({ redacted }) => redacted)).toEqual([1, 0, 1, 0]);
    expect(pages.at(-1)).toMatchObject({ isComplete: false, reason: 'ACCESS' });
  });

  it('hides the kinds nobody has decided about', () => {
    const { walk, shown, access } = build(DOORS);
    const [first] = access.hidden;
    const then = { ...access, hidden: [], kindMax: first! - 1 };
    expect(shown(walk(['a'], { access: then }))).not.toContain('secret');
  });

  it('does not tell when something happened by letting it be asked', () => {
    const { walk, shown, access } = build(DOORS);
    const undated = { ...access, hidden: [], undated: [1, 2] };
    // all of it happened at 5,000 ms, and was captured long after
    expect(shown(walk(['a'], { access: { ...undated, undated: [] }, asOf: 6_000 }))).toHaveLength(
      6,
    );
    expect(shown(walk(['a'], { access: undated, asOf: 6_000 }))).toEqual(['a']);
    expect(shown(walk(['a'], { access: undated, from: 6_000 }))).toHaveLength(6);
    expect(shown(walk(['a'], { access: { ...undated, undated: [] }, from: 6_000 }))).toEqual(['a']);
  });

  it('goes through records of the authors asked for only', () => {
    const { walk, shown } = build(DOORS);
    expect(shown(walk(['a'], { authors: ['author-1'] }))).toHaveLength(4);
    expect(shown(walk(['a'], { authors: ['somebody'] }))).toEqual(['a']);
  });
});

describe('lineage written out', () => {
  const template: LineageTemplate = {
    nodes: [
      { key: 'it', text: '"LineageNode"' },
      ...(['id', 'key', 'kind', 'uri', 'cid', 'rid', 'version', 'depth', 'seq'] as const).map(
        (field) => ({ key: field, field }),
      ),
      ...(['capturedAt', 'type', 'occurredAt', 'isLatest', 'indexState'] as const).map((field) => ({
        ...{ key: `my "${field}"`, field },
      })),
      { key: 'class', field: 'class', words: { 'fhir.resource': 'FHIR_RESOURCE' } },
    ],
    edges: (['from', 'to', 'relation', 'path', 'evidence', 'since', 'until', 'rule'] as const).map(
      (field) => ({ key: field, field }),
    ),
    idPrefix: 'Record ',
    organisation: 'Hospital "A"',
  };

  it('says the same as in objects', () => {
    const { made, access, cidOf, walk } = build(DOORS);
    const open_ = { ...access, hidden: [], undated: [1] };
    const request: LineageRequest = {
      ...{ roots: [cidOf('a')], direction: 'UPSTREAM', depthMax: 99, nodesMax: 4 },
      ...{ deadlineMs: 9_000, access: open_ },
    };
    const { head, text } = made.reader.lineageText(request, template);
    const nodes = JSON.parse(text.slice(0, head.nodesLength)) as Record<string, unknown>[];
    const answer = walk(['a'], { nodesMax: 4, access: open_ });
    expect(nodes).toHaveLength(head.nodeCount);
    answer.nodes.forEach((node, i) => {
      if (node.kind !== 'RECORD') throw new Error('a record was expected');
      const { recordCid: cid, rid, ver, depth, seq, at, type, isLatest, state } = node;
      const undated = type === 'Claim' ? null : new Date(5_000).toISOString();
      expect(nodes[i]).toEqual({
        ...{ it: 'LineageNode', key: cid, kind: 'RECORD', uri: null, cid, rid, version: ver },
        ...{ id: Buffer.from(`Record ${cid}`).toString('base64url'), depth, seq },
        'my "capturedAt"': new Date(at).toISOString(),
        'my "type"': type,
        'my "occurredAt"': undated,
        'my "isLatest"': isLatest,
        'my "indexState"': state,
        class: 'FHIR_RESOURCE',
      });
    });
    expect(JSON.parse(text.slice(head.nodesLength))).toEqual(answer.edges);
    const { nodes: _, edges: __, ...rest } = answer;
    const { nodeCount, nodesLength, ...told } = head;
    expect(nodeCount + nodesLength).toBeGreaterThan(4);
    expect(told).toEqual(rest);
  });

  it('writes empty objects and lists when nothing is asked of them', () => {
    const { made, cidOf } = build({ a: [] });
    const request: LineageRequest = {
      ...{
        roots: [cidOf('a')],
        direction: 'UPSTREAM',
        depthMax: 9,
        nodesMax: 9,
        deadlineMs: 9_000,
      },
    };
    const nothing = { idPrefix: '', organisation: '' };
    const { text } = made.reader.lineageText(request, { ...nothing, nodes: [], edges: [] });
    expect(text).toBe('[{}][]');
    expect(made.reader.lineageText(request, nothing).text).toBe('');
  });
});
