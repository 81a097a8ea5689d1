import { describe, expect, it } from '@jest/globals';
import { DISPOSITION, STEP } from '../../../src/record/cbv/known-term.js';
import { alertsOf, AlertLog, DEPOT, PHARMACY, PLANT, unit } from './alert-log.js';

const DISPENSING = { bizStep: STEP.dispensing, disposition: DISPOSITION.dispensed };
const DUPLICATE = (serial: number, reasons: string, evidence: string) =>
  `DUPLICATE_SERIAL ${unit(serial)} ${reasons} ${evidence}`;

describe('a serial number borne twice', () => {
  it('is suspected at the second commissioning, with all that differs in it', () => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2), unit(3)], 0, { lot: 'A', expiry: 1 });
    log.commission([unit(1)], 1, { lot: 'A', expiry: 1 });
    log.commission([unit(2)], 2, { lot: 'B', expiry: 2 });
    expect(alertsOf(log)).toEqual([
      DUPLICATE(1, 'SECOND_COMMISSIONING', '1,0'),
      DUPLICATE(2, 'SECOND_COMMISSIONING+LOT_CONFLICT+EXPIRY_CONFLICT', '2,0'),
    ]);
  });

  it('is suspected at the later event, whichever was captured first', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 5);
    log.commission([unit(1)], 1);
    expect(alertsOf(log)).toEqual([DUPLICATE(1, 'SECOND_COMMISSIONING', '0,1')]);
  });

  it('is suspected when it goes on after its end; all that follows is one alert', () => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2)], 0);
    log.seen([unit(1), unit(2)], PHARMACY, 1, DISPENSING);
    log.seen([unit(1)], PHARMACY, 2);
    log.seen([unit(1)], PHARMACY, 3, DISPENSING);
    expect(alertsOf(log)).toEqual([DUPLICATE(1, 'AFTER_END_OF_LIFE', '2,1,3')]);
  });

  it('may be written off, come back, be given out in parts, or leave its box behind', () => {
    const log = new AlertLog();
    log.commission([unit(1), unit(2), unit(3), unit(4)], 0);
    log.seen([unit(1), unit(2), unit(4)], PHARMACY, 1, DISPENSING);
    log.seen([unit(1)], PHARMACY, 2, { action: 'DELETE', bizStep: STEP.decommissioning });
    log.seen([unit(1)], PHARMACY, 3, { action: 'DELETE', bizStep: STEP.destroying });
    log.seen([unit(2)], PHARMACY, 4, {
      bizStep: STEP.accepting,
      disposition: DISPOSITION.returned,
    });
    log.seen([unit(2)], PHARMACY, 5, DISPENSING);
    const partly = 'https://ref.gs1.org/cbv/Disp-partially_dispensed';
    log.seen([unit(3)], PHARMACY, 2, { bizStep: STEP.dispensing, disposition: partly });
    log.seen([unit(3)], PHARMACY, 3, { bizStep: STEP.dispensing, disposition: partly });
    log.unpack('urn:box:1', [unit(4)], { hour: 9 });
    expect(alertsOf(log)).toEqual([]);
  });

  it('is suspected when only others of its kind were commissioned, before or after', () => {
    const log = new AlertLog();
    log.seen([unit(1)], DEPOT, 1);
    log.seen([unit(1)], DEPOT, 2);
    expect(alertsOf(log)).toEqual([]);
    log.commission([unit(2)], 9);
    log.seen([unit(3), 'urn:item:9'], DEPOT, 10);
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual([
        DUPLICATE(1, 'NEVER_COMMISSIONED', '0'),
        DUPLICATE(3, 'NEVER_COMMISSIONED', '3'),
      ]);
    }
  });

  it('is not suspected when it came out of a transformation', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    log.event({ type: 'TransformationEvent', inputs: [unit(1)], outputs: [unit(2)], hour: 1 });
    log.seen([unit(2)], PLANT, 2);
    expect(alertsOf(log)).toEqual([]);
  });

  it('is suspected when a stranger commissions it, once the owner has commissioned another', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0, { readPoint: PHARMACY });
    log.commission([unit(2)], 0, { readPoint: 'urn:somewhere' });
    expect(alertsOf(log)).toEqual([]);
    log.commission([unit(3)], 1);
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual([DUPLICATE(1, 'FOREIGN_COMMISSIONING', '0')]);
    }
  });

  it('is suspected no more when the error is declared', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    const again = { id: 'again' };
    log.commission([unit(1)], 1, again);
    log.seen([unit(8)], DEPOT, 1);
    expect(alertsOf(log)).toHaveLength(2);
    log.declareError({ ...again, epcs: [unit(1)], action: 'ADD', hour: 1 });
    for (const batch of [1, 9]) {
      expect(alertsOf(log, batch)).toEqual([DUPLICATE(8, 'NEVER_COMMISSIONED', '2')]);
    }
  });

  it('is not suspected for a life so long that its beginning is not among its newest events', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    for (let i = 0; i < 1_001; i++) log.seen([unit(1)], PLANT, 1 + i);
    log.commission([unit(2)], 0);
    log.seen([unit(3)], DEPOT, 1);
    log.commission([unit(1)], 2_000);
    const expected = [
      DUPLICATE(1, 'SECOND_COMMISSIONING', '1004,0'),
      DUPLICATE(3, 'NEVER_COMMISSIONED', '1003'),
    ];
    for (const batch of [100, Infinity]) expect(alertsOf(log, batch)).toEqual(expected);
  });

  it('is known by the beginning of one with a long life, whatever the batches', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0);
    for (let i = 0; i < 1_001; i++) log.seen([unit(1)], PLANT, 1 + i);
    log.seen([unit(3)], DEPOT, 1);
    const expected = [DUPLICATE(3, 'NEVER_COMMISSIONED', '1002')];
    for (const batch of [100, Infinity]) expect(alertsOf(log, batch)).toEqual(expected);
  });

  it('of which no other counts any more is not suspected', () => {
    const log = new AlertLog();
    log.commission([unit(1)], 0, { id: 'first' });
    log.seen([unit(8)], DEPOT, 1);
    log.declareError({ id: 'first', epcs: [unit(1)], action: 'ADD', hour: 0 });
    for (const batch of [1, 9]) expect(alertsOf(log, batch)).toEqual([]);
  });
});
