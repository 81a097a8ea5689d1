import { describe, expect, it } from '@jest/globals';
import { PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import {
  AlertIndex,
  alertsOf,
  AlertLog,
  box,
  DEPOT,
  PHARMACY,
  PLANT,
  PLANT_DOCK,
  unit,
} from './alert-log.js';

const DAY = 24;
const unreceived = (item: string, evidence: string) =>
  `CUSTODY_GAP ${item} NEVER_RECEIVED ${evidence}`;
const unshipped = (item: string, evidence: string) =>
  `CUSTODY_GAP ${item} NEVER_SHIPPED ${evidence}`;

describe('a gap in custody', () => {
  it('is raised a fortnight after a shipping that nobody received', () => {
    const log = new AlertLog();
    log.commission([box(1)], 0);
    const { at } = log.ship([box(1)], PLANT, 1);
    const index = new AlertIndex(log);
    const [alert] = index.alerts();
    expect(alert).toMatchObject({ evidence: [1], known: 1 });
    const event = index.database.prepare('SELECT time FROM event WHERE seq = 1').get()!;
    expect(alert!.raised).toBe((event['time'] as number) + 14 * DAY * 3_600_000);
    expect(at).toBeGreaterThan(0);
    index.close();
  });

  it.each<[string, (log: AlertLog) => void]>([
    ['a receiving', (log) => log.receive([box(1)], DEPOT, 2 * DAY)],
    ['a sighting elsewhere', (log) => log.seen([box(1)], DEPOT, 2 * DAY)],
    [
      'a receiving of what it is in',
      (log) => {
        log.pack('urn:lorry:1', [box(1)], { hour: 2 });
        log.receive(['urn:lorry:1'], DEPOT, DAY);
      },
    ],
    ['a unit in it that is given to a patient', (log) => log.seen([unit(1)], PHARMACY, 9 * DAY)],
    [
      'a shipping that is made void',
      (log) => {
        log.seen([box(1)], PLANT, 3, { bizStep: 'https://ref.gs1.org/cbv/BizStep-void_shipping' });
      },
    ],
  ])('is closed by %s, also when it is captured later', (_, explain) => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2), box(1), box(2)], 0);
    log.pack(box(2), [unit(1), unit(2)], { hour: 0.5 });
    log.pack(box(1), [box(2)], { hour: 0.5 });
    log.ship([box(1)], PLANT, 1);
    expect(alertsOf(log)).toEqual([unreceived(box(1), '3')]);
    explain(log);
    for (const batch of [1, 4, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });

  it('opens again when what closed it did not happen', () => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2), box(1)], 0);
    log.pack(box(1), [unit(1), unit(2)], { hour: 0.5, id: 'packed' });
    log.ship([box(1)], PLANT, 1);
    log.seen([unit(1)], PHARMACY, 9, { id: 'seen' });
    log.seen([unit(2)], PHARMACY, 9);
    log.declareError({ id: 'seen', epcs: [unit(1)], hour: 9 });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
    log.declareError({ id: 'packed', type: 'AggregationEvent', hour: 0.5 });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([unreceived(box(1), '2')]);
  });

  it('is not closed by what comes too late, from the same site, or from before', () => {
    const log = new AlertLog();
    log.commission([box(1)], 0, { readPoint: DEPOT });
    log.ship([box(1)], PLANT, 10);
    log.seen([box(1)], PLANT_DOCK, 11);
    log.receive([box(1)], DEPOT, 10 + 15 * DAY);
    expect(alertsOf(log)).toEqual([unreceived(box(1), '1')]);
  });

  it('is told of what was shipped, and not of what is in it', () => {
    const log = new AlertLog();
    log.commission([unit(1), box(1)], 0);
    log.event({
      ...{ type: 'AggregationEvent', action: 'ADD', parent: box(1), children: [unit(1)] },
      ...{ bizStep: STEP.shipping, readPoint: PLANT, hour: 1 },
    });
    expect(alertsOf(log)).toEqual([unreceived(box(1), '1')]);
  });

  it('is a receiving of what nobody shipped, if it was elsewhere', () => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2)], 0);
    log.receive([unit(1)], PLANT_DOCK, 1);
    log.receive([unit(1)], DEPOT, 2);
    log.receive([unit(1)], DEPOT, 3);
    log.ship([unit(2)], PLANT, 1);
    log.receive([unit(2)], DEPOT, 2);
    log.receive([unit(2)], PHARMACY, 3);
    expect(alertsOf(log)).toEqual([unshipped(unit(1), '2,1'), unshipped(unit(2), '6,5')]);
  });

  it('is none when the container was shipped, however late that is captured', () => {
    const log = new AlertLog();
    log.commission([unit(1), box(1)], 0);
    log.pack(box(1), [unit(1)], { hour: 1, readPoint: PLANT });
    log.unpack(box(1), [unit(1)], { hour: 40, readPoint: DEPOT });
    log.receive([unit(1)], DEPOT, 41);
    expect(alertsOf(log)).toEqual([unshipped(unit(1), '3,1')]);
    log.ship([box(1)], PLANT, 2);
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });
});

describe('double ownership', () => {
  const sale = (from: string, to?: string) => ({
    sources: [{ type: PARTY.owning_party, value: from }],
    ...(to !== undefined && { destinations: [{ type: PARTY.owning_party, value: to }] }),
  });

  it('is a sale by somebody who is not the owner; both buyers may sell on', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    log.seen([unit(1)], PLANT, 1, sale('A', 'B'));
    log.seen([unit(1)], PLANT, 2, sale('A', 'C'));
    log.seen([unit(1)], PLANT, 3, sale('B', 'D'));
    log.seen([unit(1)], PLANT, 4, sale('D', 'E'));
    expect(alertsOf(log)).toEqual([`DOUBLE_OWNERSHIP ${unit(1)} SOLD_BY_ANOTHER 2,1`]);
  });

  it('is not a sale that both partners tell of', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    log.seen([unit(1)], PLANT, 1, sale('A', 'B'));
    log.seen([unit(1)], PLANT, 2, sale('A', 'B'));
    log.seen([unit(1)], PLANT, 3, sale('A'));
    log.seen([unit(1)], PLANT, 4, sale('B', 'C'));
    expect(alertsOf(log)).toEqual([]);
  });

  it('sees what was sold with its container', () => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2), box(1)], 0);
    log.pack(box(1), [unit(1), unit(2)], { hour: 1, readPoint: PLANT });
    log.seen([unit(1)], PLANT, 5, sale('A', 'C'));
    expect(alertsOf(log)).toEqual([]);
    log.seen([box(1)], PLANT, 4, sale('A', 'B'));
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual([`DOUBLE_OWNERSHIP ${unit(1)} SOLD_BY_ANOTHER 2,3`]);
    }
  });
});
