import { describe, expect, it } from '@jest/globals';
import { STEP } from '../../../src/record/cbv/known-term.js';
import type { SensorFact } from '../../../src/record/epcis/fact/event-fact.js';
import { alertsOf, AlertLog, box, GTIN, PLANT, unit } from './alert-log.js';

const CELSIUS = 273.15;
const TEMPERATURE = 'https://gs1.org/voc/Temperature';
const ALARM = 'https://gs1.org/voc/ALARM_CONDITION';
const reading = (celsius: number, rest: Partial<SensorFact> = {}): { sensors: SensorFact[] } => ({
  sensors: [{ type: TEMPERATURE, unit: 'KEL', numbers: { value: celsius + CELSIUS }, ...rest }],
});

function logOfColdProduct(): AlertLog {
  const log = new AlertLog();
  log.product(GTIN, 2 + CELSIUS, 8 + CELSIUS);
  log.commission([unit(1), unit(2), box(1), 'urn:logger:1'], 0);
  return log;
}

describe('an excursion', () => {
  it('is a run of readings out of the range of the product', () => {
    const log = logOfColdProduct();
    for (const [hour, celsius] of [8.04, 8.06, 12, 5, 1.9, 1.96].entries()) {
      log.seen([unit(1)], PLANT, hour + 1, reading(celsius));
    }
    expect(alertsOf(log)).toEqual([
      `EXCURSION ${unit(1)} OUT_OF_RANGE 3,4`,
      `EXCURSION ${unit(1)} OUT_OF_RANGE 6`,
    ]);
  });

  it('is any alarm, whatever was measured', () => {
    const log = new AlertLog();
    log.seen(['urn:lorry:1'], PLANT, 1, { sensors: [{ exception: ALARM }] });
    log.seen(['urn:lorry:2'], PLANT, 1, reading(90));
    const humid = {
      type: 'https://gs1.org/voc/RelativeHumidity',
      unit: 'A62',
      numbers: { value: 9 },
    };
    log.seen([unit(1)], PLANT, 1, { sensors: [humid] });
    expect(alertsOf(log)).toEqual(['EXCURSION urn:lorry:1 ALARM_CONDITION 0']);
  });

  it('takes extremes of a summary, and no number without a unit', () => {
    const log = logOfColdProduct();
    const numbers = { minValue: 3 + CELSIUS, maxValue: 9 + CELSIUS, sDev: 900 };
    log.seen([unit(1)], PLANT, 1, reading(0, { numbers }));
    log.seen([unit(2)], PLANT, 1, reading(90, { unit: undefined }));
    expect(alertsOf(log)).toEqual([`EXCURSION ${unit(1)} OUT_OF_RANGE 2`]);
  });

  it('is told of a container by what it holds then, and of a logger by what it is fixed to', () => {
    const log = logOfColdProduct();
    log.seen([box(1)], PLANT, 1, reading(20));
    log.pack(box(1), [unit(1)], { hour: 2 });
    log.seen([box(1)], PLANT, 3, reading(20));
    log.unpack(box(1), [unit(1)], { hour: 4 });
    log.seen([box(1)], PLANT, 5, reading(20));
    log.event({
      ...{ type: 'AssociationEvent', action: 'ADD', parent: box(1), children: ['urn:logger:1'] },
      hour: 0.5,
    });
    log.seen(['urn:logger:1'], PLANT, 3.5, reading(1));
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual([
        `EXCURSION ${box(1)} OUT_OF_RANGE 4`,
        `EXCURSION urn:logger:1 OUT_OF_RANGE 8`,
      ]);
    }
  });

  it('is told of a logger also when what it is fixed to is filled later', () => {
    const log = new AlertLog();
    log.product(GTIN, 2 + CELSIUS, 8 + CELSIUS);
    const fixed = { parent: 'urn:lorry:1', children: ['urn:logger:1'] };
    log.event({ type: 'AssociationEvent', action: 'ADD', ...fixed, hour: 1 });
    log.seen(['urn:logger:1'], PLANT, 5, reading(20));
    expect(alertsOf(log, 1)).toEqual([]);
    log.pack('urn:pallet:1', [unit(1)], { hour: 2 });
    log.pack('urn:lorry:1', ['urn:pallet:1'], { hour: 3, id: 'loaded' });
    const found = ['EXCURSION urn:logger:1 OUT_OF_RANGE 2'];
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual(found);
    log.unpack('urn:lorry:1', [], { hour: 4 });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });

  it('is found when contents or range become known later', () => {
    const log = new AlertLog();
    log.seen(['urn:pallet:1'], PLANT, 10, reading(20));
    log.pack('urn:pallet:1', ['urn:case:1'], { hour: 2 });
    log.pack('urn:case:1', [unit(1)], { hour: 1, id: 'packed' });
    expect(alertsOf(log, 1)).toEqual([]);
    log.product(GTIN, 2 + CELSIUS, 8 + CELSIUS);
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual(['EXCURSION urn:pallet:1 OUT_OF_RANGE 0']);
    }
    log.declareError({ id: 'packed', type: 'AggregationEvent', hour: 1 });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });
});

describe('a thing put into a second container', () => {
  it('is told with both packings, unless it was taken out or the error declared', () => {
    const log = new AlertLog();
    log.pack(box(1), [unit(1), unit(2)], { hour: 1 });
    log.unpack(box(1), [unit(2)], { hour: 2 });
    log.pack(box(2), [unit(1), unit(2)], { hour: 3, id: 'again' });
    expect(alertsOf(log)).toEqual([`REPARENTED ${unit(1)} REPARENTED_WITHOUT_DELETE 2,0`]);
    log.unpack(box(1), [unit(1)], { hour: 2 });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });

  it('is told of the last thousand times where there were more', () => {
    const log = new AlertLog();
    for (let i = 0; i < 1_100; i++) log.pack(box(i % 3), [unit(1)], { hour: i });
    const found = alertsOf(log);
    expect(found).toHaveLength(1_000);
    const told = (seq: number) =>
      `REPARENTED ${unit(1)} REPARENTED_WITHOUT_DELETE ${seq},${seq - 1}`;
    expect(found).toEqual(expect.arrayContaining([told(1_099), told(101)]));
    expect(found).not.toContain(told(99));
  });

  it('is told no more when the first container had come to its end before', () => {
    const log = new AlertLog();
    log.pack(box(1), [unit(1)], { hour: 1 });
    log.pack(box(2), [unit(1)], { hour: 3 });
    expect(alertsOf(log)).toHaveLength(1);
    log.seen([box(1)], PLANT, 2, { action: 'DELETE', bizStep: STEP.decommissioning });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });
});
