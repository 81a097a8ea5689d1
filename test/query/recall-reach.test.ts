import { describe, expect, it } from '@jest/globals';
import type { RecallReach } from '../../src/graph/trace/recall-reach.js';
import type { RecallQuestion } from '../../src/query/recall.js';
import { tellReach } from '../../src/query/recall-reach.js';
import fc from '../support/fast-check.js';

const count = fc.oneof(fc.integer({ min: 0, max: 25 }), fc.nat(100_000));
const reaches: fc.Arbitrary<RecallReach> = fc.record({
  dispensings: count,
  claims: count,
  patients: count,
  byRule: fc.constant([{ rule: 'NDC' as const, dispensings: 3, claims: 2 }]),
  products: fc.integer({ min: 0, max: 3 }),
  knownAt: fc.nat(),
});
const questions: fc.Arbitrary<RecallQuestion> = fc.record(
  {
    lot: fc.constant('A'),
    gtin: fc.constant('10614141073464'),
    item: fc.constant('urn:epc:id:sscc:0614141.1234567890'),
    asOf: fc.nat(),
    knownAt: fc.nat(),
  },
  { requiredKeys: [] },
);

const plain = fc.constantFrom({ lot: 'A' }, { lot: 'A', gtin: '10614141073464' });

const tell = (reach: RecallReach, question: RecallQuestion, isReader: boolean) => {
  const { asOf = 1, knownAt, ...subject } = question;
  const request = { ...subject, asOf, ...(knownAt !== undefined && { knownAt }) };
  return tellReach(reach, { request, question }, isReader);
};

describe('what is told of the reach of a recall', () => {
  it('is all of it to whoever may read the records', () => {
    fc.assert(
      fc.property(reaches, questions, (reach, question) => {
        const { dispensings, claims, patients, byRule } = reach;
        expect(tell(reach, question, true)).toMatchObject({
          ...{ dispensings, claims, patients, byRule, isWithheld: false },
        });
      }),
      { seed: 1 },
    );
  });

  it('is to others no number below eleven, no part of the answer without the rest, and no part of a lot', () => {
    let told = 0;
    fc.assert(
      fc.property(reaches, fc.oneof(plain, questions), (reach, question) => {
        const { dispensings, claims, patients, byRule, isWithheld } = tell(reach, question, false);
        expect(byRule).toBeNull();
        if (isWithheld) {
          expect([dispensings, claims, patients]).toEqual([null, null, null]);
          return;
        }
        told++;
        expect(Math.min(dispensings!, claims!, patients!)).toBeGreaterThanOrEqual(11);
        expect(reach.products).toBeLessThanOrEqual(1);
        expect(Object.keys(question)).toContain('lot');
        for (const name of ['item', 'asOf', 'knownAt']) expect(question).not.toHaveProperty(name);
      }),
      { seed: 2, numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(100);
  });
});
