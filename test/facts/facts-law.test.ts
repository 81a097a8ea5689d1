import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Facts } from '../../src/facts/facts.js';
import type { IndexRow } from '../../src/graph/row.js';
import { PARTY, STEP } from '../../src/record/cbv/known-term.js';
import type { ClinicalFact } from '../../src/record/fhir/fact/clinical-fact.js';
import { TraceLog, type EventSpec } from '../graph/trace/trace-log.js';
import { FactsWorld, supplyLog } from './facts-world.js';
import fc, { tries } from '../support/fast-check.js';

const GTIN = 'https://id.gs1.org/01/09521234000015';
const UNITS = [1, 2, 3, 4].map((n) => `${GTIN}/21/${n}`);
const BOXES = ['urn:box:1', 'urn:box:2', 'urn:pallet:1'];
const ITEMS = [...UNITS, ...BOXES];
const PLACES = [
  'https://id.gs1.org/414/9521234000008',
  'https://id.gs1.org/414/9521234000008/254/dock',
  'https://id.gs1.org/414/4012345000009',
];
const STEPS = [STEP.shipping, STEP.receiving, STEP.dispensing, STEP.storing];

type Told =
  | { kind: 'event'; spec: EventSpec }
  | { kind: 'void'; of: number }
  | { kind: 'claim'; patient: number; amount: number }
  | { kind: 'patient'; patient: number }
  | { kind: 'revise'; of: number; amount: number };

const hour = fc.integer({ min: 0, max: 40 });
const items = fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 3 });
const readPoint = fc.constantFrom(...PLACES);
const action = fc.constantFrom('ADD' as const, 'OBSERVE' as const, 'DELETE' as const);
const party = fc.constantFrom('urn:party:a', 'urn:party:b');

const event: fc.Arbitrary<EventSpec> = fc.oneof(
  fc.record({ epcs: items, hour, readPoint, action, bizStep: fc.constantFrom(...STEPS) }),
  fc
    .record({ hour, readPoint, action, parent: fc.constantFrom(...BOXES), children: items })
    .map((rest) => ({ type: 'AggregationEvent', ...rest })),
  fc
    .record({ hour, epcs: items, readPoint, from: party, to: party })
    .map(({ from, to, ...rest }) => ({
      ...rest,
      action: 'OBSERVE' as const,
      bizStep: STEP.shipping,
      sources: [{ type: PARTY.possessing_party, value: from }],
      destinations: [{ type: PARTY.possessing_party, value: to }],
    })),
  fc.record({ hour, inputs: items, outputs: items }).map((rest) => ({
    type: 'TransformationEvent',
    ...rest,
  })),
);

const told: fc.Arbitrary<Told[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: event.map((spec): Told => ({ kind: 'event', spec })) },
    fc.record({ kind: fc.constant('void' as const), of: fc.nat(20) }),
    fc.record({ kind: fc.constant('claim' as const), patient: fc.nat(2), amount: fc.nat(99) }),
    fc.record({ kind: fc.constant('patient' as const), patient: fc.nat(2) }),
    fc.record({ kind: fc.constant('revise' as const), of: fc.nat(20), amount: fc.nat(99) }),
  ),
  { minLength: 2, maxLength: 18 },
);

function logOf(all: readonly Told[]): TraceLog {
  const log = new TraceLog();
  const claims: IndexRow[] = [];
  const claimOf = (patient: string, amount: number): ClinicalFact => ({
    ...{ kind: 'CLAIM', patient, status: 'active', currency: 'USD', amounts: { billed: amount } },
    lines: [{ code: `http://loinc.org|${amount % 3}`, amounts: { billed: amount } }],
  });
  all.forEach((one, i) => {
    if (one.kind === 'event') log.event({ ...one.spec, id: `event-${i}` });
    else if (one.kind === 'void') {
      const of = all[one.of];
      if (of?.kind === 'event') log.declareError({ ...of.spec, id: `event-${one.of}` });
    } else if (one.kind === 'patient') {
      log.add(`Patient/${one.patient}`, {
        extract: { type: 'Patient', clinical: { kind: 'PATIENT' } },
      });
    } else if (one.kind === 'claim') {
      const from = [`Patient/${one.patient}`];
      claims.push(
        log.add(`Claim/${i}`, {
          from,
          extract: { clinical: claimOf(from[0]!, one.amount), ...refers(from) },
        }),
      );
    } else if (claims.length > 0) {
      const at = one.of % claims.length;
      const from = [`Patient/${one.of % 3}`];
      claims[at] = log.revise(claims[at]!, `Claim/r${i}`, {
        extract: { clinical: claimOf(from[0]!, one.amount), ...refers(from) },
      });
    }
  });
  return log;
}

function refers(targets: string[]) {
  return {
    references: targets.map((target) => ({
      target,
      relation: 'refersTo' as const,
      path: '/patient',
    })),
  };
}

describe('facts that followed step by step', () => {
  it('are those that were made at once, however the log was cut', async () => {
    await fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 2, max: 7 }), async (all, batch) => {
        const world = new FactsWorld();
        const late = Facts.open(
          { ...world.paths, directory: `${world.paths.directory}-late` },
          { threads: false },
        );
        try {
          const { rows } = logOf(all);
          for (let i = 0; i < rows.length; i += batch) {
            world.apply(rows.slice(i, i + batch));
            await world.catchUp();
          }
          const before = await world.dump();
          const eager = world.facts;
          world.facts = late;
          await world.catchUp();
          expect(await world.dump()).toEqual(before);
          expect(before['dirty']).toEqual([]);
          const lives = await world.facts.query<[string, string | null, number]>(
            `SELECT t.text, c.text, l.last_seq FROM life l JOIN term t ON t.id = l.item
             LEFT JOIN term c ON c.id = l.custodian`,
          );
          for (const [epc, custodian, last] of lives) {
            const { state } = world.index.reader.item(epc, { asOf: Number.MAX_SAFE_INTEGER })!;
            expect([epc, custodian, last]).toEqual([epc, state.custodian ?? null, state.lastSeq]);
          }
          await eager.close();
        } finally {
          await world.close();
        }
      }),
      { ...tries(10, 4), endOnFailure: true },
    );
  });
});

describe('facts that are lost', () => {
  let world: FactsWorld;
  let before: Record<string, string[]>;
  beforeEach(async () => {
    world = new FactsWorld();
    world.apply(supplyLog(7, 300).rows);
    await world.catchUp();
    before = await world.dump();
  });
  afterEach(() => world.close());

  const file = () => join(world.paths.directory, 'facts.duckdb');
  const ways: [string, () => Promise<void> | void][] = [
    ['are deleted', () => rmSync(world.paths.directory, { recursive: true })],
    ['are cut off', () => truncateSync(file(), 5_000)],
    ['are overwritten', () => writeFileSync(file(), 'something else altogether')],
  ];
  it.each(ways)('are made again when they %s while nobody looks', async (_, lose) => {
    await world.facts.close();
    await lose();
    await world.reopen();
    await world.catchUp();
    expect(before['event']!.length).toBeGreaterThan(200);
    expect(await world.dump()).toEqual(before);
  });

  it('are made again when they are reset', async () => {
    await world.facts.reset();
    await world.catchUp();
    expect(await world.dump()).toEqual(before);
  });

  it('stay what they are when they are only opened again', async () => {
    await world.reopen();
    expect(await world.facts.query('SELECT settled FROM meta')).toEqual([
      [world.index.reader.status().cursor],
    ]);
    expect(await world.dump()).toEqual(before);
  });
});
