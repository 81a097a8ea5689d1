import { describe, expect, it } from '@jest/globals';
import type { IndexRow } from '../../../src/graph/row.js';
import { MATCH_RULES, ruleOf } from '../../../src/graph/dispense/match-rule.js';
import { DISPOSITION, STEP } from '../../../src/record/cbv/known-term.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import type { DispenseFacts } from '../../../src/record/fhir/fact/dispense.js';
import { DispenseLog, joinsOf } from './dispense-log.js';
import { naiveJoins, type Counting } from './naive-joins.js';
import fc, { tries } from '../../support/fast-check.js';
import { share } from '../../support/share.js';

const DAY_MS = 86_400_000;
/** NDC 0591-0369-01. */
const GTIN = 'https://id.gs1.org/01/00305910369019';
const OTHER_GTIN = 'https://id.gs1.org/01/10614141073464';
const NDC = '00591036901';
const NOON = 20_000 * DAY_MS + DAY_MS / 2;

const some = <T>(...items: T[]) => fc.constantFrom(...items);
const few = <T>(...items: T[]) => fc.uniqueArray(some(...items), { minLength: 1, maxLength: 2 });
const PRESCRIPTIONS = ['urn:rx:1', 'urn:rx:2', 'urn:rx:3', 'urn:rx:4'];
const UNITS = [1, 2, 3, 4, 5, 6].map((serial) => `${serial % 3 ? GTIN : OTHER_GTIN}/21/${serial}`);

const eventFacts: fc.Arbitrary<EventFacts> = fc.record(
  {
    epcs: few(...UNITS),
    bizTransactions: few(...PRESCRIPTIONS.map((value) => ({ value }))),
    bizStep: some(STEP.dispensing, STEP.dispensing, STEP.shipping),
    disposition: some(DISPOSITION.dispensed, DISPOSITION.active),
  },
  { requiredKeys: ['epcs'] },
);
const recordFacts: fc.Arbitrary<DispenseFacts> = fc.record(
  {
    kind: some('DISPENSE' as const, 'EOB' as const, 'CLAIM' as const),
    patient: some('Patient/1', 'Patient/2'),
    prescriptions: few(...PRESCRIPTIONS),
    epcs: few(...UNITS),
    products: few(
      ...[NDC, '99999999999'].flatMap((ndc) =>
        [0, 1, 2, 3].map((day) => ({ ndc, day: 20_000 + day })),
      ),
    ),
  },
  { requiredKeys: ['kind', 'products'] },
);
const step = fc.record({
  what: some('EVENT', 'EVENT', 'RECORD', 'RECORD', 'VOID', 'CORRECT', 'REVISE', 'PRODUCT'),
  of: fc.nat(20),
  day: some(0, 1, 2, 3),
  event: eventFacts,
  record: fc.option(recordFacts, { nil: undefined, freq: 8 }),
  ndc: some(undefined, '0591-0369-01', '0591-0369-01', '99999-9999-99'),
});

/** A log and what counts at its end. */
const randomLog = fc.array(step, { minLength: 1, maxLength: 24 }).map((steps) => {
  const log = new DispenseLog(NOON);
  const events = new Map<
    string,
    { row: IndexRow; time: number; facts: EventFacts; isVoid: boolean }
  >();
  const records = new Map<string, { row: IndexRow; facts?: DispenseFacts }>();
  const products = new Map<string, string | undefined>();
  const pick = <T>(map: Map<string, T>, of: number) => [...map][of % Math.max(map.size, 1)];
  for (const { what, of, day, event, record, ndc } of steps) {
    const time = NOON + day * DAY_MS;
    const [id, former] = pick(events, of) ?? [];
    const [rid, version] = pick(records, of) ?? [];
    if (what === 'EVENT') {
      const row = log.event(event, time, `urn:id:${events.size}`);
      events.set(`urn:id:${events.size}`, { row, time, facts: event, isVoid: false });
    } else if (what === 'RECORD') {
      const row = log.record(record);
      records.set(row.rid!, { row, facts: record });
    } else if (what === 'VOID' && id) {
      log.event({ ...event, error: {} }, time, id);
      former!.isVoid = true;
    } else if (what === 'CORRECT' && id) {
      const row = log.event(event, time, id, former!.row);
      events.set(id, { row, time, facts: event, isVoid: former!.isVoid });
    } else if (what === 'REVISE' && rid) {
      records.set(rid, { row: log.record(record, version!.row), facts: record });
    } else if (what === 'PRODUCT') {
      const gtin = of % 2 ? GTIN : OTHER_GTIN;
      log.product(gtin, ndc);
      products.set(gtin, ndc);
    }
  }
  const isDispensing = ({ bizStep = STEP.dispensing, disposition }: EventFacts) =>
    bizStep === STEP.dispensing || disposition === DISPOSITION.dispensed;
  const counting: Counting = {
    events: [...events.values()]
      .filter(({ isVoid, facts }) => !isVoid && isDispensing(facts))
      .map(({ row, time, facts }) => ({ seq: row.seq, time, facts })),
    records: [...records.values()].flatMap(({ row, facts }) =>
      facts ? [{ seq: row.seq, facts }] : [],
    ),
    products,
  };
  return { rows: log.rows, counting };
});

const isMatch = (join: string) => join.includes(' match:');

describe('joined dispensings', () => {
  it('are what the rules say of all that counts, however it was captured', () => {
    const seen = new Map<string | undefined, number>();
    fc.assert(
      fc.property(randomLog, fc.integer({ min: 1, max: 31 }), ({ rows, counting }, batch) => {
        const { joins, counted, stored } = joinsOf(rows, batch);
        expect(joins.filter(isMatch)).toEqual(naiveJoins(counting));
        expect(counted).toBe(stored);
        for (const join of joins.filter(isMatch)) {
          const rule = join.split(':')[1];
          seen.set(rule, (seen.get(rule) ?? 0) + 1);
        }
      }),
      tries(250, 9),
    );
    for (const rule of MATCH_RULES) expect(seen.get(rule)).toBeGreaterThan(share(10));
  });

  it('by a drug are taken away again when a second event or record shares it', () => {
    const log = new DispenseLog();
    const products = [{ ndc: NDC, day: 20_000 }];
    log.event({ epcs: [`${GTIN}/21/1`] }, NOON, 'urn:id:1');
    log.record({ kind: 'DISPENSE', patient: 'Patient/1', products });
    expect(joinsOf(log.rows, 1).joins).toEqual(['1 -> 0 match:NDC']);
    log.record({ kind: 'EOB', patient: 'Patient/1', products });
    expect(joinsOf(log.rows, 1).joins).toEqual(['1 -> 0 match:NDC', '2 -> 0 match:NDC']);
    const other = log.record({ kind: 'EOB', patient: 'Patient/2', products });
    expect(joinsOf(log.rows, 1).joins).toEqual([]);
    log.record(undefined, other);
    expect(joinsOf(log.rows, 1).joins.filter(isMatch)).toHaveLength(2);
    log.event({ epcs: [`${GTIN}/21/2`] }, NOON, 'urn:id:2');
    expect(joinsOf(log.rows, 1).joins.filter(isMatch)).toEqual([]);
    log.event({ error: {} }, NOON, 'urn:id:2');
    expect(joinsOf(log.rows, 1).joins.filter(isMatch)).toHaveLength(2);
  });

  it('by a name that too many share are none, from then on and in whatever batches', () => {
    const log = new DispenseLog();
    const bizTransactions = [{ value: 'urn:rx:none' }];
    log.event({ bizTransactions }, NOON);
    for (let i = 0; i < 64; i++) log.record({ kind: 'EOB', prescriptions: ['urn:rx:none'] });
    expect(joinsOf(log.rows, 7).joins).toHaveLength(64);
    for (let i = 0; i < 10; i++) log.record({ kind: 'EOB', prescriptions: ['urn:rx:none'] });
    for (const batch of [1, 7, 70, Infinity]) {
      expect(joinsOf(log.rows, batch)).toEqual({ joins: [], counted: 0, stored: 0 });
    }
  });

  it('leave a reference of the record to the event as it is', () => {
    const log = new DispenseLog();
    log.event({ epcs: [`${GTIN}/21/1`] }, NOON, 'urn:id:1');
    log.record({ kind: 'DISPENSE', epcs: [`${GTIN}/21/1`] }, undefined, ['event-0']);
    log.event({ error: {} }, NOON, 'urn:id:1');
    for (const batch of [1, 2, 3]) {
      expect(joinsOf(log.rows, batch).joins).toEqual(['1 -> 0 /source/0']);
    }
  });

  it('know a transaction by the number its owner gave it', () => {
    const log = new DispenseLog();
    const value = 'urn:epcglobal:cbv:bt:0614141000012:900%2F1';
    log.event({ bizTransactions: [{ value }] }, NOON);
    log.record({ kind: 'EOB', prescriptions: ['900/1'] });
    expect(joinsOf(log.rows).joins).toEqual(['1 -> 0 match:PRESCRIPTION']);
  });

  it('say their rule in the place of a path', () => {
    expect(['match:NDC', 'match:SERIAL', 'match:ELSE', '/item/0'].map(ruleOf)).toEqual([
      ...['NDC', 'SERIAL', undefined, undefined],
    ]);
  });
});
