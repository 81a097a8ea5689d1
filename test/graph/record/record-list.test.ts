import { afterEach, describe, expect, it } from '@jest/globals';
import type { RecordFilter } from '../../../src/graph/record/record-filter.js';
import {
  positionOf,
  type RecordOrder,
  type RecordPosition,
} from '../../../src/graph/record/record-list.js';
import type { IndexRow } from '../../../src/graph/row.js';
import type { RecordClass } from '../../../src/record/draft.js';
import { extractOf, LogBuilder, TestIndex } from '../log-builder.js';
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

const ORDERS: RecordOrder[] = ['SEQ_ASC', 'SEQ_DESC', 'TIME_ASC', 'TIME_DESC'];
const CLASSES: RecordClass[] = ['fhir.resource', 'epcis.event', 'dataset'];
const VALUES = ['v', 'w', '%', "it's", '"', 'a|b', '', ' ', '\u0000', '𝒳', '[]', 'NULL', '123'];
const SYSTEMS = ['http://one', 'http://two', 'epc'];

const specs = fc.array(
  fc.record({
    class: fc.constantFrom(...CLASSES),
    type: fc.constantFrom('Claim', 'Encounter', 'ObjectEvent'),
    author: fc.constantFrom('author-1', 'author-2'),
    occurredAt: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
    identifiers: fc.array(
      fc.record({ system: fc.constantFrom(...SYSTEMS), value: fc.constantFrom(...VALUES) }),
      { maxLength: 3 },
    ),
    state: fc.constantFrom('AVAILABLE' as const, 'AVAILABLE' as const, 'SEALED' as const),
    revises: fc.option(fc.nat(20), { nil: undefined, freq: 3 }),
    isOther: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 25 },
);

const filters: fc.Arbitrary<RecordFilter> = fc.record(
  {
    class: fc.constantFrom(...CLASSES),
    type: fc.constantFrom('Claim', 'Encounter', 'Nothing'),
    author: fc.constantFrom('author-1', 'author-2', 'nobody'),
    from: fc.integer({ min: -2, max: 27 }).map((n) => n * 1_000),
    to: fc.integer({ min: -2, max: 27 }).map((n) => n * 1_000 - 1),
    identifier: fc.record(
      { system: fc.constantFrom(...SYSTEMS, 'unheard of'), value: fc.constantFrom(...VALUES) },
      { requiredKeys: ['value'] },
    ),
    latestOnly: fc.boolean(),
  },
  { requiredKeys: [] },
);

function build(all: typeof specs extends fc.Arbitrary<infer T> ? T : never): IndexRow[] {
  const log = new LogBuilder(0);
  for (const { revises, isOther, type, occurredAt, identifiers, ...row } of all) {
    const records = log.rows.filter(({ rid }) => rid);
    const spec = { ...row, extract: { type, occurredAt, identifiers, aliases: [] } };
    if (isOther) log.addOther();
    else if (revises === undefined || records.length === 0) log.add('', spec);
    else log.revise(records[revises % records.length]!, '', spec);
  }
  return log.rows;
}

/** What a plain filter over the rows lets through, in ledger order. */
function expected(rows: IndexRow[], filter: RecordFilter): IndexRow[] {
  const isLatest = (row: IndexRow) => {
    const versions = rows.filter(({ rid }) => rid === row.rid);
    const newest = Math.max(...versions.map(({ ver }) => ver!));
    return versions.find(({ ver }) => ver === newest) === row;
  };
  return rows.filter((row) => {
    const { identifier: wanted } = filter;
    return (
      row.rid !== undefined &&
      (filter.class === undefined || row.class === filter.class) &&
      (filter.type === undefined || extractOf(row)?.type === filter.type) &&
      (filter.author === undefined || row.author === filter.author) &&
      (filter.from === undefined || row.at >= filter.from) &&
      (filter.to === undefined || row.at < filter.to) &&
      (!filter.latestOnly || isLatest(row)) &&
      (wanted === undefined ||
        extractOf(row)?.identifiers.some(({ system, value }) => {
          return value === wanted.value && (wanted.system ?? system) === system;
        }) === true)
    );
  });
}

function sorted(rows: IndexRow[], orderBy: RecordOrder): number[] {
  const timeOf = (row: IndexRow) => extractOf(row)?.occurredAt ?? row.at;
  const sign = orderBy.endsWith('DESC') ? -1 : 1;
  const byTime = orderBy.startsWith('TIME');
  return [...rows]
    .sort((a, b) => sign * ((byTime ? timeOf(a) - timeOf(b) : 0) || a.seq - b.seq))
    .map(({ seq }) => seq);
}

describe('listRecords', () => {
  it('lists what the filter lets through, in order, page by page, and counts it', () => {
    const questions = fc.array(
      fc.tuple(filters, fc.constantFrom(...ORDERS), fc.integer({ min: 1, max: 7 })),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(specs, questions, (all, asked) => {
        const rows = build(all);
        const made = TestIndex.of(rows);
        try {
          for (const [filter, orderBy, first] of asked) {
            const right = sorted(expected(rows, filter), orderBy);
            const found: number[] = [];
            let after: RecordPosition | undefined;
            for (let hasNext = true; hasNext;) {
              const page = made.reader.listRecords(filter, orderBy, first, after);
              found.push(...page.nodes.map(({ seq }) => seq));
              hasNext = page.hasNext;
              after = page.nodes.length > 0 ? positionOf(page.nodes.at(-1)!) : undefined;
              if (hasNext) expect(page.nodes).toHaveLength(first);
            }
            expect(found).toEqual(right);
            expect(made.reader.countRecords(filter)).toBe(right.length);
          }
        } finally {
          made.close();
        }
      }),
      tries(60),
    );
  });

  it.each(ORDERS)('goes on where it was, whatever is added between two pages (%s)', (orderBy) => {
    const log = new LogBuilder();
    for (let i = 0; i < 20; i++) log.add(`${i}`, { extract: { occurredAt: i % 4 } });
    const made = index(log.rows);
    const whole = made.reader.listRecords({}, orderBy, 100).nodes.map(({ seq }) => seq);
    const found: number[] = [];
    let after: RecordPosition | undefined;
    for (let hasNext = true; hasNext;) {
      const page = made.reader.listRecords({}, orderBy, 3, after);
      found.push(...page.nodes.map(({ seq }) => seq));
      hasNext = page.hasNext && found.length < 100;
      after = positionOf(page.nodes.at(-1)!);
      log.add(`new ${found.length}`, { extract: { occurredAt: found.length % 5 } });
      made.writer.apply(log.rows);
    }
    expect(found.filter((seq) => seq < 20)).toEqual(whole);
    expect(new Set(found).size).toBe(found.length);
  });

  it('tells apart identifiers that share their key', () => {
    // keyOf('identifier', ...) is the same for both.
    const [one, other] = ['mrn-1280904', 'mrn-5889788'];
    const log = new LogBuilder();
    log.add('a', { extract: { identifiers: [{ system: 's', value: one }] } });
    log.add('b', { extract: { identifiers: [{ system: 's', value: other }] } });
    const { reader } = index(log.rows);
    const find = (value: string) => reader.listRecords({ identifier: { value } }, 'SEQ_ASC', 10);
    expect(find(one).nodes.map(({ seq }) => seq)).toEqual([0]);
    expect(find(other).nodes.map(({ seq }) => seq)).toEqual([1]);
  });

  it('refuses a page that is not from 1 to 10,000, and a cursor that does not fit', () => {
    const { reader } = index([]);
    const refusal = (code: string) => expect.objectContaining({ code });
    for (const first of [0, -1, 1.5, NaN, 10_001, 1e9]) {
      expect(() => reader.listRecords({}, 'SEQ_ASC', first)).toThrow(refusal('BAD_USER_INPUT'));
    }
    expect(() => reader.listRecords({}, 'TIME_ASC', 1, { seq: 1 })).not.toThrow();
    const log = new LogBuilder();
    log.add('a');
    const filled = index(log.rows).reader;
    expect(() => filled.listRecords({}, 'TIME_ASC', 1, { seq: 1 })).toThrow(refusal('BAD_CURSOR'));
    expect(() => filled.listRecords({}, 'SEQ_ASC', 1, { seq: NaN })).toThrow(refusal('BAD_CURSOR'));
  });
});
