import { afterEach, describe, expect, it } from '@jest/globals';
import type { Direction } from '../../../src/graph/edge/edge.js';
import type { LineageAnswer, LineageRequest } from '../../../src/graph/lineage/lineage.js';
import { nameOf, type LineageRecord } from '../../../src/graph/lineage/lineage-node.js';
import type { IndexRow } from '../../../src/graph/row.js';
import type { Relation } from '../../../src/record/draft.js';
import { extractOf, LogBuilder, TestIndex } from '../log-builder.js';
import { naiveDepths, naiveEdges } from '../naive-graph.js';
import { DispenseLog } from '../dispense/dispense-log.js';
import { randomLog } from '../random-log.js';
import fc, { tries } from '../../support/fast-check.js';
import { share } from '../../support/share.js';

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

const WIDE = { depthMax: 1_000_000, nodesMax: 1_000_000, deadlineMs: 60_000 };

function walk(made: TestIndex, root: IndexRow, request: Partial<LineageRequest> = {}) {
  const roots = [root.recordCid!];
  return made.reader.lineage({ roots, direction: 'UPSTREAM', ...WIDE, ...request });
}

function recordsOf({ nodes }: LineageAnswer): LineageRecord[] {
  return nodes.filter((node) => node.kind === 'RECORD');
}

function seqsOf(answer: LineageAnswer): number[] {
  return recordsOf(answer).map(({ seq }) => seq);
}

type Asked = Partial<Omit<LineageRequest, 'roots'>> & { roots: number[] };

/** Holds an answer against a plain search over the rows. */
function compare(made: TestIndex, rows: IndexRow[], { roots, ...request }: Asked): void {
  const known = rows.filter(({ rid, seq }) => rid && seq <= (request.knownAt ?? Infinity));
  if (known.length === 0) return;
  const rootSeqs = [...new Set(roots.map((n) => known[n % known.length]!.seq))];
  const answer = made.reader.lineage({
    direction: 'UPSTREAM',
    ...WIDE,
    ...request,
    roots: rootSeqs.map((seq) => rows[seq]!.recordCid!),
  });
  const isAdmitted = (seq: number) => {
    const type = extractOf(rows[seq]!)?.type;
    return !request.types || type === undefined || request.types.includes(type);
  };
  const edges = naiveEdges(rows);
  const depths = naiveDepths(edges, rootSeqs, request, isAdmitted);
  expect(new Map(recordsOf(answer).map(({ seq, depth }) => [seq, depth]))).toEqual(depths);
  const beyond = naiveDepths(edges, rootSeqs, { ...request, depthMax: 99 }, isAdmitted);
  expect(answer.omitted).toBe(beyond.size - depths.size);
  expect(answer.isComplete).toBe(answer.reason === undefined);
  if (answer.reason !== 'MISSING_BLOCK') {
    expect(answer.reason).toBe(beyond.size > depths.size ? 'MAX_DEPTH' : undefined);
  }
  if (rows.every(({ state }) => state === 'AVAILABLE')) expect(answer.isOmittedExact).toBe(true);
  const inOrder = answer.nodes.map(({ depth }) => depth);
  expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
  expect(answer.position).toBe(Math.min(request.knownAt ?? Infinity, rows.length - 1));
}

describe('lineage', () => {
  const requests = fc.record({
    direction: fc.constantFrom<Direction>('UPSTREAM', 'DOWNSTREAM', 'BOTH'),
    depthMax: fc.nat(6),
    relations: fc.constantFrom<Relation[] | undefined>(
      undefined,
      ['wasDerivedFrom'],
      ['refersTo', 'wasRevisionOf'],
      [],
    ),
    types: fc.constantFrom<string[] | undefined>(undefined, ['Claim'], ['Encounter', 'Patient']),
    knownAt: fc.option(fc.nat(40), { nil: undefined }),
    roots: fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }),
  });

  it('finds the records, depths and edges a plain search finds, in any graph', () => {
    const asked = fc.array(requests, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(randomLog, asked, (rows, all) => {
        const made = TestIndex.of(rows);
        try {
          for (const request of all) compare(made, rows, request);
        } finally {
          made.close();
        }
      }),
      tries(80),
    );
  });

  it('shows every followed edge between the records it shows', () => {
    fc.assert(
      fc.property(randomLog, fc.nat(30), fc.nat(4), (rows, pick, depthMax) => {
        const records = rows.filter(({ rid }) => rid);
        fc.pre(records.length > 0);
        const made = TestIndex.of(rows);
        try {
          const answer = walk(made, records[pick % records.length]!, { depthMax });
          const seqs = new Set(seqsOf(answer));
          const cid = (seq: number) => rows[seq]!.recordCid;
          const expected = naiveEdges(rows)
            .filter(({ from, to, relation }) => {
              return relation !== 'refersTo' && seqs.has(from) && seqs.has(to);
            })
            .map(({ from, to, relation }) => `${cid(from)} ${relation} ${cid(to)}`);
          const found = answer.edges.map(({ from, to, relation }) => `${from} ${relation} ${to}`);
          expect(found.sort()).toEqual(expected.sort());
        } finally {
          made.close();
        }
      }),
      tries(50),
    );
  });

  it('gives the first records found when there are too many, and counts the others', () => {
    const log = new LogBuilder();
    for (let i = 0; i < 10; i++) log.add(`${i}`, { from: i === 0 ? [] : [`${i - 1}`] });
    const made = index(log.rows);
    const answer = walk(made, log.rows[9]!, { nodesMax: 4 });
    expect(seqsOf(answer)).toEqual([9, 8, 7, 6]);
    expect(answer).toMatchObject({ isComplete: false, reason: 'MAX_NODES', omitted: 6 });
    expect(answer.isOmittedExact).toBe(true);
    expect(answer.frontier).toEqual([log.rows[6]!.recordCid]);
  });

  it('goes on from its frontier to the rest', () => {
    const log = new LogBuilder();
    log.add('root');
    for (let i = 0; i < 40; i++) log.add(`${i}`, { from: ['root', `${Math.floor(i / 3)}`] });
    const made = index(log.rows);
    const found = new Set<string>();
    let roots = [log.rows[0]!.recordCid!];
    for (let turn = 0; roots.length > 0 && turn < 20; turn++) {
      const request = { roots, direction: 'DOWNSTREAM' as const, ...WIDE };
      const answer = made.reader.lineage({ ...request, depthMax: 1, nodesMax: 1_000 });
      for (const node of answer.nodes) found.add(nameOf(node));
      roots = answer.frontier;
    }
    expect(found.size).toBe(41);
  });

  it('stops counting what it leaves out when that costs more than the answer, and says so', () => {
    const log = new LogBuilder();
    log.add('hub');
    for (let i = 0; i < 3_000; i++) log.add(`${i}`, { from: ['hub'] });
    const made = index(log.rows);
    const answer = walk(made, log.rows[0]!, { direction: 'DOWNSTREAM', nodesMax: 10 });
    expect(answer).toMatchObject({ reason: 'MAX_NODES', omitted: 1_000, isOmittedExact: false });
    expect(answer.nodes).toHaveLength(10);
  });

  it('says when its time was over, and where it stopped', () => {
    const log = new LogBuilder();
    for (let i = 0; i < 3_000; i++) log.add(`${i}`, { from: i === 0 ? [] : [`${i - 1}`] });
    let time = 0;
    const made = index(log.rows, () => time++);
    const answer = walk(made, log.rows[2_999]!, { deadlineMs: 100 });
    expect(answer).toMatchObject({ reason: 'DEADLINE', isComplete: false, isOmittedExact: false });
    expect(answer.nodes.length).toBeGreaterThan(50);
    expect(answer.nodes.length).toBeLessThan(200);
    expect(answer.frontier).toEqual([nameOf(answer.nodes[answer.nodes.length - 1]!)]);
  });

  it('is complete when its time was over exactly at the end', () => {
    const log = new LogBuilder();
    log.add('a');
    const made = index(log.rows, () => 7);
    expect(walk(made, log.rows[0]!, { deadlineMs: 0 })).toMatchObject({ isComplete: true });
  });

  it('reads a record with more edges than fit into a page', () => {
    const log = new LogBuilder();
    log.add('hub');
    for (let i = 0; i < 9_000; i++) log.add(`${i}`, { from: i === 7 ? ['hub', '6'] : ['hub'] });
    const made = index(log.rows);
    const answer = walk(made, log.rows[0]!, { direction: 'DOWNSTREAM' });
    expect(answer.nodes).toHaveLength(9_001);
    expect(answer.edges).toHaveLength(9_001);
    expect(answer.isComplete).toBe(true);
  });

  it.each([20, 60])('walks a diamond of 2^%i paths at once', (count) => {
    const log = new LogBuilder();
    log.add('top-0');
    for (let i = 0; i < count; i++) {
      log.add(`left-${i}`, { from: [`top-${i}`] });
      log.add(`right-${i}`, { from: [`top-${i}`] });
      log.add(`top-${i + 1}`, { from: [`left-${i}`, `right-${i}`] });
    }
    const made = index(log.rows);
    const answer = walk(made, log.rows[count * 3]!);
    expect(answer.nodes).toHaveLength(count * 3 + 1);
    expect(answer.edges).toHaveLength(count * 4);
    expect(answer).toMatchObject({ isComplete: true, cycles: [] });
  });

  const LONG = share(100_000);
  it(`walks a chain of ${LONG} records to its end`, () => {
    const log = new LogBuilder();
    for (let i = 0; i < LONG; i++) log.add(`${i}`, { from: i === 0 ? [] : [`${i - 1}`] });
    const made = index(log.rows);
    const answer = walk(made, log.rows[LONG - 1]!);
    expect(answer.nodes).toHaveLength(LONG);
    expect(answer.nodes[LONG - 1]).toMatchObject({ seq: 0, depth: LONG - 1 });
    expect(answer.isComplete).toBe(true);
  });

  it('ends in a cycle, and shows it', () => {
    const log = new LogBuilder();
    log.add('a', { from: ['c'] });
    log.add('b', { from: ['a'] });
    log.add('c', { from: ['b', 'self'] });
    log.add('self', { from: ['self'] });
    const made = index(log.rows);
    const [a, b, c, self] = log.rows.map(({ recordCid }) => recordCid!);
    const answer = walk(made, log.rows[0]!);
    expect(seqsOf(answer)).toEqual([0, 2, 1, 3]);
    expect(answer.cycles).toEqual([[a, c, b], [self]]);
    expect(answer.isComplete).toBe(true);
  });

  it('asked for both ways, leaves out what only hangs together with a source', () => {
    const log = new LogBuilder();
    log.add('patient');
    log.add('encounter', { from: ['patient'] });
    log.add('other encounter', { from: ['patient'] });
    log.add('claim', { from: ['encounter'] });
    const made = index(log.rows);
    const answer = walk(made, log.rows[1]!, { direction: 'BOTH' });
    expect(seqsOf(answer).sort()).toEqual([0, 1, 3]);
  });

  it('follows other references only when asked', () => {
    const log = new LogBuilder();
    log.add('patient');
    log.add('claim', { from: ['patient'], relation: 'refersTo' });
    const made = index(log.rows);
    expect(seqsOf(walk(made, log.rows[1]!))).toEqual([1]);
    expect(seqsOf(walk(made, log.rows[1]!, { relations: ['refersTo'] }))).toEqual([1, 0]);
  });

  it('counts as unresolved then only what a record itself refers to', () => {
    const log = new DispenseLog();
    const epc = 'https://id.gs1.org/01/10614141073464/21/7';
    const dispense = log.record({ kind: 'DISPENSE', epcs: [epc] });
    const references = [
      {
        target: 'record-0',
        relation: 'wasGeneratedBy' as const,
        path: '/target/0',
        isInverse: true as const,
      },
    ];
    log.add('provenance', { extract: { type: 'Provenance', references } });
    log.event({ epcs: [epc] }, 1_700_000_000_000);
    const made = index(log.rows);
    expect(walk(made, dispense, { direction: 'UPSTREAM' }).edges).toHaveLength(3);
    expect(walk(made, dispense, { knownAt: 0 })).toMatchObject({ unresolved: 0, edges: [] });
  });

  it('as of a position knows neither later records nor later revisions', () => {
    const log = new LogBuilder();
    const encounter = log.add('encounter');
    log.add('claim', { from: ['encounter', 'late'] });
    log.revise(encounter, 'encounter');
    log.add('late');
    const made = index(log.rows);
    const then = walk(made, log.rows[1]!, { knownAt: 1 });
    expect(then).toMatchObject({ position: 1, unresolved: 1, isComplete: true });
    expect(recordsOf(then).map(({ seq, isLatest }) => [seq, isLatest])).toEqual([
      [1, true],
      [0, true],
    ]);
    const now = walk(made, log.rows[1]!);
    expect(now).toMatchObject({ position: 3, unresolved: 0 });
    expect(recordsOf(now).map(({ seq, isLatest }) => [seq, isLatest])).toEqual([
      [1, true],
      [0, false],
      [3, true],
    ]);
    expect(() => walk(made, log.rows[3]!, { knownAt: 1 })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('says that it may miss something where a record could not be read', () => {
    const log = new LogBuilder();
    log.add('encounter');
    log.add('claim', { from: ['encounter'], state: 'UNAVAILABLE' });
    log.add('eob', {
      links: [{ rel: 'wasDerivedFrom', statement: log.rows[1]!.statementCid }],
      from: ['elsewhere'],
    });
    const made = index(log.rows);
    const up = walk(made, log.rows[2]!);
    expect(seqsOf(up)).toEqual([2, 1]);
    expect(up).toMatchObject({ isComplete: false, reason: 'MISSING_BLOCK', unresolved: 1 });
    expect(up.isOmittedExact).toBe(false);
    expect(up.frontier).toEqual([log.rows[1]!.recordCid]);
    const down = walk(made, log.rows[0]!, { direction: 'DOWNSTREAM' });
    expect(down).toMatchObject({ isComplete: false, reason: 'MISSING_BLOCK', frontier: [] });
    const before = walk(made, log.rows[0]!, { direction: 'DOWNSTREAM', knownAt: 0 });
    expect(before).toMatchObject({ isComplete: true });
    expect(walk(made, log.rows[0]!)).toMatchObject({ isComplete: true });
  });

  it('refuses a root nobody captured, and questions that make no sense', () => {
    const log = new LogBuilder();
    log.add('a');
    const { reader } = index(log.rows);
    const root = log.rows[0]!.recordCid!;
    const ask = (request: Partial<LineageRequest>) => () =>
      reader.lineage({ roots: [root], direction: 'UPSTREAM', ...WIDE, ...request });
    const refusal = (code: string) => expect.objectContaining({ code });
    expect(ask({ roots: [root, 'baga-nothing'] })).toThrow(refusal('NOT_FOUND'));
    expect(ask({ roots: [] })).toThrow(refusal('BAD_USER_INPUT'));
    expect(ask({ depthMax: -1 })).toThrow(refusal('BAD_USER_INPUT'));
    expect(ask({ nodesMax: 0 })).toThrow(refusal('BAD_USER_INPUT'));
    expect(ask({ depthMax: 1.5 })).toThrow(refusal('BAD_USER_INPUT'));
  });

  it('takes the CID of a statement or an entry for that of its record', () => {
    const log = new LogBuilder();
    log.add('a');
    const { reader } = index(log.rows);
    for (const root of [log.rows[0]!.statementCid, log.rows[0]!.entryCid]) {
      const answer = reader.lineage({ roots: [root], direction: 'UPSTREAM', ...WIDE });
      expect(seqsOf(answer)).toEqual([0]);
    }
  });
});
