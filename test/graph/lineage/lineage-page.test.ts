import { afterEach, describe, expect, it } from '@jest/globals';
import type { Direction } from '../../../src/graph/edge/edge.js';
import { GraphReader } from '../../../src/graph/graph-reader.js';
import type { LineageAnswer, LineageRequest } from '../../../src/graph/lineage/lineage.js';
import { nameOf } from '../../../src/graph/lineage/lineage-node.js';
import type { IndexRow } from '../../../src/graph/row.js';
import type { Relation } from '../../../src/record/draft.js';
import { extractOf, LogBuilder, TestIndex } from '../log-builder.js';
import { naiveDepths, naiveEdges } from '../naive-graph.js';
import { randomLog } from '../random-log.js';
import { TraceLog } from '../trace/trace-log.js';
import fc, { tries } from '../../support/fast-check.js';

const WIDE = { depthMax: 1_000, nodesMax: 1_000_000, deadlineMs: 60_000 };
const ENOUGH = 200;

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

/** Every page to the end; each asked of whichever reader `readerOf` gives. */
function pagesOf(
  request: LineageRequest,
  readerOf: (page: number) => GraphReader,
): LineageAnswer[] {
  const pages: LineageAnswer[] = [];
  for (let after = request.after; pages.length < ENOUGH;) {
    const page = readerOf(pages.length).lineage({ ...request, ...(after && { after }) });
    pages.push(page);
    if (!page.next) return pages;
    after = page.next;
  }
  throw new Error('the pages do not end');
}

function namesOf(answers: LineageAnswer[]): string[] {
  return answers.flatMap(({ nodes }) => nodes.map(nameOf));
}

function edgesOf(answers: LineageAnswer[]): string[] {
  return answers
    .flatMap(({ edges }) => edges.map(({ from, to, relation }) => `${from} ${relation} ${to}`))
    .sort();
}

describe('pages of lineage', () => {
  const questions = fc.record({
    direction: fc.constantFrom<Direction>('UPSTREAM', 'DOWNSTREAM', 'BOTH'),
    depthMax: fc.constantFrom(0, 1, 2, 5, 1_000),
    relations: fc.constantFrom<Relation[] | undefined>(undefined, ['refersTo', 'wasDerivedFrom']),
    types: fc.constantFrom<string[] | undefined>(undefined, ['Claim'], ['Encounter', 'Patient']),
    asOf: fc.option(
      fc.nat(30).map((n) => 1_700_000_000_000 + n * 1_000),
      { nil: undefined },
    ),
    knownAt: fc.option(fc.nat(40), { nil: undefined }),
    nodesMax: fc.integer({ min: 1, max: 4 }),
    root: fc.nat(40),
    isForgetful: fc.boolean(),
  });

  it('are together the whole answer, in any graph, by pages of any size, kept or walked again', () => {
    fc.assert(
      fc.property(randomLog, questions, (rows, { root, nodesMax, isForgetful, ...rest }) => {
        const known = rows.filter(({ rid, seq }) => rid && seq <= (rest.knownAt ?? Infinity));
        fc.pre(known.length > 0);
        const start = known[root % known.length]!;
        const made = TestIndex.of(rows);
        const readers: GraphReader[] = [];
        try {
          const request = { ...WIDE, ...rest, roots: [start.recordCid!] };
          const whole = made.reader.lineage(request);
          const pages = pagesOf({ ...request, nodesMax }, () => {
            if (!isForgetful) return made.reader;
            readers.push(GraphReader.open(made.path));
            return readers.at(-1)!;
          });
          expect(namesOf(pages)).toEqual(namesOf([whole]));
          expect(edgesOf(pages)).toEqual(edgesOf([whole]));
          expect(pages.slice(0, -1).every(({ nodes }) => nodes.length === nodesMax)).toBe(true);
          expect(pages.at(-1)!.reason).toBe(whole.reason);
          expect(pages.reduce((sum, { unresolved }) => sum + unresolved, 0)).toBe(whole.unresolved);
          expect(new Set(pages.map(({ position }) => position)).size).toBe(1);
          expect(pages.slice(0, -1).every(({ reason }) => reason === 'MAX_NODES')).toBe(true);
          const knots = pages.reduce((sum, { cycles }) => sum + cycles.length, 0);
          expect(knots >= whole.cycles.length).toBe(true);
          expectNaive(rows, start, rest, whole);
        } finally {
          for (const reader of readers) reader.close();
          made.close();
        }
      }),
      tries(40),
    );
  });

  /** The time of a record of a random log is that of its capture. */
  function expectNaive(
    rows: IndexRow[],
    start: IndexRow,
    question: Partial<LineageRequest>,
    whole: LineageAnswer,
  ): void {
    const { types, asOf = Infinity } = question;
    const depths = naiveDepths(naiveEdges(rows), [start.seq], question, (seq) => {
      const type = extractOf(rows[seq]!)?.type;
      const isOfType = !types || type === undefined || types.includes(type);
      return isOfType && rows[seq]!.at <= asOf;
    });
    const expected = [...depths].map(([seq, depth]) => `${depth} ${rows[seq]!.recordCid}`);
    const found = whole.nodes.map((node) => `${node.depth} ${nameOf(node)}`);
    expect(found.sort()).toEqual(expected.sort());
  }

  it('stand still while the log grows', () => {
    const log = new LogBuilder();
    log.add('hub');
    for (let i = 0; i < 10; i++) log.add(`${i}`, { from: ['hub'] });
    const made = index(log.rows);
    const request = {
      ...WIDE,
      ...{ roots: [log.rows[0]!.recordCid!], direction: 'DOWNSTREAM' as const, nodesMax: 4 },
    };
    const first = made.reader.lineage(request);
    log.add('late', { from: ['hub', '9'] });
    made.writer.apply(log.rows.slice(11));
    const rest = pagesOf({ ...request, after: first.next! }, () => made.reader);
    expect(namesOf([first, ...rest])).toHaveLength(11);
    expect(rest.at(-1)).toMatchObject({ position: 10, isComplete: true });
    expect(made.reader.lineage({ ...request, nodesMax: 50 }).nodes).toHaveLength(12);
  });

  it('are the same when a walk is begun again after the log has grown, also of a hub', () => {
    const log = new TraceLog();
    const pallet = 'https://id.gs1.org/00/106141412345678908';
    const unit = (serial: number) => `https://id.gs1.org/01/10614141073464/21/${serial}`;
    const pack = (from: number) => {
      log.pack(
        pallet,
        Array.from({ length: 3_000 }, (_, i) => unit(from + i)),
      );
    };
    for (let i = 0; i < 3; i++) pack(i * 3_000);
    const made = index(log.rows);
    const request = {
      ...{ ...WIDE, roots: [pallet], direction: 'UPSTREAM' as const },
      relations: ['hadMember' as const],
    };
    const whole = made.reader.lineage(request);
    expect(whole.nodes).toHaveLength(9_001);
    const first = made.reader.lineage({ ...request, nodesMax: 8_900 });
    pack(9_000);
    made.writer.apply(log.rows.slice(3));
    const other = GraphReader.open(made.path);
    const after = first.next!;
    const rest = pagesOf({ ...request, nodesMax: 8_900, after }, () => other);
    other.close();
    expect(namesOf([first, ...rest])).toEqual(namesOf([whole]));
    expect(edgesOf([first, ...rest])).toEqual(edgesOf([whole]));
  });

  it('may change in size from one to the next', () => {
    const log = new LogBuilder();
    for (let i = 0; i < 30; i++) {
      log.add(`${i}`, { from: i === 0 ? [] : [`${Math.floor((i - 1) / 2)}`, `${i - 1}`] });
    }
    const made = index(log.rows);
    const request = { ...WIDE, roots: [log.rows[29]!.recordCid!], direction: 'BOTH' as const };
    const whole = made.reader.lineage(request);
    const pages = [made.reader.lineage({ ...request, nodesMax: 3 })];
    for (const nodesMax of [7, 1, 2, 100]) {
      pages.push(made.reader.lineage({ ...request, nodesMax, after: pages.at(-1)!.next! }));
    }
    expect(namesOf(pages)).toEqual(namesOf([whole]));
    expect(edgesOf(pages)).toEqual(edgesOf([whole]));
    expect(pages.at(-1)!.next).toBeUndefined();
  });

  it('go on where the time was over, kept or walked again', () => {
    const log = new LogBuilder();
    for (let i = 0; i < 60; i++) log.add(`${i}`, { from: i === 0 ? [] : [`${i - 1}`] });
    let time = 0;
    const made = index(log.rows, () => time++);
    const request = { ...WIDE, roots: [log.rows[59]!.recordCid!], direction: 'UPSTREAM' as const };
    let slow = 0;
    const other = GraphReader.open(made.path, () => (slow += 0.2));
    try {
      const hasty = { ...request, deadlineMs: 4 };
      const kept = pagesOf(hasty, () => made.reader);
      const again = pagesOf(hasty, (page) => (page % 3 === 2 ? other : made.reader));
      for (const pages of [kept, again]) {
        expect(pages.length).toBeGreaterThan(3);
        expect(pages[0]).toMatchObject({ reason: 'DEADLINE', isComplete: false });
        expect(namesOf(pages)).toHaveLength(60);
        expect(new Set(namesOf(pages)).size).toBe(60);
        expect(edgesOf(pages)).toHaveLength(59);
      }
    } finally {
      other.close();
    }
  });

  it('are answered in turns when asked to be, and say the same', () => {
    const log = new LogBuilder();
    for (let i = 0; i < 60; i++) log.add(`${i}`, { from: i === 0 ? [] : [`${i - 1}`] });
    let time = 0;
    const made = index(log.rows, () => (time += 20));
    const plain = index(log.rows);
    const request = { ...WIDE, roots: [log.rows[59]!.recordCid!], direction: 'UPSTREAM' as const };
    const ask = (id: number, count: number, rest: Partial<LineageRequest> = {}) =>
      made.reader.lineageText(
        { ...request, ...rest, turn: { id, count } },
        { nodes: [{ key: 'cid', field: 'cid' }], idPrefix: '', organisation: '' },
      ) as ReturnType<GraphReader['lineageText']> | undefined;
    const turns = (id: number, rest?: Partial<LineageRequest>) => {
      for (let count = 0; ; count++) {
        const answer = ask(id, count, rest);
        if (answer) return { count, answer };
      }
    };
    const whole = plain.reader.lineage(request);
    const cids = (text: string) => (JSON.parse(text) as { cid: string }[]).map(({ cid }) => cid);
    // the second is asked in between and must not be taken for the first
    expect(ask(1, 0)).toBeUndefined();
    const second = turns(2);
    expect(second.count).toBeGreaterThan(5);
    expect(cids(second.answer.text)).toEqual(namesOf([whole]));
    expect(cids(turns(1).answer.text)).toEqual(namesOf([whole]));
    const first = turns(3, { nodesMax: 30 }).answer;
    const after = first.head.next!;
    const last = turns(4, { nodesMax: 30, after }).answer;
    expect([...cids(first.text), ...cids(last.text)]).toEqual(namesOf([whole]));
    // begun again because it is gone, it goes on to the end
    expect(ask(5, 7)).toBeDefined();
    const late = turns(6, { deadlineMs: 60 }).answer;
    expect(late.head).toMatchObject({ reason: 'DEADLINE', isComplete: false });
  });

  it('each counted by what it consists of, when that is asked', () => {
    const log = new LogBuilder();
    log.add('visit', { extract: { type: 'Encounter' } });
    for (let i = 0; i < 5; i++) log.add(`${i}`, { from: ['visit'], author: `author-${i % 2}` });
    const made = index(log.rows);
    const request = { ...WIDE, roots: [log.rows[0]!.recordCid!], direction: 'DOWNSTREAM' as const };
    expect(made.reader.lineage(request).facets).toBeUndefined();
    expect(made.reader.lineage({ ...request, facets: true }).facets).toEqual({
      relations: [['wasDerivedFrom', 5]],
      kinds: [
        ['fhir.resource', 'Claim', 5],
        ['fhir.resource', 'Encounter', 1],
      ],
      authors: [
        ['author-1', 3],
        ['author-0', 3],
      ],
      depths: [
        [0, 1],
        [1, 5],
      ],
    });
  });

  it('report a cycle on the page that closes it', () => {
    const log = new LogBuilder();
    for (let i = 0; i < 6; i++) log.add(`${i}`, { from: [`${(i + 1) % 6}`] });
    const made = index(log.rows);
    const request = { ...WIDE, roots: [log.rows[0]!.recordCid!], direction: 'UPSTREAM' as const };
    const pages = pagesOf({ ...request, nodesMax: 4 }, () => made.reader);
    expect(pages.map(({ cycles }) => cycles.length)).toEqual([0, 1]);
    expect(pages[1]!.cycles[0]).toHaveLength(6);
  });

  it('are refused when the index has not come as far as they have', () => {
    const log = new LogBuilder();
    log.add('a');
    const made = index(log.rows);
    const after = { position: 7, shown: 1, steps: 1 };
    const request = { ...WIDE, roots: [log.rows[0]!.recordCid!], direction: 'UPSTREAM' as const };
    expect(() => made.reader.lineage({ ...request, after })).toThrow(
      expect.objectContaining({ code: 'BAD_CURSOR' }),
    );
  });
});
