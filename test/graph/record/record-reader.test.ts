import { afterEach, describe, expect, it } from '@jest/globals';
import type { IndexRow } from '../../../src/graph/row.js';
import { fakeCid, LogBuilder, TestIndex } from '../log-builder.js';
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

describe('a record', () => {
  it('comes back with everything its row said', () => {
    const log = new LogBuilder();
    const row = log.add('claim', { extract: { type: 'Claim', aliases: ['x'], occurredAt: -12.4 } });
    const { reader } = index(log.rows);
    expect(reader.recordsByCid([row.recordCid!])).toEqual([
      {
        seq: 0,
        at: row.at,
        rid: row.rid,
        ver: 1,
        recordCid: row.recordCid,
        statementCid: row.statementCid,
        entryCid: row.entryCid,
        author: 'author-1',
        class: 'fhir.resource',
        type: 'Claim',
        sizeBytes: 512,
        state: 'AVAILABLE',
        mediaType: 'application/fhir+json',
        occurredAt: -12,
        isLatest: true,
      },
    ]);
  });

  it('that nobody could read has a state and no type', () => {
    const log = new LogBuilder();
    log.add('a', { state: 'SEALED', mediaType: undefined });
    const { reader } = index(log.rows);
    const [node] = reader.recordsBySeq([0]);
    expect(node).toMatchObject({ state: 'SEALED', class: 'fhir.resource' });
    expect(node?.type).toBeUndefined();
    expect(node?.mediaType).toBeUndefined();
    expect(reader.status()).toMatchObject({ records: 1, unreadable: 1 });
  });

  it('is found by the CID of record, statement and entry, in the order asked', () => {
    const log = new LogBuilder();
    log.addOther();
    for (const name of ['a', 'b']) log.add(name);
    const { reader } = index(log.rows);
    const asked = [
      fakeCid('e', 2),
      fakeCid('r', 1),
      'nothing',
      fakeCid('s', 2),
      fakeCid('e', 0),
      fakeCid('r', 1),
      fakeCid('r', 1).toUpperCase(),
    ];
    const found = reader.recordsByCid(asked).map((node) => node?.seq ?? null);
    expect(found).toEqual([2, 1, null, 2, null, 1, null]);
    expect(reader.recordsBySeq([2, 0, 9, 1, 2]).map((node) => node?.seq ?? null)).toEqual([
      ...[2, null, null, 1, 2],
    ]);
  });

  it('put a second time by another statement is still found where it stood first', () => {
    const log = new LogBuilder();
    const first = log.add('a');
    log.add('a', { recordCid: first.recordCid });
    const { reader } = index(log.rows);
    expect(reader.recordsByCid([first.recordCid!])[0]?.seq).toBe(0);
  });

  it('has versions, the oldest first', () => {
    const log = new LogBuilder();
    const first = log.add('a');
    const second = log.revise(first, 'a');
    log.add('other');
    const made = index(log.rows);
    log.revise(second, 'a');
    made.writer.apply(log.rows);
    const { reader } = made;
    const { rid } = first;
    const versions = reader.versions(rid!);
    expect(versions.map(({ seq, ver, isLatest }) => [seq, ver, isLatest])).toEqual([
      [0, 1, false],
      [1, 2, false],
      [3, 3, true],
    ]);
    expect(reader.recordByRid(rid!)?.ver).toBe(3);
    expect(reader.recordByRid(rid!, 2)?.seq).toBe(1);
    expect(reader.recordByRid(rid!, 9)).toBeNull();
    expect(reader.recordByRid('nobody')).toBeNull();
    expect(reader.versions('nobody')).toEqual([]);
  });

  it('keeps its identifiers as they are, whatever characters they are made of', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'; DROP TABLE record; --", '%', '_', '\u0000', '"', '\\', '|', '\u2028'),
    );
    const pairs = fc.array(fc.record({ system: texts, value: texts }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 1, maxLength: 8 }), (all) => {
        const log = new LogBuilder();
        for (const identifiers of all) log.add('', { extract: { aliases: [], identifiers } });
        const made = TestIndex.of(log.rows);
        try {
          all.forEach((identifiers, seq) => {
            expect(made.reader.identifiersOf(fakeCid('r', seq))).toEqual(identifiers);
            for (const identifier of identifiers) {
              const { nodes } = made.reader.listRecords({ identifier }, 'SEQ_ASC', 100);
              expect(nodes.map((node) => node.seq)).toContain(seq);
            }
          });
        } finally {
          made.close();
        }
      }),
      tries(30),
    );
  });

  it('nobody knows has no identifiers', () => {
    expect(index([]).reader.identifiersOf('nothing')).toEqual([]);
  });
});

describe('edgesOf', () => {
  it('gives the direct neighbours, other references among them', () => {
    const log = new LogBuilder();
    log.add('patient');
    log.add('encounter');
    const claim = log.add('claim', { from: ['encounter'], extract: { aliases: ['claim'] } });
    log.add('note', { from: ['claim', 'patient'], relation: 'refersTo' });
    const { reader } = index(log.rows);
    const { edges, isComplete } = reader.edgesOf(claim.recordCid!, 'BOTH');
    expect(isComplete).toBe(true);
    expect(edges).toEqual([
      {
        from: claim.recordCid,
        to: fakeCid('r', 1),
        relation: 'wasDerivedFrom',
        path: '/source/0',
      },
      { from: fakeCid('r', 3), to: claim.recordCid, relation: 'refersTo', path: '/source/0' },
    ]);
    expect(
      reader.edgesOf(claim.recordCid!, 'BOTH', { relations: ['refersTo'] }).edges,
    ).toHaveLength(1);
    expect(reader.edgesOf(claim.recordCid!, 'BOTH', { knownAt: 2 }).edges).toHaveLength(1);
  });

  it('says when there are more', () => {
    const log = new LogBuilder();
    log.add('hub');
    for (let i = 0; i < 5; i++) log.add(`${i}`, { from: ['hub'] });
    const { reader } = index(log.rows);
    const ask = (first: number) => reader.edgesOf(fakeCid('r', 0), 'DOWNSTREAM', { first });
    expect(ask(4)).toMatchObject({ isComplete: false });
    expect(ask(4).edges).toHaveLength(4);
    expect(ask(5)).toMatchObject({ isComplete: true });
  });

  it('refuses a record nobody captured', () => {
    expect(() => index([]).reader.edgesOf('nothing', 'BOTH')).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });
});
