import { afterEach, describe, expect, it } from '@jest/globals';
import { bitOf, edgeOf, encodeInverse } from '../../../src/graph/edge/inverse.js';
import { encodeRelation, RELATIONS } from '../../../src/graph/edge/relation.js';
import type { IndexRow } from '../../../src/graph/row.js';
import type { Reference } from '../../../src/record/draft.js';
import { fakeCid, LogBuilder, TestIndex } from '../log-builder.js';
import fc, { tries } from '../../support/fast-check.js';

let open: TestIndex[] = [];

function index(rows: IndexRow[] = []): TestIndex {
  const made = TestIndex.of(rows);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

const generated = (target: string, i = 0): Reference => ({
  target,
  relation: 'wasGeneratedBy',
  path: `/target/${i}`,
  isInverse: true,
});

function provenance(log: LogBuilder, ...references: Reference[]): IndexRow {
  return log.add('provenance', { extract: { type: 'Provenance', references } });
}

describe('an inverse reference', () => {
  it('has a bit and a code of its own beside each relation', () => {
    const codes = RELATIONS.map(encodeRelation).flatMap((rel) => [rel, encodeInverse(rel)]);
    expect(new Set(codes).size).toBe(2 * RELATIONS.length);
    expect(new Set(codes.map(bitOf)).size).toBe(2 * RELATIONS.length);
    expect(edgeOf(7, 2, 3, 9)).toEqual([7, 2, 3, 9]);
    expect(edgeOf(7, encodeInverse(2), 3, 9)).toEqual([3, 2, 7, -9]);
  });

  it('starts from the record it names, at the newest version of it', () => {
    const log = new LogBuilder();
    const first = log.add('claim');
    log.revise(first, 'claim');
    provenance(log, generated('claim'));
    expect(index(log.rows).edges()).toEqual([
      '1 -wasGeneratedBy-> 2 /target/0',
      '1 -wasRevisionOf-> 0 /replaces',
    ]);
  });

  it('waits for the record it names, and is healed when that comes', () => {
    const log = new LogBuilder();
    provenance(log, generated('claim'), generated('report', 1));
    log.add('other', { from: ['claim'] });
    const made = index(log.rows);
    expect(made.reader.status()).toMatchObject({ edges: 0, dangling: 3 });
    log.add('claim');
    made.writer.apply(log.rows);
    expect(made.edges()).toEqual([
      '1 -wasDerivedFrom-> 2 /source/0',
      '2 -wasGeneratedBy-> 0 /target/0',
    ]);
    expect(made.reader.status()).toMatchObject({ edges: 2, dangling: 1 });
  });

  it('is found from both its ends', () => {
    const log = new LogBuilder();
    log.add('claim');
    provenance(log, generated('claim'));
    const { reader } = index(log.rows);
    const edge = { from: fakeCid('r', 0), to: fakeCid('r', 1), relation: 'wasGeneratedBy' };
    expect(reader.edgesOf(fakeCid('r', 0), 'UPSTREAM').edges).toMatchObject([edge]);
    expect(reader.edgesOf(fakeCid('r', 1), 'DOWNSTREAM').edges).toMatchObject([edge]);
    expect(reader.edgesOf(fakeCid('r', 1), 'UPSTREAM').edges).toEqual([]);
  });

  it('says something else than the same relation the other way', () => {
    const log = new LogBuilder();
    const forward: Reference = { target: 'claim', relation: 'wasGeneratedBy', path: '/x' };
    provenance(log, generated('claim'), forward);
    log.add('claim');
    expect(index(log.rows).edges()).toEqual([
      '0 -wasGeneratedBy-> 1 /x',
      '1 -wasGeneratedBy-> 0 /target/0',
    ]);
  });

  it('may name the record that holds it, or close a cycle', () => {
    const log = new LogBuilder();
    provenance(log, generated('provenance'), generated('claim', 1));
    log.add('claim', { from: ['provenance'], relation: 'used' });
    expect(index(log.rows).edges()).toEqual([
      '0 -wasGeneratedBy-> 0 /target/0',
      '1 -used-> 0 /source/0',
      '1 -wasGeneratedBy-> 0 /target/1',
    ]);
  });

  it('gives the same rows in any order of arrival and any cut into batches', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const orders = fc.shuffledSubarray(names, { minLength: 5 });
    const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(orders, cuts, (order, sizes) => {
        const log = new LogBuilder();
        for (const name of order) {
          const references = names.map((target, i) => generated(target, i));
          log.add(name, { extract: { references } });
        }
        const cut = new TestIndex();
        for (let at = 0, i = 0; at < log.rows.length; i++) {
          const next = at + sizes[i % sizes.length]!;
          cut.writer.apply(log.rows.slice(at, next));
          at = next;
        }
        const seqs = names.map((_, seq) => seq);
        const told = seqs.flatMap((from) => seqs.map((to) => `${from} -wasGeneratedBy-> ${to}`));
        const found = cut.edges().map((edge) => edge.replace(/ \S*$/, ''));
        cut.close();
        expect(found).toEqual(told.sort());
      }),
      tries(40, 4),
    );
  });
});
