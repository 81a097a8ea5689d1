import { describe, expect, it } from '@jest/globals';
import {
  AlertIndex,
  alertsOf,
  AlertLog,
  box,
  DEPOT,
  PLANT,
  PLANT_DOCK,
  TOKYO,
  unit,
} from './alert-log.js';

/** A minute, in hours. */
const MINUTE = 1 / 60;

function logWithPlaces(): AlertLog {
  const log = new AlertLog();
  log.place(PLANT, 48.85, 2.35);
  log.place(TOKYO, 35.68, 139.69);
  log.commission([unit(1), unit(2), box(1)], 0);
  return log;
}

describe('impossible travel', () => {
  it('is from one place to another faster than an aeroplane, not slower', () => {
    const log = logWithPlaces();
    log.seen([unit(1)], TOKYO, 10);
    log.seen([unit(2)], TOKYO, 11);
    // 9,700 km
    expect(alertsOf(log)).toEqual([`IMPOSSIBLE_TRAVEL ${unit(1)} TOO_FAST 3,2`]);
  });

  it('is not between rooms of a site, near places, or places nobody knows', () => {
    const log = logWithPlaces();
    log.place(DEPOT, 48.9, 2.4);
    log.seen([unit(1)], PLANT_DOCK, MINUTE);
    log.seen([unit(1)], DEPOT, 2 * MINUTE);
    log.seen([unit(2)], 'https://id.gs1.org/414/1112345000004', MINUTE);
    expect(alertsOf(log)).toEqual([]);
  });

  it('is at two sites at once, wherever they are', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    log.seen([unit(1)], DEPOT, 5);
    log.seen([unit(1)], TOKYO, 5);
    log.seen([unit(1)], `${TOKYO}/254/shelf`, 5);
    expect(alertsOf(log)).toEqual([`IMPOSSIBLE_TRAVEL ${unit(1)} TWO_PLACES_AT_ONCE 2,1`]);
  });

  it('is told of the container, and not of all that is in it', () => {
    const log = logWithPlaces();
    log.pack(box(1), [unit(1), unit(2)], { hour: 1, readPoint: PLANT });
    log.seen([box(1)], TOKYO, 2);
    log.unpack(box(1), [unit(1), unit(2)], { hour: 3, readPoint: TOKYO });
    expect(alertsOf(log)).toEqual([`IMPOSSIBLE_TRAVEL ${box(1)} TOO_FAST 4,3`]);
  });

  it('is told of a unit seen elsewhere than the container it is in, early or late', () => {
    const log = logWithPlaces();
    log.pack(box(1), [unit(1), unit(2)], { hour: 1, readPoint: PLANT });
    log.seen([unit(1)], TOKYO, 50);
    expect(alertsOf(log)).toEqual([]);
    log.seen([box(1)], PLANT, 51);
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual([`IMPOSSIBLE_TRAVEL ${unit(1)} TOO_FAST 5,4`]);
    }
  });

  it('is found for all that some events at the place name, many as they are', () => {
    const log = new AlertLog();
    for (let i = 0; i < 3; i++) {
      const units = Array.from({ length: 2_000 }, (_, n) => unit(`${i}-${n}`));
      log.commission(units, 0);
      log.seen(units, TOKYO, 1);
    }
    const index = new AlertIndex(log);
    const places = new AlertLog();
    places.rows.push(...log.rows);
    index.apply([places.place(PLANT, 50, 8), places.place(TOKYO, 35, 139)]);
    index.settle();
    const found = index.alerts();
    index.close();
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['IMPOSSIBLE_TRAVEL']));
    expect(new Set(found.map(({ item }) => item)).size).toBe(6_000);
  });

  it('is found when the places become known later, and follows them', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0, { readPoint: PLANT_DOCK });
    log.seen([unit(1)], TOKYO, 1);
    log.place(TOKYO, 35.68, 139.69);
    log.place(PLANT, 48.85, 2.35);
    const found = [`IMPOSSIBLE_TRAVEL ${unit(1)} TOO_FAST 1,0`];
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual(found);
    log.place(PLANT_DOCK, 35.6, 139.6);
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });
});
