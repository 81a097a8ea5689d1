import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  EventFilter,
  EventOrder,
  SensorCondition,
} from '../../../src/graph/event/event-filter.js';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import type { SensorFact } from '../../../src/record/epcis/fact/event-fact.js';
import type { MasterFacts } from '../../../src/record/epcis/fact/master-fact.js';
import { toBase } from '../../../src/record/unit/unit.js';
import { EventIndexFixture, type EventSpec } from './event-log.js';
import fc, { tries } from '../../support/fast-check.js';

const GTIN = 'https://id.gs1.org/01/10614141073464';
const TEMPERATURE = 'https://gs1.org/voc/Temperature';

let open: EventIndexFixture[] = [];

function fixtureOf(specs: readonly EventSpec[], master: MasterFacts[] = []): EventIndexFixture {
  const made = new EventIndexFixture(specs, master);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

function object(time: number, facts: EventSpec['facts']): EventSpec {
  return { type: 'ObjectEvent', time, facts };
}

/** As the facts of a report are made. */
function report(value: number, uom: string, more: Partial<SensorFact> = {}): SensorFact {
  const base = toBase(value, uom)!;
  return { type: TEMPERATURE, numbers: { value: base.value }, unit: base.unit, ...more };
}

function find(fixture: EventIndexFixture, filter: EventFilter): number[] {
  return fixture
    .list()
    .list(filter, 'RECORD_ASC', 100)
    .events.map(({ seq }) => seq);
}

describe('what an answer costs', () => {
  const COUNT = 3_000;
  const common = { bizStep: 'urn:step:common' };
  const specs = Array.from({ length: COUNT }, (_, i) =>
    object((i * 7) % COUNT, { ...common, ...(i % 1_000 === 0 && { epcs: [`${GTIN}/21/1`] }) }),
  );
  const orders: EventOrder[] = ['TIME_ASC', 'TIME_DESC', 'RECORD_ASC', 'RECORD_DESC'];

  it.each(orders)('a rare thing is found without looking at the others: %s', (orderBy) => {
    const list = fixtureOf(specs).list({ rowsMax: 4, seeksMax: 1_000 });
    const filter = { epc: [`${GTIN}/21/1`], bizStep: [common.bizStep] };
    const page = list.list(filter, orderBy, 10);
    expect(page.events).toHaveLength(3);
    expect(page.hasNext).toBe(false);
  });

  it.each(orders)('is the same at any depth: %s', (orderBy) => {
    const fixture = fixtureOf(specs);
    const budget = { rowsMax: 320, seeksMax: 1_000_000 };
    for (const bounds of [undefined, { few: 0, setMax: 0 }]) {
      const list = fixture.list(budget, bounds);
      const filter = { bizStep: [common.bizStep] };
      let after;
      let pages = 0;
      for (let page; page?.hasNext ?? true; after = page.end, pages++) {
        page = list.list(filter, orderBy, 250, after);
        expect(page.events).toHaveLength(250);
      }
      expect(pages).toBe(COUNT / 250);
    }
  });

  it.each(orders)(
    'nothing is found within the budget of each page, and the end is one: %s',
    (orderBy) => {
      const list = fixtureOf(specs).list({ rowsMax: 1_000, seeksMax: 1_000_000 });
      const filter = { not: { bizStep: [common.bizStep] } };
      let after;
      let pages = 0;
      for (let page; page?.hasNext ?? true; after = page.end, pages++) {
        page = list.list(filter, orderBy, 10, after);
        expect(page.events).toEqual([]);
      }
      expect(pages).toBe(COUNT / 1_000 + 1);
      expect(list.count(filter)).toEqual({ count: 0, isExact: false });
    },
  );

  it('is bounded by the seeks of a long list too', () => {
    const epc = Array.from({ length: 500 }, (_, i) => `${GTIN}/21/${i}`);
    const named = Array.from({ length: 500 }, (_, i) => object(i, { epcs: [epc[i]!] }));
    const list = fixtureOf(named).list({ rowsMax: 50_000, seeksMax: 1_000 }, { few: 0, setMax: 0 });
    const page = list.list({ epc }, 'TIME_ASC', 400);
    expect(page).toMatchObject({ hasNext: true, end: { time: 99 } });
    expect(page.events).toHaveLength(100);
  });

  it('a page ends early where its events are too large to be held, and goes on behind', () => {
    const sensors = Array.from({ length: 100 }, (_, i) =>
      report(i, 'CEL', { texts: { stringValue: String(i).repeat(1_000).slice(0, 1_900) } }),
    );
    const large = Array.from({ length: 60 }, (_, i) => object(i, { sensors }));
    const fixture = fixtureOf(large);
    const list = fixture.list();
    for (const orderBy of orders) {
      const page = list.list({}, orderBy, 100);
      expect(page.hasNext).toBe(true);
      expect(page.events.length).toBeLessThan(60);
      expect(page.events.length).toBeGreaterThan(0);
      const all = fixture.pages(list, { filter: {}, orderBy, first: 100 });
      expect(all.toSorted((a, b) => a - b)).toEqual(large.map((_, i) => i + 1));
    }
  });

  it('an unknown word costs nothing', () => {
    const list = fixtureOf(specs).list({ rowsMax: 0, seeksMax: 0 });
    for (const filter of [
      { bizStep: ['urn:step:none'] },
      { epc: ['urn:none'], bizStep: [common.bizStep] },
      { sensor: [{ type: TEMPERATURE }] },
      { or: [{ lot: ['none'] }, { field: [{ area: 'EVENT' as const, name: 'urn:none' }] }] },
    ]) {
      expect(list.list(filter, 'TIME_DESC', 10)).toEqual({ events: [], hasNext: false });
    }
  });
});

describe('sensor conditions', () => {
  const temperatures = [report(8, 'CEL'), report(46.4, 'FAH'), report(281.15, 'KEL')];
  const of = (...sensors: SensorFact[][]) =>
    fixtureOf(sensors.map((each, i) => object(i, { sensors: each })));

  it.each<[string, SensorCondition]>([
    ['equal in Celsius', { uom: 'CEL', range: { equal: [8] } }],
    ['equal in Fahrenheit', { uom: 'FAH', range: { equal: [46.4] } }],
    ['equal in kelvin', { uom: 'KEL', range: { equal: [281.15] } }],
    ['from', { type: TEMPERATURE, uom: 'FAH', range: { from: 46.4, to: 46.4 } }],
    ['between', { uom: 'CEL', range: { above: 7.9, below: 8.1 } }],
  ])('meet reports in any unit of temperature: %s', (_, condition) => {
    const fixture = of(...temperatures.map((each) => [each]));
    expect(find(fixture, { sensor: [condition] })).toEqual([1, 2, 3]);
  });

  it.each<[string, SensorCondition]>([
    ['above', { uom: 'CEL', range: { above: 8 } }],
    ['below', { uom: 'FAH', range: { below: 46.4 } }],
    ['in another dimension', { uom: 'KGM', range: { from: 0 } }],
    ['without unit', { range: { from: 0 } }],
  ])('leave out what is not meant: %s', (_, condition) => {
    const fixture = of(...temperatures.map((each) => [each]));
    expect(find(fixture, { sensor: [condition] })).toEqual([]);
  });

  it('take a deviation for a difference, and a rank for a number without unit', () => {
    const numbers = { sDev: toBase(2, 'CEL', 'difference')!.value, percRank: 50 };
    const fixture = of([{ type: TEMPERATURE, unit: 'KEL', numbers }]);
    const meets = (condition: SensorCondition) =>
      find(fixture, { sensor: [condition] }).length === 1;
    expect(meets({ number: 'sDev', uom: 'FAH', range: { from: 3.6, to: 3.6 } })).toBe(true);
    expect(meets({ number: 'sDev', uom: 'CEL', range: { above: 2 } })).toBe(false);
    expect(meets({ number: 'percRank', range: { equal: [50] } })).toBe(true);
    expect(meets({ number: 'percRank', uom: 'CEL', range: { above: 50 } })).toBe(false);
  });

  it('know a unit of the sender by its name only', () => {
    const strange = (uom: string) => [{ numbers: { value: 5 }, texts: { uom } }];
    const fixture = of(strange('ZZ1'), strange('ZZ2'), [{ numbers: { value: 5 } }]);
    expect(find(fixture, { sensor: [{ uom: 'ZZ1', range: { from: 5 } }] })).toEqual([1]);
  });

  it('must all be said by one report', () => {
    const device = (deviceID: string) => ({ texts: { deviceID } });
    const fixture = of(
      [report(4, 'CEL', device('a')), report(20, 'CEL', device('b'))],
      [report(20, 'CEL', device('a'))],
    );
    const texts = [{ name: 'deviceID', values: ['a'] }];
    expect(find(fixture, { sensor: [{ uom: 'CEL', range: { above: 10 }, texts }] })).toEqual([2]);
  });

  it('leave an event in whose reports are too many to be kept, when each part is met', () => {
    const many = Array.from({ length: 101 }, (_, i) =>
      report(i, 'CEL', { texts: { deviceID: `d${i}` } }),
    );
    const fixture = of(many, many.slice(0, 99));
    const ask = (deviceID: string, above: number) =>
      find(fixture, {
        sensor: [
          { uom: 'CEL', range: { above }, texts: [{ name: 'deviceID', values: [deviceID] }] },
        ],
      });
    expect(ask('d100', 99.5)).toEqual([1]);
    expect(ask('d3', 50)).toEqual([1]);
    expect(ask('d3', 2)).toEqual([1, 2]);
  });
});

describe('places', () => {
  it('hold those below them, in cycles too', () => {
    const masters = [
      { name: 'site', children: ['room'] },
      { name: 'room', children: ['shelf', 'site'] },
    ].map(({ name, children }) => ({
      vocabulary: 'Location',
      id: `urn:place:${name}`,
      children: children.map((each) => `urn:place:${each}`),
    }));
    const seen = ['site', 'room', 'shelf', 'elsewhere'].map((name, i) =>
      object(i, { readPoint: `urn:place:${name}`, bizLocation: `urn:place:${name}` }),
    );
    const fixture = fixtureOf(seen, masters);
    const first = masters.length + 1;
    const at = (...names: number[]) => names.map((name) => first + name);
    expect(find(fixture, { readPointWithin: ['urn:place:site'] })).toEqual(at(0, 1, 2));
    expect(find(fixture, { bizLocationWithin: ['urn:place:shelf'] })).toEqual(at(2));
    expect(find(fixture, { readPoint: ['urn:place:site'] })).toEqual(at(0));
    expect(find(fixture, { not: { bizLocationWithin: ['urn:place:room'] } })).toEqual(at(3));
  });
});

describe('what happened to containers', () => {
  const ITEMS = ['urn:unit:1', 'urn:unit:2', 'urn:case:1', 'urn:case:2', 'urn:pallet'];
  const items = fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 2 });
  const action = fc.constantFrom('ADD' as const, 'OBSERVE' as const, 'DELETE' as const);
  const bizStep = fc.constantFrom(
    'https://ref.gs1.org/cbv/BizStep-shipping',
    'https://ref.gs1.org/cbv/BizStep-destroying',
  );
  const events: fc.Arbitrary<EventSpec[]> = fc
    .array(
      fc.tuple(
        fc.nat(6),
        fc.oneof(
          fc.record({ action, parent: fc.constantFrom(...ITEMS), children: items }),
          fc.record({ action, epcs: items, bizStep }),
          fc.record({ action, epcs: items }),
        ),
        fc.option(fc.nat(20), { nil: undefined, freq: 6 }),
      ),
      { minLength: 1, maxLength: 25 },
    )
    .map((drawn) =>
      drawn.map(([time, facts, errorOf], i): EventSpec => {
        const type = 'parent' in facts ? 'AggregationEvent' : 'ObjectEvent';
        if (errorOf === undefined) return { type, time, id: `urn:id:${i}`, facts };
        return { type, time, id: `urn:id:${errorOf}`, facts: { ...facts, error: {} } };
      }),
    );

  it('is what the history of the item says', () => {
    fc.assert(
      fc.property(events, fc.constantFrom('TIME_ASC', 'RECORD_DESC'), (specs, orderBy) => {
        const fixture = new EventIndexFixture(specs);
        try {
          const history = new ItemReader(fixture.database);
          for (const bounds of [undefined, { few: 0, setMax: 0 }]) {
            const list = fixture.list({ rowsMax: 9, seeksMax: 1_000_000 }, bounds);
            for (const item of ITEMS) {
              const filter = { anyEpc: [item], isVoided: false, hasErrorDeclaration: false };
              const options = { includeInherited: true };
              const seqs = fixture.pages(list, { filter, orderBy, first: 3, options });
              const { entries } = history.history(item, { asOf: 100 });
              const told = entries.map(({ event }) => event);
              const sorted =
                orderBy === 'TIME_ASC'
                  ? told.sort((a, b) => a.time - b.time || a.seq - b.seq)
                  : told.sort((a, b) => b.seq - a.seq);
              expect(seqs).toEqual(sorted.map(({ seq }) => seq));
            }
          }
        } finally {
          fixture.close();
        }
      }),
      tries(60, 7),
    );
  });
});

describe('what counts for nothing', () => {
  it('is listed for what it names itself, and reaches nothing through a container', () => {
    const [unit, box] = [`${GTIN}/21/1`, 'https://id.gs1.org/00/106141412345678908'];
    const seen = (id: string, more: object = {}): EventSpec => ({
      ...object(5, { action: 'OBSERVE', epcs: [box], ...more }),
      id,
    });
    const fixture = fixtureOf([
      {
        type: 'AggregationEvent',
        time: 1,
        facts: { action: 'ADD', parent: box, children: [unit] },
      },
      seen('good'),
      seen('bad'),
      seen('bad', { error: {} }),
    ]);
    const ask = (epc: string) => {
      const options = { includeInherited: true };
      const page = fixture.list().list({ anyEpc: [epc] }, 'RECORD_ASC', 9, undefined, options);
      return page.events.map(({ seq }) => seq);
    };
    expect(ask(box)).toEqual([1, 2, 3, 4]);
    expect(ask(unit)).toEqual([1, 2]);
  });
});

describe('what is refused', () => {
  it('is a page of no size, and a cursor that names no place', () => {
    const list = fixtureOf([]).list();
    for (const first of [0, 1.5, 10_001]) {
      expect(() => list.list({}, 'TIME_ASC', first)).toThrow(
        expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      );
    }
    expect(() => list.list({}, 'TIME_ASC', 1, { seq: 1, time: NaN })).toThrow(
      expect.objectContaining({ code: 'BAD_CURSOR' }),
    );
    expect(list.list({}, 'TIME_ASC', 1)).toEqual({ events: [], hasNext: false });
  });

  it('is a lot of more units than can be looked for', () => {
    const epcs = Array.from({ length: 2_001 }, (_, i) => `${GTIN}/21/${i}`);
    const list = fixtureOf([object(0, { action: 'ADD', epcs, lot: 'A' })]).list();
    expect(() => list.list({ epc: [`${GTIN}/10/A`] }, 'TIME_ASC', 1)).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }),
    );
    expect(list.list({ epc: [GTIN] }, 'TIME_ASC', 1).events).toHaveLength(1);
  });

  it('is a filter that nests too deep', () => {
    const deep = Array.from({ length: 30 }).reduce<EventFilter>((not) => ({ not }), {});
    expect(() => fixtureOf([]).list().list(deep, 'TIME_ASC', 1)).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }),
    );
  });
});
