import { afterEach, describe, expect, it } from '@jest/globals';
import type { ImpactFilter } from '../../../src/graph/impact/impact.js';
import { ImpactWalk, type ImpactBounds } from '../../../src/graph/impact/impact-walk.js';
import type { LineageAccess } from '../../../src/graph/lineage/lineage.js';
import { GraphReader } from '../../../src/graph/graph-reader.js';
import type { IndexRow } from '../../../src/graph/row.js';
import { extractOf, LogBuilder, TestIndex } from '../log-builder.js';
import { naiveDepths, naiveEdges } from '../naive-graph.js';
import { PARTY } from '../../../src/record/cbv/known-term.js';
import { randomLog } from '../random-log.js';
import { TraceLog } from '../trace/trace-log.js';
import fc, { tries } from '../../support/fast-check.js';

let open: TestIndex[] = [];

function index(rows: IndexRow[]): TestIndex {
  const made = TestIndex.of(rows);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

type Asked = Partial<Omit<ImpactFilter, 'position'> & ImpactBounds> & {
  knownAt?: number;
  withFormer?: boolean;
};

async function walk(made: TestIndex, roots: number[], asked: Asked = {}): Promise<ImpactWalk> {
  const { knownAt = Infinity, withFormer = false, ...rest } = asked;
  const { depthMax = 1e6, nodesMax = 1e7, isOver = () => false, ...filter } = rest;
  const position = Math.min(knownAt, made.reader.status().cursor - 1);
  const start = made.reader.impactStart(roots, [], position, withFormer);
  const found = new ImpactWalk(start, { depthMax, nodesMax, isOver }, (nodes, after) =>
    Promise.resolve(made.reader.impactStep(nodes, { position, ...filter }, after)),
  );
  for await (const _ of found.run());
  return found;
}

const seqsOf = (found: ImpactWalk) => found.nodes(0, found.count);

/** A thousand levels wide and deep: `width` records on each level, all derived from all on the level before. */
function layers(depth: number, width: number): LogBuilder {
  const log = new LogBuilder();
  const names = (level: number) => Array.from({ length: width }, (_, i) => `${level}/${i}`);
  for (let level = 0; level < depth; level++) {
    const from = level === 0 ? [] : names(level - 1);
    for (const name of names(level)) log.add(name, { from });
  }
  return log;
}

describe('impact', () => {
  it('finds the records and degrees a plain search finds downstream, in any graph', async () => {
    const asked = fc.record({
      depthMax: fc.integer({ min: 1, max: 6 }),
      types: fc.constantFrom<string[] | undefined>(undefined, ['Claim']),
      knownAt: fc.option(fc.nat(40), { nil: undefined }),
      roots: fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(randomLog, asked, async (rows, { roots, types, ...bounds }) => {
        const known = rows.filter(({ rid, seq }) => rid && seq <= (bounds.knownAt ?? Infinity));
        fc.pre(known.length > 0);
        const made = TestIndex.of(rows);
        try {
          const seqs = [...new Set(roots.map((n) => known[n % known.length]!.seq))];
          const found = await walk(made, seqs, { ...bounds, types });
          const isAdmitted = (seq: number) => {
            const type = extractOf(rows[seq]!)?.type;
            return !types || type === undefined || types.includes(type);
          };
          const request = { direction: 'DOWNSTREAM' as const, ...bounds };
          const edges = naiveEdges(rows);
          const depths = naiveDepths(edges, seqs, request, isAdmitted);
          for (const root of seqs) depths.delete(root);
          const degrees = seqsOf(found).map((seq, i) => [seq, found.degreeAt(i)] as const);
          expect(new Map(degrees)).toEqual(depths);
          expect(found.count).toBe(depths.size);
          const counted = [...found.counts.values()].reduce((sum, { count }) => sum + count, 0);
          expect(counted).toBe(depths.size);
          expect(found.degrees.reduce((sum, count) => sum + count, 0)).toBe(depths.size);
          const all = naiveDepths(edges, seqs, { ...request, depthMax: 99 }, isAdmitted);
          expect(found.reason === 'MAX_DEPTH').toBe(all.size > depths.size + seqs.length);
        } finally {
          made.close();
        }
      }),
      tries(40),
    );
  });

  it('goes through diamonds of more paths than can be counted, and through cycles, once', async () => {
    const log = layers(40, 4);
    log.add('ring/0', { from: ['39/0', 'ring/2'] });
    log.add('ring/1', { from: ['ring/0', 'ring/1'] });
    log.add('ring/2', { from: ['ring/1'] });
    const found = await walk(index(log.rows), [0]);
    expect(found.count).toBe(39 * 4 + 3);
    expect(found.degrees).toEqual([...Array.from({ length: 39 }, () => 4), 1, 1, 1]);
    expect(found.reason).toBeUndefined();
  });

  it('reads on where a step ended, however many records come of one', async () => {
    const log = new LogBuilder();
    log.add('root');
    for (let i = 0; i < 18_000; i++) log.add(`leaf/${i}`, { from: ['root'] });
    for (let i = 0; i < 2_000; i++) log.add(`twig/${i}`, { from: [`leaf/${i}`, 'root'] });
    const found = await walk(index(log.rows), [0]);
    expect(found.degrees).toEqual([20_000]);
    expect(new Set(seqsOf(found)).size).toBe(20_000);
  });

  it('stops at its bounds and says at which', async () => {
    const made = index(layers(10, 3).rows);
    const few = await walk(made, [0], { nodesMax: 7 });
    expect([few.count, few.reason]).toEqual([7, 'MAX_NODES']);
    const shallow = await walk(made, [0], { depthMax: 2 });
    expect([shallow.count, shallow.reason]).toEqual([6, 'MAX_DEPTH']);
    const exact = await walk(made, [0], { depthMax: 9, nodesMax: 27 });
    expect([exact.count, exact.reason]).toEqual([27, undefined]);
    let looks = 0;
    const late = await walk(made, [0], { isOver: () => ++looks > 3 });
    expect([late.count, late.reason]).toEqual([9, 'DEADLINE']);
  });

  it('counts what may not be seen, once, and does not go through it', async () => {
    const log = new LogBuilder();
    log.add('root');
    log.add('open', { from: ['root'] });
    log.add('closed', { from: ['root', 'open'], extract: { type: 'Patient' } });
    log.add('behind', { from: ['closed'] });
    log.add('beside', { from: ['open'] });
    const made = index(log.rows);
    const kinds = made.reader.listKinds();
    const access: LineageAccess = {
      hidden: kinds.filter(({ type }) => type === 'Patient').map(({ id }) => id),
      undated: [],
      kindMax: Math.max(...kinds.map(({ id }) => id)),
      things: 'OPEN',
      thingKey: '',
    };
    const found = await walk(made, [0], { access });
    expect(seqsOf(found)).toEqual([1, 4]);
    expect([found.redacted, found.reason]).toEqual([1, 'ACCESS']);
  });

  it('takes a correction for what it corrects, when told to', async () => {
    const log = new LogBuilder();
    const first = log.add('claim');
    log.add('bill', { links: [{ rel: 'wasDerivedFrom', statement: first.statementCid }] });
    log.add('claim', { rid: first.rid!, ver: 2 });
    const made = index(log.rows);
    expect(seqsOf(await walk(made, [2]))).toEqual([]);
    expect(seqsOf(await walk(made, [2], { withFormer: true }))).toEqual([1]);
    expect(seqsOf(await walk(made, [0]))).toEqual([1, 2]);
  });

  it('of a thing that has very many edges is found in short steps, with or without what was kept of them', async () => {
    const log = new TraceLog();
    const party = 'https://id.gs1.org/417/9521321000014';
    const destinations = [{ type: PARTY.owning_party, value: party }];
    const units = (from: number) =>
      Array.from(
        { length: 1_000 },
        (_, i) => `https://id.gs1.org/01/10614141073464/21/${from + i}`,
      );
    for (let i = 0; i < 9; i++) {
      log.event({ action: 'OBSERVE', epcs: units(i * 1_000), destinations, hour: i });
    }
    const made = index(log.rows);
    const start = made.reader.impactStart([], [party], 8, false);
    const found = async (readers: () => GraphReader) => {
      let longest = 0;
      const bounds = { depthMax: 9, nodesMax: 1e7, isOver: () => false };
      const walked = new ImpactWalk(start, bounds, (nodes, after) => {
        const step = readers().impactStep(nodes, { position: 8 }, after);
        longest = Math.max(longest, ...step.groups.map((group) => group.nodes.length));
        return Promise.resolve(step);
      });
      for await (const _ of walked.run());
      expect(longest).toBeLessThan(3_000);
      return walked;
    };
    const opened: GraphReader[] = [];
    const fresh = () => {
      opened.push(GraphReader.open(made.path));
      return opened.at(-1)!;
    };
    const [kept, again] = [await found(() => made.reader), await found(fresh)];
    for (const reader of opened) reader.close();
    expect(kept.degrees).toEqual([9_000, 9]);
    expect(seqsOf(again)).toEqual(seqsOf(kept));
  });

  it('knows the degree of each node at once, of as many degrees as there are nodes', async () => {
    const last = 100_000;
    const start = { nodes: [0], isMissing: false, isBlind: false };
    const bounds = { depthMax: 1e7, nodesMax: 1e7, isOver: () => false };
    const words = { class: 'fhir.resource' as const, type: 'Claim', author: 'a' };
    const chain = new ImpactWalk(start, bounds, ([node]) =>
      Promise.resolve({
        groups: node === last ? [] : [{ ...words, nodes: [node! + 1] }],
        hidden: [],
        done: 1,
      }),
    );
    for await (const _ of chain.run());
    const degrees = Array.from({ length: chain.count }, (_, place) => chain.degreeAt(place));
    expect(degrees.every((degree, place) => degree === place + 1)).toBe(true);
    expect(degrees).toHaveLength(last);
  });

  it('tells of nodes what was known at its position', async () => {
    const log = new LogBuilder();
    log.add('root');
    const claim = log.add('claim', { from: ['root'] });
    log.revise(claim, 'claim');
    const made = index(log.rows);
    const latest = (position: number) =>
      made.reader.impactNodes([1], position).map((node) => node && 'seq' in node && node.isLatest);
    expect([latest(1), latest(2)]).toEqual([[true], [false]]);
  });

  it('says that it may miss what comes of records nobody here can read', async () => {
    const log = new LogBuilder();
    log.add('root');
    log.add('sealed', { state: 'SEALED' });
    const found = await walk(index(log.rows), [0]);
    expect([found.count, found.reason]).toEqual([0, 'MISSING_BLOCK']);
  });

  it('follows only the relations asked for, and tells what happened by a time', async () => {
    const log = new LogBuilder();
    log.add('root');
    log.add('used', { from: ['root'], relation: 'used' });
    log.add('early', { from: ['root'], extract: { occurredAt: 1_000 } });
    log.add('late', { from: ['early'], extract: { occurredAt: 3_000 } });
    const made = index(log.rows);
    expect(seqsOf(await walk(made, [0], { relations: ['used'] }))).toEqual([1]);
    expect(seqsOf(await walk(made, [0], { asOf: 2_000 }))).toEqual([2]);
  });
});
