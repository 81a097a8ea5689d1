import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { FactsWorld, type FactRow } from './facts-world.js';
import fc, { tries } from '../../support/fast-check.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY = 24 * HOUR;
const KELVIN = 273.15;

const [COMMISSION, DEPART, ARRIVE] = [1, 2, 3];
const [CHILD] = [1];

const SIDES = { action: null, step: null, disposition: null, read_point: null, biz_location: null };
const PARTIES = { from_party: null, to_party: null, from_owner: null, to_owner: null };

const event = (seq: number, row: FactRow = {}): FactRow => ({
  ...{ seq, time: seq, recorded: seq, captured: seq, type: 1, author: 1, passage: 0, items: 1 },
  ...SIDES,
  ...{ place: null, site: null, parent: null },
  ...PARTIES,
  ...{ from_place: null, to_place: null },
  ...row,
});
const named = (seq: number, item: number, row: FactRow = {}): FactRow => ({
  ...{ seq, item, role: 0, time: seq, passage: 0, recorded: seq, reaches: true },
  ...row,
});
const life = (item: number, row: FactRow = {}): FactRow => ({
  ...{ item, leaf: true, gtin: 7, lot: 8, expiry: null, status: 0, site: null, custodian: null },
  ...{ since: 0, last_seq: 0 },
  ...row,
});

describe('figures of supply, over facts set by hand', () => {
  const directory = tempDirectory();
  let world: FactsWorld;

  beforeAll(async () => {
    world = await FactsWorld.open(directory);
  });
  afterEach(() =>
    world.clear(
      ...['event', 'event_item', 'life', 'stay', 'transfer', 'unit', 'sensor', 'inside'],
      ...['conflict', 'product', 'record', 'kind'],
    ),
  );
  afterAll(() => world.close());

  it('counts events, the instances they name, and how late they were captured', async () => {
    await world.insert('event', [
      event(1, { author: 5, captured: 1 + 10 }),
      event(2, { author: 5, captured: 2 + 30 }),
      event(3, { author: 6, captured: 3 + 20 }),
    ]);
    await world.insert('event_item', [named(1, 100), named(1, 101), named(2, 100), named(3, 100)]);
    const whole = { name: 'THROUGHPUT', measures: ['events', 'units', 'lagP50Ms'] } as const;
    expect(await world.figure({ ...whole, by: ['ORGANISATION'] })).toEqual([
      { keys: [5], events: 2, units: 2, lagP50Ms: 10 },
      { keys: [6], events: 1, units: 1, lagP50Ms: 20 },
    ]);
    // without units no item is looked at, and the lag is of events
    const [plain] = await world.figure({ name: 'THROUGHPUT', measures: ['events', 'lagP95Ms'] });
    expect(plain).toEqual({ keys: [], events: 3, lagP95Ms: 30 });
    expect(await world.records({ ...whole, by: ['ORGANISATION'] }, [5])).toEqual([1, 2]);
  });

  it('splits by product and lot of what is named', async () => {
    await world.insert('event', [event(1), event(2)]);
    await world.insert('event_item', [named(1, 100), named(1, 200), named(2, 200)]);
    await world.insert('life', [life(100, { gtin: 7 }), life(200, { gtin: 9 })]);
    expect(
      await world.figure({ name: 'THROUGHPUT', by: ['PRODUCT'], measures: ['events', 'units'] }),
    ).toEqual([
      { keys: [9], events: 2, units: 1 },
      { keys: [7], events: 1, units: 1 },
    ]);
  });

  it('counts each record version as it came', async () => {
    await world.insert('kind', [{ id: 1, class: 'fhir.resource', type: 'Patient' }]);
    const record = { kind: 1, author: 3, size: 100, until: null };
    await world.insert('record', [
      { ...record, seq: 0, captured: 50, time: 20, origin: 0 },
      { ...record, seq: 1, captured: 60, time: 50, origin: 0 },
    ]);
    expect(await world.figure({ name: 'CAPTURE', by: ['CLASS', 'TYPE'] })).toEqual([
      {
        ...{ keys: ['fhir.resource', 'Patient'], versions: 2, sizeBytes: 200 },
        lagP50Ms: 10,
        lagP95Ms: 30,
        subjects: 1,
      },
    ]);
  });

  it('measures stays that have ended and counts the open ones', async () => {
    const stay = { leaf: true, gtin: 7, lot: 8, place: 30, site: 31 };
    const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    await world.insert('stay', [
      ...lengths.map((hours, i) => ({
        ...{ ...stay, item: i, since: 0, until: hours * HOUR, opened: i, closed: 100 + i },
      })),
      { ...stay, item: 50, since: 5, until: null, opened: 50, closed: null },
      // a container is not a unit
      { ...stay, leaf: false, item: 60, since: 0, until: 99 * HOUR, opened: 60, closed: 61 },
    ]);
    const asked = { name: 'DWELL', by: ['SITE'] } as const;
    expect(await world.figure(asked)).toEqual([
      {
        keys: [31],
        ...{ stays: 11, units: 11, open: 1, openSince: 5, subjects: 11 },
        ...{ p50Ms: 5 * HOUR, p90Ms: 9 * HOUR, p95Ms: 10 * HOUR },
      },
    ]);
    expect(await world.records({ ...asked, filter: {} }, [31])).toContain(50);
  });

  it('agrees about stays with a plain calculation', async () => {
    const stays = fc.array(
      fc.record({
        site: fc.integer({ min: 1, max: 3 }),
        item: fc.nat(5),
        since: fc.nat(1_000),
        length: fc.option(fc.nat(1_000)),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(stays, async (list) => {
        await world.clear('stay');
        await world.insert(
          'stay',
          list.map(({ site, item, since, length }, i) => ({
            ...{ item, leaf: true, gtin: 7, lot: 8, place: site, site, since },
            ...{ until: length === null ? null : since + length, opened: i, closed: null },
          })),
        );
        const window = { from: 200, to: 800 };
        const rows = await world.figure({ name: 'DWELL', by: ['SITE'], window });
        const inside = list.filter(({ since }) => since >= 200 && since < 800);
        const expected = [...Map.groupBy(inside, ({ site }) => site)].map(([site, group]) => {
          const ended = group.flatMap(({ length }) => length ?? []).sort((a, b) => a - b);
          const share = (p: number) => ended[Math.max(0, Math.ceil(p * ended.length) - 1)] ?? null;
          const open = group.filter(({ length }) => length === null);
          return {
            keys: [site],
            stays: group.length,
            units: new Set(group.map(({ item }) => item)).size,
            open: open.length,
            ...{ p50Ms: share(0.5), p90Ms: share(0.9), p95Ms: share(0.95) },
            openSince: open.length > 0 ? Math.min(...open.map(({ since }) => since)) : null,
            subjects: new Set(group.map(({ item }) => item)).size,
          };
        });
        expect(sorted(rows)).toEqual(sorted(expected));
      }),
      tries(25, 11),
    );
  });

  it('tells who sends what to whom, and how long it takes', async () => {
    const transfer = { leaf: true, gtin: 7, lot: 8, sender: 1, receiver: 2, sent: 0, sent_seq: 10 };
    await world.insert('transfer', [
      { ...transfer, item: 1, received: 4 * HOUR, received_seq: 11 },
      { ...transfer, item: 2, received: 8 * HOUR, received_seq: 12 },
      { ...transfer, item: 3, received: 6 * HOUR, received_seq: 12 },
      { ...transfer, item: 4, received: null, received_seq: null, receiver: null, sent_seq: 13 },
      {
        ...transfer,
        item: 1,
        sender: 2,
        receiver: 3,
        received: HOUR,
        received_seq: 15,
        sent_seq: 14,
      },
    ]);
    const asked = { name: 'FLOW', by: ['SENDER', 'RECEIVER'] } as const;
    const measures = ['units', 'shipments', 'received', 'transitP50Ms'];
    expect(await world.figure({ ...asked, measures })).toEqual([
      { keys: [1, 2], units: 3, shipments: 1, received: 3, transitP50Ms: 6 * HOUR },
      { keys: [1, null], units: 1, shipments: 1, received: 0, transitP50Ms: null },
      { keys: [2, 3], units: 1, shipments: 1, received: 1, transitP50Ms: HOUR },
    ]);
    expect(await world.records(asked, [1, 2])).toEqual([10, 11, 12]);
    expect(await world.records(asked, [1, null])).toEqual([13]);
  });

  it('finds what has expired and what soon will, of what is still about', async () => {
    await world.insert('life', [
      life(1, { expiry: 100 * DAY - 1 }),
      life(2, { expiry: 110 * DAY }),
      life(3, { expiry: 131 * DAY }),
      life(4, { expiry: 105 * DAY, status: 2 }),
      life(5, { expiry: 105 * DAY, leaf: false }),
      life(6),
    ]);
    const asked = { name: 'EXPIRY', now: 100 * DAY, options: { withinDays: 30 } } as const;
    expect(await world.figure({ ...asked, by: ['PRODUCT'] })).toEqual([
      { keys: [7], units: 2, expired: 1, expiring: 1, firstExpiry: 100 * DAY - 1, subjects: 2 },
    ]);
  });

  it('verifies serials by what was commissioned', async () => {
    const good = { passage: ARRIVE };
    await world.insert('unit', [
      ...[1, 2, 4, 5].map((item) => ({ item, seq: 0, time: 0, gtin: 7, lot: 8, expiry: 5_000 })),
      { item: 2, seq: 1, time: 1, gtin: 7, lot: 8, expiry: 5_000 },
      { item: 6, seq: 90, time: 90, gtin: 7, lot: 8, expiry: null },
    ]);
    // of a serial nobody commissioned only its own name says that it is one
    const serial = await world.term('https://id.gs1.org/01/10614141073464/21/3');
    await world.insert(
      'life',
      [1, 2, 4, 5, 6].map((item) => life(item)),
    );
    await world.insert('life', [life(serial, { gtin: null })]);
    await world.insert('life', [life(9, { gtin: null })]);
    await world.insert('event', [event(10), event(11), event(12), event(6_000)]);
    await world.insert('event_item', [
      ...[1, 2, serial, 6, 9].map((item) => named(10, item, good)),
      named(11, 1, { passage: DEPART }),
      // the making of a thing and its storing verify nothing
      named(12, 5, { passage: COMMISSION }),
      named(6_000, 4, good),
    ]);
    const rows = await world.figure({ name: 'VERIFICATION', by: ['REASON'] });
    expect(rows.map(({ keys, serials, rate }) => [keys, serials, rate])).toEqual([
      [[0], 1, 1],
      [[1], 1, 0],
      [[2], 1, 0],
      [[3], 1, 0],
      [[4], 1, 0],
    ]);
    const [all] = await world.figure({ name: 'VERIFICATION' });
    expect(all).toMatchObject({ serials: 5, refused: 4 });
    expect(all!['rate']).toBeCloseTo(0.2);
  });

  it('tells packing that fits from packing that does not', async () => {
    await world.insert('event', [event(1), event(2)]);
    const child = { role: CHILD };
    await world.insert('event_item', [
      ...[1, 2, 3].map((item) => named(1, item, child)),
      named(2, 1, child),
      named(2, 77, { role: 2 }),
    ]);
    await world.insert('conflict', [
      { seq: 2, child: 1, kind: 3, parent: 77, other: null },
      { seq: 2, child: 1, kind: 4, parent: 77, other: null },
    ]);
    expect(await world.figure({ name: 'AGGREGATION' })).toEqual([
      { keys: [], children: 4, conflicts: 1, mismatches: 1, accuracy: 0.75, subjects: 3 },
    ]);
    expect(await world.records({ name: 'AGGREGATION', by: ['REASON'] }, [3])).toEqual([2]);
  });

  describe('of the cold chain', () => {
    const reading = async (seq: number, celsius: number, row: FactRow = {}): Promise<FactRow> => ({
      ...{ seq, n: 0, time: seq, since: seq, until: seq, device: null, place: null, named: true },
      type: await world.term('https://gs1.org/voc/Temperature'),
      unit: await world.term('KEL'),
      ...{ value: celsius + KELVIN, min: null, max: null, mean: null },
      ...row,
    });
    const asked = { name: 'COLD_CHAIN', by: ['PRODUCT'] } as const;

    it('sums up own readings: the degrees, the minutes, the mean kinetic temperature', async () => {
      // 5 C, 10 C for 30 minutes, 6 C for 30, 12 C at the end; range 2 to 8
      const at = [0, 30, 60, 90].map((minutes) => minutes * MINUTE);
      const celsius = [5, 10, 6, 12];
      await world.insert(
        'event',
        at.map((time) => event(time, { time })),
      );
      await world.insert(
        'event_item',
        at.map((time) => named(time, 1)),
      );
      await world.insert(
        'sensor',
        await Promise.all(at.map((time, i) => reading(time, celsius[i]!))),
      );
      await world.insert('life', [life(1)]);
      await world.insert('product', [
        { id: 7, name: null, min: 2 + KELVIN, max: 8 + KELVIN, ndc: null },
      ]);
      const [row] = await world.figure(asked);
      expect(row).toMatchObject({ keys: [7], units: 1, readings: 4 });
      expect(row!['minCelsius']).toBeCloseTo(5);
      expect(row!['maxCelsius']).toBeCloseTo(12);
      expect(row!['minutesOut']).toBeCloseTo(30);
      expect(row!['degreeMinutes']).toBeCloseTo(30 * 2);
      expect(row!['meanKineticCelsius']).toBeCloseTo(meanKinetic(celsius), 9);
      // by hand, dH/R = 9999.93 K: exponents -35.951, -35.316, -35.823, -35.069
      expect(row!['meanKineticCelsius']).toBeCloseTo(8.74, 1);
      expect(await world.records(asked, [7])).toEqual(at);
    });

    it('takes bounds from the caller in place of those of the product, and none from nowhere', async () => {
      await world.insert('event', [event(0), event(10 * MINUTE)]);
      await world.insert('event_item', [named(0, 1), named(10 * MINUTE, 1)]);
      await world.insert('sensor', [await reading(0, -20), await reading(10 * MINUTE, -18)]);
      await world.insert('life', [life(1)]);
      const [bare] = await world.figure(asked);
      expect(bare).toMatchObject({ minutesOut: null, degreeMinutes: null });
      const [bound] = await world.figure({ ...asked, options: { minCelsius: -19 } });
      expect(bound!['minutesOut']).toBeCloseTo(10);
      expect(bound!['degreeMinutes']).toBeCloseTo(10);
    });

    it('takes in what a unit was in while it was in it, and where while it was there', async () => {
      const [inside, outside, there, gone] = [100, 200, 300, 400];
      await world.insert(
        'event',
        [inside, outside, there, gone].map((seq) => event(seq)),
      );
      // a pallet named by two events; the unit leaves it between them
      await world.insert('event_item', [named(inside, 50), named(outside, 50)]);
      await world.insert('inside', [
        {
          item: 1,
          container: 50,
          level: 2,
          since: 0,
          since_recorded: 0,
          opened: 0,
          until: 150,
          until_recorded: 150,
          closed: 150,
        },
      ]);
      await world.insert('stay', [
        {
          item: 1,
          leaf: true,
          gtin: 7,
          lot: 8,
          place: 60,
          site: 60,
          since: 250,
          until: 350,
          opened: 1,
          closed: 2,
        },
      ]);
      const place = { named: false, place: 60 };
      await world.insert('sensor', [
        await reading(inside, 1),
        await reading(outside, 99),
        await reading(there, 3, place),
        await reading(gone, 99, place),
      ]);
      await world.insert('life', [life(1), life(50, { leaf: false })]);
      const [row] = await world.figure(asked);
      expect(row).toMatchObject({ units: 1, readings: 2 });
      expect(row!['minCelsius']).toBeCloseTo(1);
      expect(row!['maxCelsius']).toBeCloseTo(3);
      expect(await world.records(asked, [7])).toEqual([inside, there]);
    });

    it('takes a series for as long as it lasts, when its mean is out', async () => {
      await world.insert('event', [event(0), event(100 * MINUTE)]);
      await world.insert('event_item', [named(0, 1), named(100 * MINUTE, 1)]);
      const series = {
        value: null,
        min: 1 + KELVIN,
        max: 30 + KELVIN,
        since: 0,
        until: 20 * MINUTE,
      };
      await world.insert('sensor', [
        await reading(0, 0, { ...series, mean: 10 + KELVIN }),
        await reading(100 * MINUTE, 0, {
          ...{ ...series, mean: 5 + KELVIN, since: 50 * MINUTE, until: 70 * MINUTE },
        }),
      ]);
      await world.insert('life', [life(1)]);
      const [row] = await world.figure({ ...asked, options: { maxCelsius: 8 } });
      expect(row!['minutesOut']).toBeCloseTo(20);
      expect(row!['degreeMinutes']).toBeCloseTo(40);
      expect(row!['maxCelsius']).toBeCloseTo(30);
    });

    it('agrees with a plain calculation over random readings', async () => {
      const readings = fc.array(
        fc.record({
          item: fc.integer({ min: 1, max: 4 }),
          device: fc.integer({ min: 1, max: 2 }),
          minute: fc.nat(500),
          celsius: fc.integer({ min: -30, max: 45 }),
        }),
        { minLength: 1, maxLength: 30 },
      );
      await fc.assert(
        fc.asyncProperty(readings, async (list) => {
          await world.clear('event', 'event_item', 'sensor', 'life');
          await world.insert(
            'event',
            list.map((_, seq) => event(seq)),
          );
          await world.insert(
            'event_item',
            list.map(({ item }, seq) => named(seq, item)),
          );
          const rows = await Promise.all(
            list.map(({ minute, celsius, device }, seq) => {
              const at = minute * MINUTE;
              return reading(seq, celsius, { device, since: at, until: at, time: at });
            }),
          );
          await world.insert('sensor', rows);
          await world.insert(
            'life',
            [1, 2, 3, 4].map((item) => life(item)),
          );
          const options = { minCelsius: 2, maxCelsius: 8 };
          const told = await world.figure({ ...asked, by: ['UNIT'], options });
          const expected = plainColdChain(list);
          expect(told).toHaveLength(expected.size);
          for (const row of told) {
            const plain = expected.get((row['keys'] as number[])[0]!)!;
            for (const [name, value] of Object.entries(plain)) {
              expect(row[name]).toBeCloseTo(value, 6);
            }
          }
        }),
        tries(25, 12),
      );
    });
  });
});

interface Reading {
  item: number;
  device: number;
  minute: number;
  celsius: number;
}

function plainColdChain(list: Reading[]): Map<number, Record<string, number>> {
  const placed = list.map((reading, seq) => ({ ...reading, seq }));
  const units = Map.groupBy(placed, ({ item }) => item);
  return new Map(
    [...units].map(([item, readings]) => {
      let [minutesOut, degreeMinutes] = [0, 0];
      for (const series of Map.groupBy(readings, ({ device }) => device).values()) {
        series.sort((a, b) => a.minute - b.minute || a.seq - b.seq);
        series.forEach(({ minute, celsius }, i) => {
          const beyond = Math.max(0, 2 - celsius, celsius - 8);
          const minutes = (series[i + 1]?.minute ?? minute) - minute;
          if (beyond > 0) minutesOut += minutes;
          degreeMinutes += minutes * beyond;
        });
      }
      const all = readings.map(({ celsius }) => celsius);
      const [minCelsius, maxCelsius] = [Math.min(...all), Math.max(...all)];
      const meanKineticCelsius = meanKinetic(all);
      return [item, { minCelsius, maxCelsius, minutesOut, degreeMinutes, meanKineticCelsius }];
    }),
  );
}

/** USP <1079.2> as it stands there. */
function meanKinetic(celsius: number[]): number {
  const ratio = 83.144 / 8.314462618e-3;
  const terms = celsius.map((degrees) => Math.exp(-ratio / (degrees + KELVIN)));
  const mean = terms.reduce((sum, term) => sum + term, 0) / terms.length;
  return ratio / -Math.log(mean) - KELVIN;
}

function sorted(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  return rows.toSorted((a, b) => (JSON.stringify(a['keys']) < JSON.stringify(b['keys']) ? -1 : 1));
}
