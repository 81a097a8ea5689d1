import { describe, expect, it } from '@jest/globals';
import { PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import type { EventSpec } from '../trace/trace-log.js';
import { AlertIndex, AlertLog, DEPOT, GTIN, PHARMACY, PLANT, TOKYO, unit } from './alert-log.js';
import fc, { tries } from '../../support/fast-check.js';

/** After every event: a clock that ran ahead would show the order of capture. */
const LATER = Date.UTC(2040, 0, 1);
const OTHER_GTIN = 'https://id.gs1.org/01/09521234000022';
const UNITS = [unit(1), unit(2), unit(3), unit(4), `${OTHER_GTIN}/21/1`];
const BOXES = ['urn:box:1', 'urn:box:2', 'urn:pallet:1'];
const ITEMS = [...UNITS, ...BOXES, 'urn:logger:1'];
const PLACES = [PLANT, `${PLANT}/254/dock`, DEPOT, PHARMACY, TOKYO];
const STEPS = [STEP.shipping, STEP.receiving, STEP.dispensing, STEP.storing, STEP.shipping];
const PARTIES = ['A', 'B', 'C'];

type Fact =
  | { kind: 'event'; spec: EventSpec }
  | { kind: 'void'; of: number }
  | { kind: 'place'; id: string; latitude: number; longitude: number }
  | { kind: 'product'; id: string; max: number };

const hour = fc.integer({ min: 0, max: 40 }).map((tick) => tick * 4);
const items = fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 3 });
const inBox = fc.record({
  parent: fc.constantFrom(...BOXES),
  children: fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 3 }),
});
const action = fc.constantFrom(
  'ADD' as const,
  'ADD' as const,
  'DELETE' as const,
  'OBSERVE' as const,
);
const readPoint = fc.option(fc.constantFrom(...PLACES), { nil: undefined });
const party = fc.constantFrom(...PARTIES);

const spec: fc.Arbitrary<EventSpec> = fc.oneof(
  fc.record({
    epcs: items,
    hour,
    readPoint,
    action: fc.constant('ADD' as const),
    lot: fc.constantFrom('L1', 'L1', 'L2'),
  }),
  fc.record({
    epcs: items,
    hour,
    readPoint,
    action: fc.constantFrom('OBSERVE' as const, 'OBSERVE' as const, 'DELETE' as const),
    bizStep: fc.constantFrom(...STEPS),
  }),
  fc
    .record({ hour, readPoint, action, content: inBox })
    .map(({ content, ...rest }) => ({ type: 'AggregationEvent', ...content, ...rest })),
  fc
    .record({ hour, action, parent: fc.constantFrom(...BOXES) })
    .map((rest) => ({ type: 'AssociationEvent', children: ['urn:logger:1'], ...rest })),
  fc.record({ hour, epcs: items, from: party, to: party }).map(({ from, to, ...rest }) => ({
    ...rest,
    bizStep: STEP.shipping,
    sources: [{ type: PARTY.owning_party, value: from }],
    destinations: [{ type: PARTY.owning_party, value: to }],
  })),
  fc.record({ hour, epcs: items, kelvin: fc.integer({ min: 280, max: 300 }) }).map((one) => ({
    epcs: one.epcs,
    hour: one.hour,
    sensors: [
      { type: 'https://gs1.org/voc/Temperature', unit: 'KEL', numbers: { value: one.kelvin } },
    ],
  })),
  fc.record({ hour, from: items, to: items }).map(({ hour: at, from, to }) => ({
    type: 'TransformationEvent',
    inputs: from,
    outputs: to,
    hour: at,
  })),
);

const world: fc.Arbitrary<Fact[]> = fc
  .record({
    events: fc.array(spec, { minLength: 3, maxLength: 24 }),
    voids: fc.uniqueArray(fc.nat(60), { maxLength: 4 }),
    places: fc.subarray([
      { id: PLANT, latitude: 48.85, longitude: 2.35 },
      { id: TOKYO, latitude: 35.68, longitude: 139.69 },
      { id: DEPOT, latitude: 52.5, longitude: 13.4 },
      { id: `${PLANT}/254/dock`, latitude: 40.7, longitude: -74 },
    ]),
    products: fc.subarray([
      { id: GTIN, max: 290 },
      { id: OTHER_GTIN, max: 285 },
    ]),
  })
  .map(({ events, voids, places, products }) => [
    ...events.map((one): Fact => ({ kind: 'event', spec: one })),
    ...voids.filter((of) => of < events.length).map((of): Fact => ({ kind: 'void', of })),
    ...places.map((place): Fact => ({ kind: 'place', ...place })),
    ...products.map((product): Fact => ({ kind: 'product', ...product })),
  ]);

/** @param order the facts in the order in which they are captured */
function logOf(facts: readonly Fact[], order: readonly number[]): AlertLog {
  const log = new AlertLog(LATER);
  for (const i of order) {
    const fact = facts[i]!;
    if (fact.kind === 'place') log.place(fact.id, fact.latitude, fact.longitude);
    else if (fact.kind === 'product') log.product(fact.id, 275, fact.max);
    else {
      const of = fact.kind === 'event' ? i : fact.of;
      const event = facts[of] as Fact & { kind: 'event' };
      // what stands at the same time stands in the order of recording
      const told = { ...event.spec, id: `event-${of}`, recordTime: of };
      if (fact.kind === 'event') log.event(told);
      else log.declareError(told);
    }
  }
  return log;
}

interface Way {
  batch: number;
  settle?: number;
}

/** Alerts with facts in place of ledger positions. */
function answer(facts: readonly Fact[], order: readonly number[], way: Way): string[] {
  const index = new AlertIndex(logOf(facts, order), way.batch, way.settle);
  try {
    return index
      .alerts()
      .map(({ type, item, reasons, evidence, raised }) => {
        const [first, ...rest] = evidence.map((seq) => order[seq]!);
        return `${type} ${item} ${reasons.join('+')} ${first} ${rest.join(',')} ${raised}`;
      })
      .sort();
  } finally {
    index.close();
  }
}

/** Each run builds several indexes on disk. */
const TIMEOUT_MS = 240_000;

describe('alerts', () => {
  it(
    'are the same in whatever order, batches and slices they come about',
    () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(
          world.chain((facts) =>
            fc.record({
              facts: fc.constant(facts),
              order: fc.shuffledSubarray([...facts.keys()], { minLength: facts.length }),
              way: fc.record({
                batch: fc.integer({ min: 1, max: 6 }),
                settle: fc.integer({ min: 1, max: 3 }),
              }),
            }),
          ),
          ({ facts, order, way }) => {
            const natural = [...facts.keys()];
            const expected = answer(facts, natural, { batch: Infinity });
            expected.forEach((alert) => seen.add(alert.split(' ')[2]!));
            expect(answer(facts, natural, { batch: 1 })).toEqual(expected);
            expect(answer(facts, order, way)).toEqual(expected);
          },
        ),
        tries(160, 7),
      );
      const kinds = new Set([...seen].flatMap((reasons) => reasons.split('+')));
      // a world without alerts would prove nothing
      expect([...kinds].sort()).toEqual([
        ...['AFTER_END_OF_LIFE', 'FOREIGN_COMMISSIONING', 'LOT_CONFLICT', 'NEVER_COMMISSIONED'],
        ...['NEVER_RECEIVED', 'NEVER_SHIPPED', 'OUT_OF_RANGE', 'REPARENTED_WITHOUT_DELETE'],
        ...['SECOND_COMMISSIONING', 'SOLD_BY_ANOTHER', 'TOO_FAST', 'TWO_PLACES_AT_ONCE'],
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'are told with the same positions after a rebuild',
    () => {
      fc.assert(
        fc.property(world, fc.integer({ min: 1, max: 9 }), (facts, batch) => {
          const log = logOf(facts, [...facts.keys()]);
          const [whole, parts] = [new AlertIndex(log), new AlertIndex(log, batch, 2)];
          const [expected, found] = [whole.alerts(), parts.alerts()];
          whole.close();
          parts.close();
          expect(found).toEqual(expected);
        }),
        tries(40, 11),
      );
    },
    TIMEOUT_MS,
  );
});
