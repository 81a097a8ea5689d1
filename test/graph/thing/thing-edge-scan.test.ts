import { afterEach, describe, expect, it } from '@jest/globals';
import type { IndexRow } from '../../../src/graph/row.js';
import { formatRelationFilter } from '../../../src/graph/edge/relation.js';
import { PARTY } from '../../../src/record/cbv/known-term.js';
import { TraceLog } from '../trace/trace-log.js';
import { naiveThingEdges } from './naive-thing-edges.js';
import { randomEventLog, THINGS } from './random-things.js';
import { NOW, ThingIndex } from './thing-index.js';
import fc, { tries } from '../../support/fast-check.js';
import { share } from '../../support/share.js';

let open: ThingIndex[] = [];

function indexOf({ rows }: { rows: IndexRow[] }): ThingIndex {
  const index = new ThingIndex(rows);
  open.push(index);
  return index;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

const CASE = 'https://id.gs1.org/00/106141412345678908';
const GTIN = 'https://id.gs1.org/01/10614141073464';
const unit = (serial: number) => `${GTIN}/21/${serial}`;
const units = (count: number) => Array.from({ length: count }, (_, i) => unit(i));
const owner = (value: string) => [{ type: PARTY.owning_party, value }];

describe('edges of things', () => {
  it('are what a plain reading of the events finds, from either end, at every moment, however they were captured', () => {
    const seen = new Map<string | undefined, number>();
    fc.assert(
      fc.property(
        randomEventLog,
        fc.integer({ min: 1, max: 31 }),
        fc.nat(30),
        fc.option(fc.integer({ min: -1, max: 6 }), { nil: undefined }),
        ({ rows, events }, batch, upTo, asOf) => {
          const index = new ThingIndex(rows, batch);
          try {
            const seqs = rows.map(({ seq }) => seq);
            for (const moment of [NOW, { upTo, asOf }]) {
              const found = index.things.nodesOf(THINGS, moment.upTo);
              const things = found.filter((node) => node !== null);
              const expected = naiveThingEdges(events, moment);
              for (const edge of expected) {
                const relation = edge.split(' ')[1];
                seen.set(relation, (seen.get(relation) ?? 0) + 1);
              }
              const known = seqs.filter((seq) => seq <= moment.upTo);
              for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
                const told = index.edges([...things, ...known], direction, moment);
                expect([...told].sort()).toEqual(expected);
              }
            }
          } finally {
            index.close();
          }
        },
      ),
      tries(100, 4),
    );
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(count).toBeGreaterThan(share(20));
  });

  it('are the same, in the same order, whether nodes are asked about together or one by one', () => {
    fc.assert(
      fc.property(randomEventLog, ({ rows }) => {
        const index = new ThingIndex(rows);
        try {
          const things = index.things.nodesOf(THINGS, NOW.upTo).filter((node) => node !== null);
          const nodes = [...things, ...rows.map(({ seq }) => seq), ...things];
          for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
            const each = nodes.flatMap((node) => index.edges([node], direction));
            expect(index.edges(nodes, direction)).toEqual(each);
          }
        } finally {
          index.close();
        }
      }),
      tries(25, 5),
    );
  });

  it('stand in an order that nothing changes which came later', () => {
    fc.assert(
      fc.property(randomEventLog, fc.nat(30), ({ rows }, upTo) => {
        const then = new ThingIndex(rows.slice(0, upTo + 1));
        const now = new ThingIndex(rows);
        try {
          const moment = { upTo: Math.min(upTo, rows.length - 1) };
          const found = then.things.nodesOf(THINGS, upTo);
          const uris = THINGS.filter((_, i) => found[i] !== null);
          const seqs = rows.slice(0, upTo + 1).map(({ seq }) => seq);
          for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
            const [former, later] = [then, now].map((index) =>
              index.edges([...uris.map((uri) => index.nodeOf(uri)), ...seqs], direction, moment),
            );
            expect(later).toEqual(former);
          }
        } finally {
          then.close();
          now.close();
        }
      }),
      tries(25, 6),
    );
  });

  it('of a hub come in bounded pages, each once, and say when it is finished', () => {
    const log = new TraceLog();
    const children = units(10_000);
    for (let i = 0; i < 10; i++) log.pack(CASE, children.slice(i * 1_000, (i + 1) * 1_000));
    for (let i = 0; i < 10_000; i++) log.event({ action: 'OBSERVE', epcs: [CASE], hour: i });
    const index = indexOf(log);
    const node = index.nodeOf(CASE);
    const seen = (direction: 'UPSTREAM' | 'DOWNSTREAM') => {
      const pages = index.pages([node, node], direction);
      for (const { rows } of pages) expect(rows.length).toBeLessThanOrEqual(8_192);
      expect(pages.length).toBeGreaterThan(2);
      expect(pages.map(({ done }) => done)).toEqual(
        [...pages.map(({ done }) => done)].sort((a, b) => a - b),
      );
      expect(pages.at(-1)!.done).toBe(2);
      const first = pages.slice(0, pages.findIndex(({ done }) => done === 1) + 1);
      return new Set(first.flatMap(({ rows }) => rows.map(([, rel, other]) => `${rel} ${other}`)));
    };
    expect(seen('UPSTREAM').size).toBe(10_000);
    expect(seen('DOWNSTREAM').size).toBe(10_010);
    expect(index.edges([node], 'UPSTREAM', { upTo: 4 })).toHaveLength(5_000);
  });

  it('of an event that names very many things come in bounded pages', () => {
    const log = new TraceLog();
    const { seq } = log.event({ action: 'OBSERVE', epcs: units(20_000) });
    const index = indexOf(log);
    const pages = index.pages([seq], 'UPSTREAM');
    expect(pages.map(({ rows, done }) => [rows.length, done])).toEqual([
      [8_192, 0],
      [8_192, 0],
      [3_616, 1],
    ]);
  });

  it('of a party lead to all that was its own, each by the event that said so first', () => {
    const log = new TraceLog();
    log.event({ action: 'OBSERVE', epcs: units(3_000), destinations: owner('urn:a') });
    log.event({ action: 'OBSERVE', epcs: [unit(1)], hour: 1, destinations: owner('urn:a') });
    log.event({ action: 'OBSERVE', epcs: [unit(2)], hour: 2, destinations: owner('urn:b') });
    const index = indexOf(log);
    const attributed = formatRelationFilter(['wasAttributedTo']);
    const ofA = index.pages([index.nodeOf('urn:a')], 'DOWNSTREAM', NOW, attributed);
    const rows = ofA.flatMap((page) => page.rows);
    expect(rows).toHaveLength(3_000);
    expect(rows.every((row) => row[4] === 0)).toBe(true);
    expect(rows.filter((row) => row[6] !== null)).toHaveLength(1);
    const later = { upTo: NOW.upTo, asOf: 1_800_000_000_000 };
    expect(index.edges([index.nodeOf('urn:a')], 'DOWNSTREAM', later, attributed)).toHaveLength(
      2_999,
    );
  });

  it('join the parts of a transformation, whichever came first', () => {
    const parts = { type: 'TransformationEvent', transformationId: 'urn:run:1' };
    const log = new TraceLog();
    log.event({ ...parts, outputs: [unit(2)] });
    log.event({ ...parts, transformationId: 'urn:run:2', inputs: [unit(7)] });
    log.event({ ...parts, inputs: [unit(1)] });
    const index = indexOf(log);
    const derived = formatRelationFilter(['wasDerivedFrom']);
    const edge = `${unit(2)} wasDerivedFrom ${unit(1)} 2 /inputEPCList`;
    expect(index.edges([index.nodeOf(unit(2))], 'UPSTREAM', NOW, derived)).toEqual([edge]);
    expect(index.edges([index.nodeOf(unit(1))], 'DOWNSTREAM', NOW, derived)).toEqual([edge]);
    expect(index.edges([index.nodeOf(unit(2))], 'UPSTREAM', { upTo: 1 }, derived)).toEqual([]);
  });

  it('of what is neither an event nor a thing are none', () => {
    const log = new TraceLog();
    const { seq } = log.add('a claim');
    log.event({ action: 'ADD', epcs: [unit(1)], bizStep: 'urn:step' });
    const index = indexOf(log);
    const none = [seq, 77, -99_999, -Number.MAX_SAFE_INTEGER];
    expect(index.edges(none, 'UPSTREAM')).toEqual([]);
    expect(index.edges(none, 'DOWNSTREAM')).toEqual([]);
    expect(index.pages(none, 'UPSTREAM').at(-1)!.done).toBe(none.length);
    expect(index.pages([], 'UPSTREAM')).toEqual([]);
  });
});

describe('things', () => {
  it('are found by any form of their name, once an event that names them is known', () => {
    const log = new TraceLog();
    log.event({ action: 'ADD', epcs: [unit(1)], bizStep: 'urn:step' });
    log.event({
      action: 'OBSERVE',
      quantities: [{ list: 'quantityList', epcClass: `${GTIN}/10/A` }],
      destinations: owner('urn:party'),
    });
    const { things } = indexOf(log);
    const names = ['urn:epc:id:sgtin:0614141.107346.1', `${GTIN}/10/A`, 'urn:party'];
    const nodes = things.nodesOf(names, NOW.upTo);
    expect(things.describe(nodes as number[])).toEqual([
      { node: nodes[0], kind: 'ITEM', uri: unit(1) },
      { node: nodes[1], kind: 'CLASS', uri: `${GTIN}/10/A` },
      { node: nodes[2], kind: 'PARTY', uri: 'urn:party' },
    ]);
    expect(things.nodesOf(names, 0)).toEqual([nodes[0], null, null]);
    expect(things.nodesOf(['urn:step', 'ObjectEvent', 'urn:none', GTIN], NOW.upTo)).toEqual([
      ...[null, null, null, null],
    ]);
  });
});
