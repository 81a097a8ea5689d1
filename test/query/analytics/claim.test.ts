import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { FactsWorld, type FactRow } from './facts-world.js';
import fc, { tries } from '../../support/fast-check.js';

const DAY = 86_400_000;
const CPT = 'http://www.ama-assn.org/go/cpt';

const claim = (seq: number, row: FactRow = {}): FactRow => ({
  ...{ seq, kind: 'CLAIM', origin: seq, author: 1, captured: seq, time: 0, patient: 1 },
  ...{ provider: 2, payer: 3, type: 4, use_: 'claim', status: 'active', outcome: null },
  ...{ created: 0, since: 0, until: null, billed: null, allowed: null, paid: null, denied: null },
  ...{ currency: 'USD', exact: true, claim_ref: null, lines: 0, encounters: 0 },
  ...row,
});
const eob = (seq: number, of: number | null, row: FactRow = {}): FactRow =>
  claim(seq, { kind: 'EOB', claim_ref: of, ...row });

interface LineWish extends FactRow {
  seq: number;
  code: number;
}
const line = ({ seq, code, ...row }: LineWish): FactRow => ({
  ...{ seq, n: 0, kind: 'CLAIM', patient: 1, provider: 2, payer: 3, code, label: null },
  ...{ modifiers: null, quantity: null, encounter: null, serviced: 0, serviced_until: null },
  ...{ billed: '10.00', allowed: null, paid: null, denied: null, currency: 'USD' },
  ...row,
});

describe('figures of claims, over facts set by hand', () => {
  const directory = tempDirectory();
  let world: FactsWorld;
  const cpt = (code: string) => world.term(`${CPT}|${code}`);

  beforeAll(async () => {
    world = await FactsWorld.open(directory);
  });
  afterEach(() => world.clear('claim', 'line', 'encounter', 'patient'));
  afterAll(() => world.close());

  describe('totals', () => {
    const totals = { name: 'CLAIM_TOTALS' } as const;

    it('bills each matter once and adds up what answers say, per currency', async () => {
      await world.insert('claim', [
        claim(1, { billed: '100.10' }),
        claim(2, { billed: '0.20', currency: 'EUR' }),
        // answers claim 1: its billed is the same matter
        eob(3, 1, { billed: '100.10', allowed: '80.00', paid: '70.05', denied: '20.10' }),
        // of a claim the node does not have
        eob(4, -77, { billed: '50.00', allowed: '50.00', paid: '50.00' }),
        // none of these bills
        claim(5, { billed: '999', status: 'cancelled' }),
        claim(6, { billed: '999', use_: 'preauthorization' }),
      ]);
      const rows = await world.figure(totals);
      expect(rows).toEqual([
        {
          ...{ keys: ['USD'], claims: 2, answers: 2, denials: 1, subjects: 1 },
          ...{ billed: '150.1000', allowed: '130.0000', paid: '120.0500', denied: '20.1000' },
        },
        {
          ...{ keys: ['EUR'], claims: 1, answers: 0, denials: 0, subjects: 1 },
          ...{ billed: '0.2000', allowed: null, paid: null, denied: null },
        },
      ]);
      expect(await world.records(totals, ['USD'])).toEqual([1, 3, 4]);
    });

    it('adds up cents as no binary fraction could', async () => {
      const tenCents = Array.from({ length: 1_000 }, (_, seq) => claim(seq, { billed: '0.10' }));
      await world.insert('claim', tenCents);
      const [row] = await world.figure({ ...totals, measures: ['billed'] });
      expect(row!['billed']).toBe('100.0000');
    });

    it('splits and filters by payer, provider, type, status and month', async () => {
      const professional = await world.term('urn:type|professional');
      await world.insert('claim', [
        claim(1, { billed: '1', created: Date.UTC(2024, 0, 31), payer: 9, type: professional }),
        claim(2, { billed: '2', created: Date.UTC(2024, 1, 1), payer: 9, type: professional }),
        claim(3, { billed: '4', created: Date.UTC(2024, 1, 29), payer: 8 }),
      ]);
      const asked = { ...totals, bucket: 'MONTH', measures: ['billed'] } as const;
      expect(await world.figure(asked)).toEqual([
        { keys: [Date.UTC(2024, 0), 'USD'], billed: '1.0000' },
        { keys: [Date.UTC(2024, 1), 'USD'], billed: '6.0000' },
      ]);
      expect(await world.figure({ ...asked, filter: { claimTypes: ['professional'] } })).toEqual([
        { keys: [Date.UTC(2024, 0), 'USD'], billed: '1.0000' },
        { keys: [Date.UTC(2024, 1), 'USD'], billed: '2.0000' },
      ]);
      expect(await world.figure({ ...totals, by: ['PAYER'], measures: ['billed'] })).toEqual([
        { keys: [8, 'USD'], billed: '4.0000' },
        { keys: [9, 'USD'], billed: '3.0000' },
      ]);
      const window = { from: Date.UTC(2024, 1, 1), to: Date.UTC(2024, 1, 29) };
      expect(await world.figure({ ...totals, window, measures: ['claims'] })).toEqual([
        { keys: ['USD'], claims: 1 },
      ]);
    });

    it('cuts weeks on Monday, also before 1970', async () => {
      await world.insert('claim', [
        claim(1, { created: Date.UTC(2024, 0, 1) }),
        claim(2, { created: Date.UTC(2024, 0, 7, 23) }),
        claim(3, { created: Date.UTC(1969, 11, 28) }),
        claim(4, { created: Date.UTC(1969, 11, 29) }),
      ]);
      const rows = await world.figure({ ...totals, bucket: 'WEEK', measures: ['claims'] });
      expect(rows.map(({ keys, claims }) => [(keys as number[])[0], claims])).toEqual([
        [Date.UTC(1969, 11, 22), 1],
        [Date.UTC(1969, 11, 29), 1],
        [Date.UTC(2024, 0, 1), 2],
      ]);
    });

    it('itemises by service', async () => {
      const [visit, test] = [await cpt('99213'), await cpt('80053')];
      await world.insert('claim', [claim(1), eob(2, 1)]);
      await world.insert('line', [
        line({ seq: 1, n: 0, code: visit, billed: '90.00', quantity: '1' }),
        line({ seq: 1, n: 1, code: test, billed: '20.00', quantity: '2.5' }),
        line({ seq: 2, n: 0, kind: 'EOB', code: visit, billed: '90.00', paid: '60.00' }),
      ]);
      const rows = await world.figure({ name: 'SERVICES', by: ['SERVICE'] });
      expect(rows.find(({ keys }) => (keys as unknown[])[0] === visit)).toMatchObject({
        ...{ lines: 1, billed: '90.0000', paid: '60.0000', quantity: '1.0000' },
      });
      expect(rows.find(({ keys }) => (keys as unknown[])[0] === test)).toMatchObject({
        ...{ lines: 1, billed: '20.0000', paid: null, quantity: '2.5000' },
      });
      const filter = { services: ['80053'] };
      expect(await world.figure({ name: 'SERVICES', filter, measures: ['lines'] })).toEqual([
        { keys: ['USD'], lines: 1 },
      ]);
    });
  });

  it('measures how long claims wait for their first answer', async () => {
    await world.insert('claim', [
      ...[1, 2, 3, 4].map((seq) => claim(seq, { created: 0 })),
      eob(11, 1, { created: 5 * DAY }),
      // a second answer changes nothing
      eob(12, 1, { created: 50 * DAY }),
      eob(13, 2, { created: 10 * DAY }),
      eob(14, 3, { created: 20 * DAY }),
      // one that was a mistake answers nothing
      eob(15, 4, { created: 5 * DAY, status: 'entered-in-error' }),
    ]);
    const [row] = await world.figure({ name: 'TURNAROUND' });
    expect(row).toMatchObject({ claims: 4, open: 1, p50Ms: 10 * DAY, p90Ms: 20 * DAY });
    expect(await world.records({ name: 'TURNAROUND' }, [])).toEqual([1, 2, 3, 4, 11, 13, 14]);
  });

  describe('duplicates', () => {
    const asked = { name: 'DUPLICATES', measures: ['claims', 'billed'] } as const;

    it('are exact where all is the same, near where little differs', async () => {
      const same = { since: 10 * DAY, billed: '100.00', lines: 1 };
      await world.insert('claim', [
        claim(1, same),
        claim(2, same),
        // two days later, eight percent more, another provider
        claim(3, { ...same, since: 12 * DAY, billed: '108.00', provider: 5 }),
        // too late, too dear, another patient, other services
        claim(4, { ...same, since: 20 * DAY }),
        claim(5, { ...same, billed: '150.00' }),
        claim(6, { ...same, patient: 9 }),
        claim(7, same),
      ]);
      const lines = [1, 2, 3, 4, 5, 6].map((seq) => line({ seq, code: 40 }));
      await world.insert('line', [...lines, line({ seq: 7, code: 41 })]);
      expect(await world.figure(asked)).toEqual([
        { keys: [0, 'USD'], claims: 1, billed: '100.0000' },
        { keys: [1, 'USD'], claims: 1, billed: '108.0000' },
      ]);
      expect(await world.records(asked, [0, 'USD'])).toEqual([1, 2]);
      expect(await world.records(asked, [1, 'USD'])).toEqual([1, 3]);
      const strict = { ...asked, options: { daysApart: 1 } };
      expect(await world.figure(strict)).toEqual([
        { keys: [0, 'USD'], claims: 1, billed: '100.0000' },
      ]);
    });

    it('are not exact where a modifier or a quantity differs', async () => {
      const same = { since: 0, billed: '10.00', lines: 1 };
      await world.insert('claim', [claim(1, same), claim(2, same)]);
      await world.insert('line', [
        line({ seq: 1, code: 40 }),
        line({ seq: 2, code: 40, modifiers: 'RT' }),
      ]);
      expect(await world.figure(asked)).toEqual([
        { keys: [1, 'USD'], claims: 1, billed: '10.0000' },
      ]);
    });

    it('are not taken for such because sums of codes agree', async () => {
      const same = { since: 0, billed: '10.00', lines: 4 };
      await world.insert('claim', [claim(1, same), claim(2, same)]);
      const codes = [
        [1, 4, 5, 10],
        [1, 3, 6, 10],
      ];
      await world.insert(
        'line',
        codes.flatMap((list, i) => list.map((code, n) => line({ seq: i + 1, n, code }))),
      );
      expect(await world.figure(asked)).toEqual([]);
    });

    it('agree with a plain comparison of all pairs', async () => {
      const claims = fc.array(
        fc.record({
          patient: fc.integer({ min: 1, max: 2 }),
          provider: fc.integer({ min: 1, max: 2 }),
          day: fc.nat(6),
          billed: fc.integer({ min: 90, max: 112 }),
          codes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
        }),
        { minLength: 1, maxLength: 14 },
      );
      await fc.assert(
        fc.asyncProperty(claims, async (list) => {
          await world.clear('claim', 'line');
          await world.insert(
            'claim',
            list.map(({ patient, provider, day, billed, codes }, seq) =>
              claim(seq, {
                ...{ patient, provider, since: day * DAY, billed: String(billed) },
                lines: codes.length,
              }),
            ),
          );
          await world.insert(
            'line',
            list.flatMap(({ codes }, seq) => codes.map((code, n) => line({ seq, n, code }))),
          );
          const told = await world.figure({ ...asked, measures: ['claims'] });
          const kinds = list.map((later, seq) => {
            const texts = ({ codes }: (typeof list)[number]) => codes.toSorted().join(' ');
            const alike = list
              .slice(0, seq)
              .filter(
                (first) =>
                  first.patient === later.patient &&
                  texts(first) === texts(later) &&
                  Math.abs(first.day - later.day) <= 3 &&
                  Math.abs(first.billed - later.billed) * 100 <=
                    10 * Math.max(first.billed, later.billed),
              );
            const isExact = alike.some(
              ({ provider, day, billed }) =>
                provider === later.provider && day === later.day && billed === later.billed,
            );
            return isExact ? 0 : alike.length > 0 ? 1 : -1;
          });
          const expected = [0, 1].flatMap((kind) => {
            const many = kinds.filter((one) => one === kind).length;
            return many > 0 ? [{ keys: [kind, 'USD'], claims: many }] : [];
          });
          expect(told.toSorted((a, b) => kindOf(a) - kindOf(b))).toEqual(expected);
        }),
        tries(40, 21),
      );
    });
  });

  describe('indicators', () => {
    it('find the same service billed twice, and not what a modifier tells apart', async () => {
      await world.insert('claim', [claim(1), claim(2), claim(3), claim(4)]);
      await world.insert('line', [
        line({ seq: 1, code: 40, serviced: 5 * DAY }),
        line({ seq: 2, code: 40, serviced: 5 * DAY + 3 }),
        line({ seq: 2, n: 1, code: 41, serviced: 5 * DAY }),
        line({ seq: 3, code: 40, serviced: 6 * DAY }),
        line({ seq: 4, code: 40, serviced: 5 * DAY, modifiers: '76' }),
      ]);
      expect(await world.figure({ name: 'SAME_SERVICE_TWICE' })).toEqual([
        { keys: ['USD'], findings: 1, claims: 2, billed: '20.0000', subjects: 1 },
      ]);
      expect(await world.records({ name: 'SAME_SERVICE_TWICE' }, ['USD'])).toEqual([1, 2]);
    });

    it('find claims without an encounter, of those that should have one', async () => {
      const pharmacy = await world.term('urn:type|pharmacy');
      await world.insert('claim', [
        claim(1, { since: 5 * DAY, until: 6 * DAY, billed: '1' }),
        claim(2, { since: 15 * DAY, billed: '2' }),
        claim(3, { since: 15 * DAY, encounters: 1, billed: '4' }),
        claim(4, { since: 15 * DAY, type: pharmacy, billed: '8' }),
        claim(5, { since: 15 * DAY, patient: 2, billed: '16' }),
      ]);
      const encounter = { seq: 50, encounter: 50, provider: null, class: null, type: null };
      await world.insert('encounter', [
        { ...encounter, patient: 1, status: 'finished', since: 6 * DAY + 9, until: 7 * DAY },
      ]);
      expect(await world.records({ name: 'CLAIM_WITHOUT_ENCOUNTER' }, ['USD'])).toEqual([2, 5]);
    });

    it('find services after the day of death', async () => {
      await world.insert('claim', [claim(1), claim(2), claim(3, { patient: 2 })]);
      await world.insert('patient', [
        { seq: 90, patient: 1, deceased: true, deceased_at: 5 * DAY + 100 },
        { seq: 91, patient: 2, deceased: true, deceased_at: null },
      ]);
      await world.insert('line', [
        line({ seq: 1, code: 40, serviced: 5 * DAY + 9_000 }),
        line({ seq: 2, code: 40, serviced: 6 * DAY }),
        line({ seq: 3, code: 40, serviced: 60 * DAY, patient: 2 }),
      ]);
      expect(await world.records({ name: 'SERVICE_AFTER_DEATH' }, ['USD'])).toEqual([2]);
    });

    it('find a day of more minutes than it has', async () => {
      const [long, short] = [await cpt('99215'), await cpt('99213')];
      // 36 visits of 40 minutes are a day; with one of 20 they are too many
      const seqs = Array.from({ length: 36 }, (_, seq) => seq);
      await world.insert(
        'claim',
        [...seqs, 36, 40].map((seq) => claim(seq)),
      );
      await world.insert(
        'line',
        seqs.map((seq) => line({ seq, code: long })),
      );
      const asked = { name: 'IMPOSSIBLE_DAY' } as const;
      expect(await world.figure(asked)).toEqual([]);
      await world.insert('line', [
        line({ seq: 36, code: short }),
        line({ seq: 40, code: long, serviced: DAY }),
      ]);
      expect(await world.figure(asked)).toMatchObject([{ findings: 1, claims: 37 }]);
      const slow = { codeMinutes: [{ code: '99213', minutes: 0 }] };
      expect(await world.figure({ ...asked, options: slow })).toEqual([]);
      const own = { codeMinutes: [{ code: `${CPT}|99215`, minutes: 40 }], dayMinutesMax: 30 };
      expect(await world.figure({ ...asked, options: own })).toMatchObject([{ findings: 2 }]);
    });

    it('find panels billed beside their parts, or in parts', async () => {
      const code = Object.fromEntries(
        await Promise.all(
          ['80061', '82465', '83718', '84478', '80048', '80053'].map(
            async (text): Promise<[string, number]> => [text, await cpt(text)],
          ),
        ),
      );
      await world.insert(
        'claim',
        [1, 2, 3, 4, 5].map((seq) => claim(seq, { patient: seq })),
      );
      const day = (seq: number, codes: string[], serviced = 0) =>
        codes.map((text, n) => line({ seq, n, code: code[text]!, patient: seq, serviced }));
      await world.insert('line', [
        ...day(1, ['82465', '83718', '84478']),
        ...day(2, ['82465', '83718']),
        ...day(3, ['80061', '84478']),
        ...day(4, ['80053', '80048']),
        ...day(5, ['80061']),
        line({ seq: 5, n: 9, code: code['84478']!, patient: 5, serviced: DAY }),
      ]);
      const asked = { name: 'UNBUNDLING' } as const;
      expect(await world.records(asked, ['USD'])).toEqual([1, 3, 4]);
      expect(await world.figure(asked)).toMatchObject([{ findings: 3, claims: 3 }]);
      const panels = [{ panel: 'OWN', components: ['82465', '83718'] }];
      expect(await world.records({ ...asked, options: { panels } }, ['USD'])).toEqual([1, 2, 3, 4]);
    });

    it('find who bills the highest level far more often than the peers', async () => {
      const [low, high] = [await cpt('99213'), await cpt('99215')];
      // 20 visits each; shares of the highest: 1, 1, 2, 2, 15 and, with too few visits, all
      const tops = [1, 1, 2, 2, 15];
      const visits = tops.flatMap((many, provider) =>
        Array.from({ length: 20 }, (_, i) => ({ provider, code: i < many ? high : low })),
      );
      visits.push(...Array.from({ length: 5 }, () => ({ provider: 99, code: high })));
      await world.insert(
        'claim',
        visits.map(({ provider }, seq) => claim(seq, { provider })),
      );
      await world.insert(
        'line',
        visits.map(({ provider, code }, seq) => line({ seq, code, provider, patient: seq })),
      );
      const asked = { name: 'LEVEL_MIX_OUTLIER', by: ['PROVIDER'] } as const;
      expect(await world.figure(asked)).toMatchObject([
        { keys: [4, 'USD'], findings: 1, claims: 15 },
      ]);
      expect(await world.figure({ ...asked, options: { peersMin: 6 } })).toEqual([]);
    });

    it('agree with a plain search for services billed twice', async () => {
      const lines = fc.array(
        fc.record({
          claim: fc.nat(5),
          code: fc.integer({ min: 1, max: 3 }),
          day: fc.nat(2),
          patient: fc.nat(1),
        }),
        { minLength: 1, maxLength: 20 },
      );
      await fc.assert(
        fc.asyncProperty(lines, async (list) => {
          await world.clear('claim', 'line');
          const patientOf = new Map(list.map(({ claim: seq, patient }) => [seq, patient]));
          await world.insert(
            'claim',
            [...patientOf].map(([seq, patient]) => claim(seq, { patient })),
          );
          await world.insert(
            'line',
            list.map(({ claim: seq, code, day }, n) =>
              line({ seq, n, code, serviced: day * DAY + n, patient: patientOf.get(seq)! }),
            ),
          );
          const groups = Map.groupBy(list, ({ claim: seq, code, day }) =>
            JSON.stringify([patientOf.get(seq), code, day]),
          );
          const twice = [...groups.values()].filter((group) => group.length > 1);
          const claims = new Set(twice.flat().map(({ claim: seq }) => seq));
          const told = await world.figure({ name: 'SAME_SERVICE_TWICE' });
          if (twice.length === 0) expect(told).toEqual([]);
          else expect(told).toMatchObject([{ findings: twice.length, claims: claims.size }]);
        }),
        tries(40, 22),
      );
    });
  });
});

function kindOf({ keys }: Record<string, unknown>): number {
  return (keys as number[])[0]!;
}
