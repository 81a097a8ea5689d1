import { afterEach, describe, expect, it } from '@jest/globals';
import type { IndexRow } from '../../src/graph/row.js';
import { extractOf, fakeCid, LogBuilder, TestIndex } from './log-builder.js';
import { naiveEdges } from './naive-graph.js';
import { randomLog } from './random-log.js';
import fc, { tries } from '../support/fast-check.js';

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

function withoutPath(edges: string[]): string[] {
  return edges.map((edge) => edge.replace(/ \S*$/, '')).sort();
}

describe('apply', () => {
  it('moves the cursor over entries that are no record', () => {
    const log = new LogBuilder();
    log.addOther();
    log.addOther();
    const { writer, reader } = index(log.rows);
    expect(writer.head()).toEqual({ cursor: 2, entryCid: fakeCid('e', 1) });
    expect(reader.status()).toMatchObject({ cursor: 2, records: 0 });
  });

  it('passes over rows it has applied before, so that sending them twice changes nothing', () => {
    const log = new LogBuilder();
    log.add('a', { extract: { identifiers: [{ system: 's', value: 'v' }] } });
    log.add('b', { from: ['a', 'nowhere'] });
    const made = index(log.rows);
    const before = [made.reader.status(), made.edges()];
    log.add('c', { from: ['b'] });
    made.writer.apply(log.rows.slice(0, 2));
    expect([made.reader.status(), made.edges()]).toEqual(before);
    expect(made.writer.apply(log.rows)).toBe(3);
    expect(made.reader.countRecords({})).toBe(3);
  });

  it('refuses rows that leave an entry out', () => {
    const log = new LogBuilder();
    for (const name of ['a', 'b', 'c']) log.add(name);
    const { writer } = index(log.rows.slice(0, 1));
    expect(() => writer.apply(log.rows.slice(2))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
    expect(() => writer.apply([log.rows[1]!, log.rows[1]!])).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
    expect(writer.head().cursor).toBe(1);
  });

  it('leaves rows, words and cursor as they were when one row of many cannot be stored', () => {
    const log = new LogBuilder();
    log.add('a');
    const made = index(log.rows);
    log.add('b', { from: ['a', 'later'], author: 'author-2' });
    log.add('c', { recordCid: { not: 'text' } as never, author: 'author-3' });
    expect(() => made.writer.apply(log.rows)).toThrow();
    expect(made.writer.head()).toEqual({ cursor: 1, entryCid: fakeCid('e', 0) });
    expect(made.reader.status()).toEqual({
      cursor: 1,
      records: 1,
      edges: 0,
      dangling: 0,
      unreadable: 0,
    });
    log.rows.splice(2);
    log.add('later', { author: 'author-4' });
    made.writer.apply(log.rows);
    expect(made.edges()).toEqual([
      '1 -wasDerivedFrom-> 0 /source/0',
      '1 -wasDerivedFrom-> 2 /source/1',
    ]);
    expect(made.reader.recordsBySeq([2])[0]).toMatchObject({ author: 'author-4' });
  });

  it('keeps capture times rising, whatever the rows say', () => {
    const log = new LogBuilder();
    log.add('a', { at: 2_000 });
    log.add('b', { at: 1_000 });
    const { reader } = index(log.rows);
    expect(reader.recordsBySeq([0, 1]).map((node) => node?.at)).toEqual([2_000, 2_000]);
    expect(reader.countRecords({ from: 2_000 })).toBe(2);
  });
});

describe('references', () => {
  it('give the same graph in whatever order the records arrive', () => {
    const shapes = [
      { name: 'encounter', from: [] },
      { name: 'condition', from: ['encounter'] },
      { name: 'claim', from: ['encounter', 'condition', 'claim'] },
      { name: 'eob', from: ['claim', 'encounter'] },
    ];
    const graphs = new Set<string>();
    for (const order of permutations([0, 1, 2, 3])) {
      const log = new LogBuilder();
      for (const i of order) {
        const { name, from } = shapes[i]!;
        // Two names each: a reference by the one and a reference by the other are one edge.
        const extract = { aliases: [`urn:uuid:${name}`, name] };
        log.add(name, { from: [...from, ...from.map((each) => `urn:uuid:${each}`)], extract });
      }
      const made = index(log.rows);
      expect(made.reader.status().dangling).toBe(0);
      const nameOf = new Map(log.rows.map((row) => [`${row.seq}`, extractOf(row)!.aliases[1]]));
      const named = made.edges().map((edge) => edge.replace(/\b\d+(?= )/g, (n) => nameOf.get(n)!));
      graphs.add(named.sort().join('\n'));
    }
    expect(graphs.size).toBe(1);
  });

  it('mean what the rules say, however the log is cut into batches', () => {
    fc.assert(
      fc.property(randomLog, fc.array(fc.integer({ min: 1, max: 8 })), (rows, cuts) => {
        const made = new TestIndex();
        try {
          let rest = rows;
          for (const cut of [...cuts, rows.length]) {
            made.writer.apply(rest.slice(0, cut));
            rest = rest.slice(cut);
          }
          const expected = naiveEdges(rows);
          const texts = expected.map(({ from, to, relation }) => `${from} -${relation}-> ${to}`);
          expect(withoutPath(made.edges())).toEqual(texts.sort());
          expect(made.reader.status().edges).toBe(expected.length);
          const whole = TestIndex.of(rows);
          expect(made.edges()).toEqual(whole.edges());
          expect(made.reader.status()).toEqual(whole.reader.status());
          whole.close();
        } finally {
          made.close();
        }
      }),
      tries(60),
    );
  });

  it('mean the newest version known at their position, and stay there', () => {
    const log = new LogBuilder();
    const first = log.add('claim');
    log.add('eob-1', { from: ['claim'] });
    const second = log.revise(first, 'other-name');
    log.add('eob-2', { from: ['claim'] });
    log.revise(second, 'claim');
    expect(index(log.rows).edges()).toEqual([
      '1 -wasDerivedFrom-> 0 /source/0',
      '2 -wasRevisionOf-> 0 /replaces',
      '3 -wasDerivedFrom-> 2 /source/0',
      '4 -wasRevisionOf-> 2 /replaces',
    ]);
  });

  it('mean whoever claimed a name last', () => {
    const log = new LogBuilder();
    log.add('claim');
    log.add('claim');
    log.add('eob', { from: ['claim'] });
    expect(index(log.rows).edges()).toEqual(['2 -wasDerivedFrom-> 1 /source/0']);
  });

  it('lead to exactly the version a published link names, also before it is there', () => {
    const log = new LogBuilder();
    const source = log.add('source');
    log.revise(source, 'source');
    const links = [
      { rel: 'used', statement: source.statementCid },
      { rel: 'a-relation-of-tomorrow', statement: fakeCid('s', 3) },
    ];
    log.add('dataset', { links, class: 'dataset' });
    const made = index(log.rows);
    expect(made.reader.status().dangling).toBe(1);
    log.add('late');
    made.writer.apply(log.rows);
    expect(made.edges()).toContain('2 -used-> 0 /links/0');
    expect(made.edges()).toContain('2 -wasDerivedFrom-> 3 /links/1');
    expect(made.reader.status().dangling).toBe(0);
  });

  it('are told apart from names that share their key', () => {
    // keyOf('alias', ...) is the same for both.
    const [one, other] = ['Claim/1288141', 'Claim/19124290'];
    const log = new LogBuilder();
    log.add(one);
    log.add('eob-1', { from: [one, other] });
    const made = index(log.rows);
    expect(made.reader.status().dangling).toBe(1);
    log.add(other);
    log.add('eob-2', { from: [one] });
    made.writer.apply(log.rows);
    expect(made.edges()).toEqual([
      '1 -wasDerivedFrom-> 0 /source/0',
      '1 -wasDerivedFrom-> 2 /source/1',
      '3 -wasDerivedFrom-> 0 /source/0',
    ]);
  });

  it('find their target whatever characters its name is made of, before it or after it', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '\u0000',
        "'",
        '"',
        '%',
        'identifier:',
        'identifier:a|b|c',
        'identifier:|',
        '|',
      ),
    );
    fc.assert(
      fc.property(fc.uniqueArray(names, { minLength: 1, maxLength: 8 }), (all) => {
        const log = new LogBuilder();
        for (const name of all) log.add('', { extract: { aliases: [] }, from: [name] });
        for (const name of all) log.add(name);
        for (const name of all) log.add('', { extract: { aliases: [] }, from: [name] });
        for (const row of log.rows) {
          const extract = extractOf(row)!;
          if (extract.aliases.length > 0) continue;
          const target = all[row.seq % all.length]!;
          extract.references = [{ target, relation: 'used', path: '/x' }];
          row.extractText = JSON.stringify(extract);
        }
        const made = TestIndex.of(log.rows.slice(0, all.length));
        try {
          made.writer.apply(log.rows);
          expect(made.reader.status()).toMatchObject({ dangling: 0, edges: all.length * 2 });
          const edges = all.flatMap((_, i) => [
            `${i} -used-> ${all.length + i} /x`,
            `${all.length * 2 + i} -used-> ${all.length + i} /x`,
          ]);
          expect(made.edges()).toEqual(edges.sort());
        } finally {
          made.close();
        }
      }),
      tries(40),
    );
  });

  it('cannot be caught by an alias that looks like a CID or a statement', () => {
    const log = new LogBuilder();
    log.add(fakeCid('s', 2), { extract: { aliases: [fakeCid('s', 2), `c${fakeCid('s', 2)}`] } });
    log.add('dataset', { links: [{ rel: 'used', statement: fakeCid('s', 2) }] });
    log.add('true source');
    expect(index(log.rows).edges()).toEqual(['1 -used-> 2 /links/0']);
  });
});

describe('versions', () => {
  it('of a second claim to a version there is already supersede nothing', () => {
    const log = new LogBuilder();
    const first = log.add('a');
    log.revise(first, 'a');
    const intruder = log.add('a', { rid: first.rid, ver: 2 });
    const { reader } = index(log.rows);
    expect(reader.versions(first.rid!).map(({ seq, isLatest }) => [seq, isLatest])).toEqual([
      [0, false],
      [1, true],
      [intruder.seq, false],
    ]);
    expect(reader.recordByRid(first.rid!)?.seq).toBe(1);
    expect(reader.recordByRid(first.rid!, 2)?.seq).toBe(1);
  });
});

function permutations(items: number[]): number[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
