import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyText, wholeMonths } from '../../../src/query/analytics/cell-size.js';
import { cellName, SUBJECTS_MIN } from '../../../src/query/analytics/small-cell.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { FactsWorld } from './facts-world.js';
import fc from '../../support/fast-check.js';

const MONTHS = 4;
const monthAt = (month: number) => Date.UTC(2024, month, 1);

interface Bill {
  patient: number;
  payer: number;
  month: number;
}

/** Every window of whole months, and ends left open. */
const WINDOWS = [undefined, 0, 1, 2, 3, 4].flatMap((from) =>
  [undefined, 1, 2, 3, 4]
    .filter((to) => to === undefined || from === undefined || from < to)
    .map((to) => ({ from, to })),
);

describe('what researchers learn by asking twice', () => {
  const directory = tempDirectory();
  let world: FactsWorld;

  beforeAll(async () => {
    world = await FactsWorld.open(directory);
  });
  afterAll(() => world.close());

  const fill = async (bills: Bill[]) => {
    await world.clear('claim');
    await world.insert(
      'claim',
      bills.map(({ patient, payer, month }, seq) => ({
        ...{ seq, kind: 'CLAIM', origin: seq, author: 1, captured: seq, time: 0, patient, payer },
        ...{ provider: 1, type: 1, created: monthAt(month) + seq, currency: 'USD', exact: true },
        ...{ billed: '1.00', lines: 0, encounters: 0 },
      })),
    );
  };

  it('never is what a window more or less takes in, when that is of few', async () => {
    await fc.assert(
      fc.asyncProperty(billsOf(), async (bills) => {
        await fill(bills);
        const told = [];
        for (const { from, to } of WINDOWS) {
          const window = {
            ...(from !== undefined && { from: monthAt(from) }),
            ...(to !== undefined && { to: monthAt(to) }),
          };
          const asked = { name: 'TURNAROUND', by: ['PAYER'], window } as const;
          const withheld = await world.withheld(asked);
          const isIn = ({ month }: Bill) => month >= (from ?? 0) && month < (to ?? MONTHS);
          for (const payer of [1, 2, 3]) {
            const group = bills.filter((bill) => bill.payer === payer && isIn(bill));
            if (group.length === 0 || withheld!.has(cellName([keyText(payer)]))) continue;
            told.push({ payer, group: new Set(group) });
          }
        }
        for (const { payer, group } of told) {
          expect(patientsOf([...group])).toBeGreaterThanOrEqual(SUBJECTS_MIN);
          for (const other of told.filter((each) => each.payer === payer)) {
            if (![...other.group].every((bill) => group.has(bill))) continue;
            const left = [...group].filter((bill) => !other.group.has(bill));
            if (left.length > 0) expect(patientsOf(left)).toBeGreaterThanOrEqual(SUBJECTS_MIN);
          }
        }
      }),
      { numRuns: 5, seed: 31 },
    );
  });

  it('never is what one filter less takes in, when that is of few', async () => {
    await fc.assert(
      fc.asyncProperty(billsOf(), async (bills) => {
        await fill(bills);
        const months = { name: 'TURNAROUND', bucket: 'MONTH' } as const;
        // the total of each month, with the bills of one payer and with all
        await world.insert(
          'term',
          [1, 2, 3].map((id) => ({ id, text: `payer ${id}` })),
        );
        await world.ask('UPDATE claim SET payer = -payer WHERE payer > 0', []);
        const whole = await world.withheld(months);
        for (const payer of [1, 2, 3]) {
          const filter = { payers: [`payer ${payer}`] };
          const part = await world.withheld({ ...months, filter });
          for (let month = 0; month < MONTHS; month++) {
            const name = cellName([keyText(monthAt(month))]);
            const all = bills.filter((bill) => bill.month === month);
            const own = all.filter((bill) => bill.payer === payer);
            if (own.length === 0 || whole!.has(name) || part!.has(name)) continue;
            const left = all.filter((bill) => bill.payer !== payer);
            if (left.length > 0) expect(patientsOf(left)).toBeGreaterThanOrEqual(SUBJECTS_MIN);
          }
        }
        await world.clear('term');
      }),
      { numRuns: 6, seed: 32 },
    );
  });

  it('is not the group that goes with a small one, by asking for it alone', async () => {
    // payer 2 is small; payer 3, the next smallest, goes with it; each has a month of its own
    const sizes = [100, 5, 25, 60];
    const bills = sizes.flatMap((size, i) =>
      Array.from({ length: size }, (_, n) => ({ payer: i + 1, month: i, patient: 1_000 * i + n })),
    );
    await fill(bills);
    const texts = sizes.map((_, i) => ({ id: i + 1, text: `payer ${i + 1}` }));
    await world.insert('term', texts);
    await world.ask('UPDATE claim SET payer = -payer', []);
    const usd = cellName([keyText('USD')]);
    const isToldOf = async (...payers: number[]) => {
      const filter = { payers: payers.map((payer) => `payer ${payer}`) };
      return !(await world.withheld({ name: 'CLAIM_TOTALS', filter }))!.has(usd);
    };
    const isToldIn = async (from: number, to: number) => {
      const window = { from: monthAt(from), to: monthAt(to) };
      return !(await world.withheld({ name: 'CLAIM_TOTALS', window }))!.has(usd);
    };
    const withheld = await world.withheld({ name: 'CLAIM_TOTALS', by: ['PAYER'] });
    expect(withheld!.size).toBe(2);
    const asked = [[1], [2], [3], [4], [1, 2], [1, 3], [1, 4], [1, 2, 3], [1, 2, 3, 4]];
    const told = await Promise.all(asked.map((payers) => isToldOf(...payers)));
    expect(asked.filter((_, i) => told[i])).toEqual([[1], [4], [1, 4], [1, 2, 3], [1, 2, 3, 4]]);
    const spans = [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 3],
      [2, 4],
      [1, 3],
      [3, 4],
      [0, 4],
    ] as const;
    const toldIn = await Promise.all(spans.map(([from, to]) => isToldIn(from, to)));
    expect(spans.filter((_, i) => toldIn[i])).toEqual([
      [0, 1],
      [1, 3],
      [3, 4],
      [0, 4],
    ]);
    await world.clear('term');
  });

  it('is not what a part of a group paid, when the part is of few', async () => {
    const bills = Array.from({ length: 30 }, (_, patient) => ({ payer: 1, month: 0, patient }));
    await fill(bills);
    const answers = 3;
    await world.ask("UPDATE claim SET kind = 'EOB', paid = 1 WHERE seq < $1", [answers]);
    const { groups, ofPart } = (await world.allWithheld({ name: 'CLAIM_TOTALS' }))!;
    expect(groups.size).toBe(0);
    const usd = cellName([keyText('USD')]);
    expect([...ofPart].filter(([, names]) => names.has(usd)).map(([part]) => part)).toEqual([
      "f.kind = 'EOB'",
    ]);
  });

  it('moves windows outwards to whole months', () => {
    const at = (text: string) => Date.parse(text);
    expect(
      wholeMonths({ from: at('2024-02-29T23:00:00Z'), to: at('2024-12-01T00:00:00.001Z') }),
    ).toEqual({ from: at('2024-02-01T00:00:00Z'), to: at('2025-01-01T00:00:00Z') });
    const exact = { from: at('2024-02-01T00:00:00Z'), to: at('2024-03-01T00:00:00Z') };
    expect(wholeMonths(exact)).toEqual(exact);
    expect(wholeMonths({})).toEqual({});
  });
});

/** Runs of patients of one payer in one month, some long and some short. */
function billsOf(): fc.Arbitrary<Bill[]> {
  const run = fc.record({
    payer: fc.integer({ min: 1, max: 3 }),
    month: fc.nat(MONTHS - 1),
    patients: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 11, max: 25 })),
    first: fc.nat(30),
  });
  return fc
    .array(run, { minLength: 1, maxLength: 9 })
    .map((runs) =>
      runs.flatMap(({ payer, month, patients, first }) =>
        Array.from({ length: patients }, (_, i) => ({ payer, month, patient: first + i })),
      ),
    );
}

function patientsOf(bills: Bill[]): number {
  return new Set(bills.map(({ patient }) => patient)).size;
}
