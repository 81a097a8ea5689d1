import { afterEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import type { IndexRow } from '../../../src/graph/row.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { LogBuilder, TestIndex } from '../log-builder.js';
import fc, { tries } from '../../support/fast-check.js';

let open: TestIndex[] = [];

function indexOf(rows: IndexRow[]): TestIndex {
  const made = TestIndex.of(rows);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

/** What SQL sees, words instead of ids where `term` says so. */
function select({ path }: TestIndex, sql: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql, { returnArrays: true }).all() as unknown as unknown[];
  } finally {
    database.close();
  }
}

const NOON = Date.UTC(2026, 0, 1, 12);
const UNIT = 'https://id.gs1.org/01/10614141073464/21/1';
const CASE = 'https://id.gs1.org/00/106141412345678908';

class SupplyLog extends LogBuilder {
  event(
    facts: EventFacts,
    more: { type?: string; id?: string; hour?: number; author?: string } = {},
  ) {
    const { type = 'ObjectEvent', id, hour = 0, author = 'author-1' } = more;
    return this.add(`event-${this.rows.length}`, this.spec(facts, { type, id, hour, author }));
  }

  spec(facts: EventFacts, more: { type: string; id?: string; hour: number; author: string }) {
    return {
      class: 'epcis.event' as const,
      author: more.author,
      extract: {
        type: more.type,
        ...(more.id !== undefined && { id: more.id }),
        occurredAt: NOON + more.hour * 3_600_000,
        event: facts,
      },
    };
  }
}

const inside = `SELECT c.text, p.text, i.time, i.ended FROM packing_interval i
  JOIN term c ON c.id = i.child JOIN term p ON p.id = i.parent`;
const voided = 'SELECT seq, voided, voids FROM event ORDER BY seq';

describe('events in the index', () => {
  it('are found by what they name, their class and their terms', () => {
    const log = new SupplyLog();
    log.event({ action: 'ADD', epcs: [UNIT], bizStep: 'https://ref.gs1.org/cbv/BizStep-packing' });
    const index = indexOf(log.rows);
    const named = select(
      index,
      'SELECT t.text, m.role FROM mention m JOIN term t ON t.id = m.what',
    );
    expect(named).toEqual(
      expect.arrayContaining([
        [UNIT, 0],
        ['https://id.gs1.org/01/10614141073464', 9],
        ['ObjectEvent', 10],
        ['ADD', 11],
        ['https://ref.gs1.org/cbv/BizStep-packing', 12],
      ]),
    );
  });

  it('keep a sensor reading in its base unit, with and without its type', () => {
    const log = new SupplyLog();
    log.event({ sensors: [{ type: 'urn:t', unit: 'KEL', numbers: { value: 280 } }] });
    const found = select(
      indexOf(log.rows),
      'SELECT t.text, m.value FROM measure m JOIN term t ON t.id = m.key',
    );
    expect(found.sort()).toEqual([
      ['sensor|value|KEL|', 280],
      ['sensor|value|KEL|urn:t', 280],
    ]);
  });

  it('put a unit into its case, and take it out again', () => {
    const log = new SupplyLog();
    const type = 'AggregationEvent';
    log.event({ action: 'ADD', parent: CASE, children: [UNIT] }, { type });
    log.event({ action: 'DELETE', parent: CASE }, { type, hour: 2 });
    expect(select(indexOf(log.rows), inside)).toEqual([[UNIT, CASE, NOON, NOON + 7_200_000]]);
  });

  it('stop counting from the position of their error declaration on, and only for their own author', () => {
    const log = new SupplyLog();
    const facts: EventFacts = { action: 'ADD', parent: CASE, children: [UNIT] };
    const named = { type: 'AggregationEvent', id: 'ni:///1' };
    log.event(facts, named);
    log.event({ ...facts, error: {} }, { ...named, author: 'stranger' });
    const index = indexOf(log.rows);
    expect(select(index, inside)).toHaveLength(1);
    log.event({ ...facts, error: {} }, named);
    index.writer.apply(log.rows);
    expect(select(index, inside)).toEqual([]);
    expect(select(index, voided)).toEqual([
      [0, 2, 0],
      [1, null, 1],
      [2, null, 1],
    ]);
  });

  it('never count when they come after their error declaration', () => {
    const log = new SupplyLog();
    const facts: EventFacts = { action: 'ADD', parent: CASE, children: [UNIT] };
    const named = { type: 'AggregationEvent', id: 'ni:///1' };
    log.event({ ...facts, error: {} }, named);
    log.event(facts, named);
    const index = indexOf(log.rows);
    expect(select(index, inside)).toEqual([]);
    expect(select(index, voided)).toEqual([
      [0, null, 1],
      [1, 0, 0],
    ]);
  });

  it('count once when the same author sends an eventID again, but once each for two authors', () => {
    const log = new SupplyLog();
    const facts: EventFacts = { action: 'ADD', epcs: [UNIT] };
    log.event(facts, { id: 'ni:///1' });
    log.event(facts, { id: 'ni:///1' });
    log.event(facts, { id: 'ni:///1', author: 'another' });
    const index = indexOf(log.rows);
    expect(select(index, voided)).toEqual([
      [0, null, 0],
      [1, null, 2],
      [2, null, 0],
    ]);
    expect(select(index, 'SELECT seq FROM unit ORDER BY seq')).toEqual([[0], [2]]);
  });

  it('give way to the version that corrects them', () => {
    const log = new SupplyLog();
    const named = { type: 'AggregationEvent', id: 'ni:///1', hour: 0, author: 'author-1' };
    const first = log.event({ action: 'ADD', parent: CASE, children: [UNIT] }, named);
    const other = `${CASE.slice(0, -1)}5`;
    log.revise(
      first,
      'mended',
      log.spec({ action: 'ADD', parent: other, children: [UNIT] }, named),
    );
    const index = indexOf(log.rows);
    expect(select(index, inside)).toEqual([[UNIT, other, NOON, Number.MAX_SAFE_INTEGER]]);
    expect(select(index, voided)).toEqual([
      [0, 1, 0],
      [1, null, 0],
    ]);
  });

  it('claim no name and correct no place as a second claim to a version there is already', () => {
    const log = new SupplyLog();
    const first = log.event({ action: 'ADD', epcs: [UNIT] });
    const named = { type: 'ObjectEvent', id: 'ni:///2', hour: 1, author: 'author-1' };
    const lost = { rid: first.rid, ver: 1 };
    log.add('lost', { ...lost, ...log.spec({ action: 'OBSERVE', epcs: [UNIT] }, named) });
    log.event({ action: 'OBSERVE', epcs: [UNIT] }, named);
    const place = (latitude: number) => ({
      class: 'master.data' as const,
      extract: { master: { vocabulary: 'Location' as const, id: 'geo', latitude, longitude: 1 } },
    });
    const told = log.add('place', place(50));
    log.add('lost place', { rid: told.rid, ver: 1, ...place(10) });
    for (const batch of [1, 9]) {
      const index = indexOf([]);
      for (let i = 0; i < log.rows.length; i += batch)
        index.writer.apply(log.rows.slice(i, i + batch));
      expect(select(index, voided)).toEqual([
        [0, null, 0],
        [1, 1, 0],
        [2, null, 0],
      ]);
      expect(select(index, 'SELECT latitude FROM place')).toEqual([[50]]);
    }
  });

  it('are the same rows however the log was cut into batches', () => {
    const fact = fc.record({
      kind: fc.constantFrom('ADD', 'DELETE', 'OBSERVE', 'EMPTY', 'END', 'ERROR', 'REVISE'),
      child: fc.integer({ min: 0, max: 4 }),
      parent: fc.integer({ min: 0, max: 2 }),
      hour: fc.integer({ min: 0, max: 6 }),
      id: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 24 }), fc.array(fc.nat(5)), (facts, cuts) => {
        const { rows } = buildLog(facts);
        const whole = TestIndex.of(rows);
        const pieces = new TestIndex();
        try {
          for (let at = 0, i = 0; at < rows.length; i++) {
            pieces.writer.apply(rows.slice(at, (at += 1 + (cuts[i % cuts.length] ?? 0))));
          }
          expect(dump(pieces)).toEqual(dump(whole));
        } finally {
          whole.close();
          pieces.close();
        }
      }),
      tries(60),
    );
  });
});

type Told = { kind: string; child: number; parent: number; hour: number; id?: number };

function buildLog(told: Told[]): SupplyLog {
  const log = new SupplyLog();
  const item = (n: number) => `${UNIT}${n}`;
  for (const { kind, child, parent, hour, id } of told) {
    const type = kind === 'END' ? 'ObjectEvent' : 'AggregationEvent';
    const more = { type, hour, author: 'author-1', ...(id !== undefined && { id: `ni:///${id}` }) };
    const children = kind === 'EMPTY' ? [] : [item(child)];
    const action =
      kind === 'EMPTY' || kind === 'END' ? 'DELETE' : kind === 'OBSERVE' ? kind : 'ADD';
    const facts: EventFacts =
      kind === 'END'
        ? { action: 'DELETE', epcs: [item(10 + parent)] }
        : { action: kind === 'DELETE' ? 'DELETE' : action, parent: item(10 + parent), children };
    const first = log.rows.find(({ type: of }) => of === 'record.put');
    if (kind === 'REVISE' && first) log.revise(first, `v${log.rows.length}`, log.spec(facts, more));
    else log.event(kind === 'ERROR' ? { ...facts, error: {} } : facts, more);
  }
  return log;
}

/** All that is derived, in words: ids depend on who asked for them first. */
function dump(index: TestIndex): unknown[][] {
  return [
    inside,
    voided,
    'SELECT w.text, m.role, m.time, m.seq FROM mention m JOIN term w ON w.id = m.what',
    'SELECT w.text, u.seq, u.time FROM unit u JOIN term w ON w.id = u.item',
    'SELECT w.text, k.role FROM known k JOIN term w ON w.id = k.what',
    'SELECT w.text, n.first, n.declared FROM event_name n JOIN term w ON w.id = n.event',
    'SELECT w.text, c.seq, c.kind FROM packing_conflict c JOIN term w ON w.id = c.child',
    'SELECT seq, voided FROM packing_movement ORDER BY seq',
  ].map((sql) =>
    select(index, sql)
      .map((row) => JSON.stringify(row))
      .sort(),
  );
}
