import { afterEach, describe, expect, it } from '@jest/globals';
import type { PathRequest } from '../../../src/graph/path/path.js';
import type { IndexRow } from '../../../src/graph/row.js';
import type { Extract } from '../../../src/record/draft.js';
import { LogBuilder, TestIndex } from '../log-builder.js';
import { naiveEdges, naivePaths } from '../naive-graph.js';
import { randomLog } from '../random-log.js';
import fc, { tries } from '../../support/fast-check.js';

let open: TestIndex[] = [];

function index(rows: IndexRow[], now?: () => number): TestIndex {
  const made = TestIndex.of(rows, now);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

function find(made: TestIndex, from: IndexRow, to: IndexRow, request: Partial<PathRequest> = {}) {
  const ends = { from: from.recordCid!, to: to.recordCid! };
  return made.reader.paths({ ...ends, k: 10, maxLength: 10, deadlineMs: 60_000, ...request });
}

function diamonds(count: number): LogBuilder {
  const log = new LogBuilder();
  log.add('top-0');
  for (let i = 0; i < count; i++) {
    log.add(`left-${i}`, { from: [`top-${i}`] });
    log.add(`right-${i}`, { from: [`top-${i}`] });
    log.add(`top-${i + 1}`, { from: [`left-${i}`, `right-${i}`] });
  }
  return log;
}

function references(names: string[]): Pick<Extract, 'references'> {
  return {
    references: names.map((target, i) => ({ target, relation: 'wasDerivedFrom', path: `/${i}` })),
  };
}

/** Holds an answer against every simple path there is. */
function compare(
  made: TestIndex,
  rows: IndexRow[],
  from: IndexRow,
  to: IndexRow,
  { k, maxLength }: { k: number; maxLength: number },
): void {
  const next: number[][] = rows.map(() => []);
  for (const edge of naiveEdges(rows)) {
    if (edge.relation !== 'refersTo') next[edge.from]!.push(edge.to);
  }
  const up = naivePaths(next, from.seq, to.seq, maxLength);
  const down = naivePaths(next, to.seq, from.seq, maxLength).map((path) => path.reverse());
  const all = from.seq === to.seq ? up : [...up, ...down];
  const lengths = all.map((path) => path.length).sort((one, other) => one - other);
  const answer = find(made, from, to, { k, maxLength });
  expect(answer.paths.map(({ nodes }) => nodes.length)).toEqual(lengths.slice(0, k));
  expect(answer.isExhaustive).toBe(lengths.length <= k);
  const texts = all.map((path) => path.map((seq) => rows[seq]!.recordCid).join());
  for (const { nodes } of answer.paths) expect(texts).toContain(nodes.join());
  const distinct = new Set(answer.paths.map((path) => JSON.stringify(path)));
  expect(distinct.size).toBe(answer.paths.length);
  for (const { nodes, edges } of answer.paths) {
    expect(edges).toHaveLength(nodes.length - 1);
    edges.forEach((edge, i) => {
      expect([edge.from, edge.to].sort()).toEqual([nodes[i], nodes[i + 1]].sort());
    });
  }
}

describe('paths', () => {
  const questions = fc.record({
    ends: fc.tuple(fc.nat(30), fc.nat(30)),
    maxLength: fc.nat(6),
    k: fc.integer({ min: 1, max: 5 }),
  });

  it('are the shortest simple paths there are, in any graph, either way', () => {
    const asked = fc.array(questions, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(randomLog, asked, (rows, all) => {
        const records = rows.filter(({ rid }) => rid);
        fc.pre(records.length > 0);
        const made = TestIndex.of(rows);
        try {
          for (const { ends, ...question } of all) {
            const [from, to] = ends.map((n) => records[n % records.length]!) as [
              IndexRow,
              IndexRow,
            ];
            compare(made, rows, from, to, question);
          }
        } finally {
          made.close();
        }
      }),
      tries(80),
    );
  });

  it.each([20, 60])('through a diamond of 2^%i paths are found at once, and not all', (count) => {
    const log = diamonds(count);
    const made = index(log.rows);
    const ends = [log.rows[count * 3]!, log.rows[0]!] as const;
    const answer = find(made, ...ends, { maxLength: count * 2, k: 5 });
    expect(answer.paths).toHaveLength(5);
    expect(answer.isExhaustive).toBe(false);
  });

  it('that are too long are not there', () => {
    const log = diamonds(3);
    const made = index(log.rows);
    const ends = [log.rows[9]!, log.rows[0]!] as const;
    expect(find(made, ...ends, { maxLength: 5 })).toMatchObject({ paths: [], isExhaustive: true });
    const answer = find(made, ...ends, { maxLength: 6 });
    expect(answer.paths).toHaveLength(8);
    expect(answer.isExhaustive).toBe(true);
  });

  it('follow one direction when asked', () => {
    const log = diamonds(1);
    const made = index(log.rows);
    const [source, derived] = [log.rows[0]!, log.rows[3]!];
    expect(find(made, derived, source, { direction: 'UPSTREAM' }).paths).toHaveLength(2);
    expect(find(made, derived, source, { direction: 'DOWNSTREAM' }).paths).toHaveLength(0);
    const down = find(made, source, derived, { direction: 'DOWNSTREAM' }).paths[0]!;
    expect(down.nodes[0]).toBe(source.recordCid);
    expect(down.edges[0]).toMatchObject({ to: source.recordCid, relation: 'wasDerivedFrom' });
  });

  it('follow the relations asked for, over what had happened by then', () => {
    const log = new LogBuilder();
    log.add('source', { extract: { occurredAt: 1_000 } });
    log.add('middle', { from: ['source'], extract: { occurredAt: 3_000 } });
    log.add('other', { from: ['source'], relation: 'used', extract: { occurredAt: 2_000 } });
    log.add('end', { extract: { occurredAt: 4_000, ...references(['middle', 'other']) } });
    const made = index(log.rows);
    const ends = [log.rows[3]!, log.rows[0]!] as const;
    expect(find(made, ...ends).paths).toHaveLength(2);
    const derived = find(made, ...ends, { relations: ['wasDerivedFrom'] });
    expect(derived.paths.map(({ nodes }) => nodes[1])).toEqual([log.rows[1]!.recordCid]);
    // the ends are there because they were asked about
    const then = find(made, ...ends, { asOf: 2_500 });
    expect(then.paths.map(({ nodes }) => nodes[1])).toEqual([log.rows[2]!.recordCid]);
    expect(then.isExhaustive).toBe(true);
  });

  it('do not lead over what may not be seen, and are then not called all of them', () => {
    const log = new LogBuilder();
    log.add('source');
    log.add('secret', { from: ['source'], extract: { type: 'Secret' } });
    log.add('open', { from: ['source'] });
    log.add('end', { from: ['secret', 'open'] });
    const made = index(log.rows);
    const kinds = made.reader.listKinds();
    const hidden = kinds.filter(({ type }) => type === 'Secret').map(({ id }) => id);
    const access = { hidden, undated: [], kindMax: 99, things: 'OPEN' as const, thingKey: '' };
    const answer = find(made, log.rows[3]!, log.rows[0]!, { access });
    expect(answer.paths.map(({ nodes }) => nodes[1])).toEqual([log.rows[2]!.recordCid]);
    expect(answer.isExhaustive).toBe(false);
    expect(answer.paths[0]!.edges[0]).toMatchObject({
      evidence: log.rows[3]!.recordCid,
      rule: null,
    });
  });

  it('do not know later records', () => {
    const log = diamonds(2);
    const made = index(log.rows);
    const [from, to] = [log.rows[3]!, log.rows[0]!];
    expect(find(made, from, to, { knownAt: 3 })).toMatchObject({ position: 3 });
    expect(() => find(made, from, to, { knownAt: 2 })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('are not called all of them when the time was over', () => {
    let time = 0;
    const log = diamonds(20);
    const made = index(log.rows, () => time++);
    const answer = find(made, log.rows[60]!, log.rows[0]!, { maxLength: 40, deadlineMs: 3 });
    expect(answer.isExhaustive).toBe(false);
  });

  it('from a record to itself are the one that goes nowhere', () => {
    const log = diamonds(1);
    const made = index(log.rows);
    const answer = find(made, log.rows[0]!, log.rows[0]!);
    expect(answer.paths).toEqual([{ nodes: [log.rows[0]!.recordCid], edges: [] }]);
    expect(answer.isExhaustive).toBe(true);
  });

  it('from a small end to a hub do not read the whole hub', () => {
    const log = new LogBuilder();
    log.add('hub');
    for (let i = 0; i < 10_000; i++) log.add(`${i}`, { from: ['hub'] });
    log.add('last', { from: ['9999'] });
    let looks = 0;
    const made = index(log.rows, () => looks++);
    const answer = find(made, log.rows[10_001]!, log.rows[0]!, { direction: 'UPSTREAM' });
    // The clock is looked at after each page that is read.
    expect(looks).toBeLessThan(8);
    expect(answer.paths).toHaveLength(1);
    expect(answer.isExhaustive).toBe(true);
  });

  it('are refused for numbers that make no sense', () => {
    const log = diamonds(1);
    const made = index(log.rows);
    const [from, to] = [log.rows[3]!, log.rows[0]!];
    const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT' });
    expect(() => find(made, from, to, { k: 0 })).toThrow(refusal);
    expect(() => find(made, from, to, { maxLength: -1 })).toThrow(refusal);
  });
});
