import { afterEach, describe, expect, it } from '@jest/globals';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import type { HistoryEntry } from '../../../src/graph/trace/trace-event.js';
import { DISPOSITION, STEP } from '../../../src/record/cbv/known-term.js';
import { HOUR_MS, NOON, TraceIndex, TraceLog } from './trace-log.js';

const UNIT = 'https://id.gs1.org/01/10614141073464/21/1';
const CASE = 'https://id.gs1.org/01/50614141073464/21/9';
const PALLET = 'https://id.gs1.org/00/106141412345678908';
const TRUCK = 'https://id.gs1.org/8003/00614141000418';
const LOGGER = 'https://id.gs1.org/8004/0614141logger';
const DOCK = 'https://id.gs1.org/414/0614141007295/254/dock';
const FRIDGE = 'https://id.gs1.org/414/0614141007295/254/fridge';
const COLD = [{ type: 'https://gs1.org/voc/Temperature', unit: 'KEL', numbers: { value: 278 } }];

let open: TraceIndex[] = [];

function readerOf(log: TraceLog): ItemReader {
  const index = new TraceIndex(log);
  open.push(index);
  return new ItemReader(index.database);
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

function describeEntry({ event, source, role }: HistoryEntry): string {
  const where =
    source.kind === 'CONTAINER'
      ? `CONTAINER ${source.epc} ${source.level}`
      : Object.values(source).join(' ');
  return `${event.seq} ${role} ${where}`;
}

const ALL = { asOf: NOON + 1_000 * HOUR_MS };
const historyOf = (log: TraceLog, epc = UNIT, moment: { asOf: number; knownAt?: number } = ALL) =>
  readerOf(log).history(epc, moment);
const tell = (log: TraceLog, epc = UNIT, moment: { asOf: number; knownAt?: number } = ALL) =>
  historyOf(log, epc, moment).entries.map(describeEntry);

describe('the history of an item', () => {
  it('is its own events and those of its containers while it was in them', () => {
    const log = new TraceLog();
    log.event({ action: 'ADD', epcs: [UNIT], bizStep: STEP.commissioning });
    log.event({ action: 'OBSERVE', epcs: [CASE], hour: 1 });
    log.pack(CASE, [UNIT], { hour: 2 });
    log.pack(PALLET, [CASE], { hour: 3 });
    log.event({ action: 'OBSERVE', epcs: [PALLET], hour: 4, bizStep: STEP.shipping });
    log.unpack(PALLET, [CASE], { hour: 5 });
    log.event({ action: 'OBSERVE', epcs: [PALLET], hour: 6 });
    log.event({ action: 'OBSERVE', epcs: [CASE], hour: 7 });
    log.unpack(CASE, [UNIT], { hour: 8 });
    log.event({ action: 'OBSERVE', epcs: [CASE], hour: 9 });
    expect(tell(log)).toEqual([
      '0 EPC SELF',
      '2 CHILD SELF',
      `3 CHILD CONTAINER ${CASE} 1`,
      `4 EPC CONTAINER ${PALLET} 2`,
      `5 CHILD CONTAINER ${CASE} 1`,
      `7 EPC CONTAINER ${CASE} 1`,
      '8 CHILD SELF',
    ]);
  });

  it('never takes over where a container begins or ends, its master data or its member list', () => {
    const log = new TraceLog();
    log.pack(CASE, [UNIT]);
    log.event({ action: 'ADD', epcs: [CASE], lot: 'of the case', hour: 1 });
    log.event({ action: 'OBSERVE', epcs: [CASE], bizStep: STEP.commissioning, hour: 1 });
    log.pack(CASE, ['another'], { hour: 2 });
    log.event({ type: 'TransformationEvent', outputs: [CASE], hour: 3 });
    log.event({ action: 'OBSERVE', epcs: [CASE], bizStep: STEP.destroying, hour: 4 });
    log.event({ action: 'OBSERVE', epcs: [CASE], hour: 5 });
    expect(tell(log)).toEqual(['0 CHILD SELF']);
  });

  it('takes over what a container is put on, transactions it is the parent of and dispositions', () => {
    const log = new TraceLog();
    log.pack(CASE, [UNIT]);
    log.event({ type: 'TransactionEvent', action: 'ADD', parent: CASE, hour: 1 });
    log.event({ type: 'TransactionEvent', action: 'ADD', epcs: [CASE], hour: 2 });
    log.pack(TRUCK, [CASE], { hour: 3 });
    log.event({ action: 'OBSERVE', epcs: [TRUCK], hour: 4 });
    log.event({ action: 'OBSERVE', epcs: [CASE], set: [DISPOSITION.recalled], hour: 5 });
    expect(tell(log)).toEqual([
      '0 CHILD SELF',
      `1 PARENT CONTAINER ${CASE} 1`,
      `2 EPC CONTAINER ${CASE} 1`,
      `3 CHILD CONTAINER ${CASE} 1`,
      `4 EPC CONTAINER ${TRUCK} 2`,
      `5 EPC CONTAINER ${CASE} 1`,
    ]);
  });

  it('has an event once, from the nearest source, though several bring it', () => {
    const log = new TraceLog();
    log.pack(CASE, [UNIT]);
    log.pack(PALLET, [CASE], { hour: 1 });
    log.event({ action: 'OBSERVE', epcs: [PALLET, CASE], hour: 2 });
    log.event({ action: 'OBSERVE', epcs: [PALLET, UNIT], hour: 3 });
    expect(tell(log).slice(2)).toEqual([`2 EPC CONTAINER ${CASE} 1`, '3 EPC SELF']);
  });

  it('keeps apart what happened in the same millisecond by the order of events', () => {
    const log = new TraceLog();
    log.event({ action: 'OBSERVE', epcs: [CASE] });
    log.pack(CASE, [UNIT]);
    log.event({ action: 'OBSERVE', epcs: [CASE] });
    log.unpack(CASE, [UNIT]);
    log.event({ action: 'OBSERVE', epcs: [CASE] });
    expect(tell(log)).toEqual(['1 CHILD SELF', `2 EPC CONTAINER ${CASE} 1`, '3 CHILD SELF']);
  });

  it('ends at the moment asked for, and knows what was known then', () => {
    const log = new TraceLog();
    log.event({ action: 'ADD', epcs: [UNIT], id: 'a' });
    log.pack(CASE, [UNIT], { hour: 1, id: 'b' });
    log.event({ action: 'OBSERVE', epcs: [CASE], hour: 2 });
    log.declareError({
      type: 'AggregationEvent',
      action: 'ADD',
      parent: CASE,
      children: [UNIT],
      hour: 1,
      id: 'b',
    });
    expect(tell(log)).toEqual(['0 EPC SELF']);
    expect(tell(log, UNIT, { ...ALL, knownAt: 3 })).toEqual([
      '0 EPC SELF',
      '1 CHILD SELF',
      `2 EPC CONTAINER ${CASE} 1`,
    ]);
    expect(tell(log, UNIT, { asOf: NOON + HOUR_MS, knownAt: 3 })).toHaveLength(2);
    const { chain } = historyOf(log, UNIT, { asOf: NOON + HOUR_MS, knownAt: 3 });
    expect(chain).toEqual([{ child: UNIT, parent: CASE, level: 1, since: NOON + HOUR_MS, seq: 1 }]);
  });

  it('takes a sensor at the place for the time the item was there', () => {
    const log = new TraceLog();
    const sense = (hour: number, place: object) =>
      log.event({ action: 'OBSERVE', sensors: COLD, hour, ...place });
    log.event({ action: 'ADD', epcs: [UNIT], bizLocation: DOCK });
    sense(1, { readPoint: FRIDGE });
    log.event({ action: 'OBSERVE', epcs: [UNIT], bizLocation: FRIDGE, hour: 2 });
    sense(3, { readPoint: FRIDGE });
    sense(3, { bizLocation: FRIDGE });
    sense(3, { readPoint: FRIDGE, epcs: ['another'] });
    log.event({ action: 'OBSERVE', epcs: [UNIT], bizStep: STEP.shipping, hour: 4 });
    sense(5, { readPoint: FRIDGE });
    expect(tell(log)).toEqual([
      '0 EPC SELF',
      '2 EPC SELF',
      `3 EPC LOCATION_SENSOR ${FRIDGE}`,
      `4 EPC LOCATION_SENSOR ${FRIDGE}`,
      '6 EPC SELF',
    ]);
  });

  it('takes what a logger says while it is on a container, and no other of its events', () => {
    const log = new TraceLog();
    const associate = (action: 'ADD' | 'DELETE', hour: number) =>
      log.event({ type: 'AssociationEvent', action, parent: PALLET, children: [LOGGER], hour });
    const sense = (hour: number) =>
      log.event({ action: 'OBSERVE', epcs: [LOGGER], sensors: COLD, hour });
    sense(0);
    associate('ADD', 1);
    sense(2);
    log.pack(PALLET, [UNIT], { hour: 3 });
    sense(4);
    log.event({ action: 'OBSERVE', epcs: [LOGGER], hour: 5 });
    associate('DELETE', 6);
    sense(7);
    expect(tell(log)).toEqual(['3 CHILD SELF', `4 EPC ASSOCIATION ${LOGGER}`]);
    expect(tell(log, PALLET)).toEqual([
      '1 PARENT SELF',
      `2 EPC ASSOCIATION ${LOGGER}`,
      '3 PARENT SELF',
      `4 EPC ASSOCIATION ${LOGGER}`,
      '6 PARENT SELF',
    ]);
  });

  it('takes what is said of the asset it is part of', () => {
    const log = new TraceLog();
    log.event({ type: 'AssociationEvent', action: 'ADD', parent: TRUCK, children: [PALLET] });
    log.event({ action: 'OBSERVE', epcs: [TRUCK], sensors: COLD, hour: 1 });
    expect(tell(log, PALLET)).toEqual(['0 CHILD SELF', `1 EPC ASSOCIATION ${TRUCK}`]);
  });

  it('is found by any form of the identifier, and empty for one nobody knows', () => {
    const log = new TraceLog();
    log.event({ action: 'ADD', epcs: ['https://id.gs1.org/01/10614141073464/21/2017'] });
    const reader = readerOf(log);
    for (const form of [
      'urn:epc:id:sgtin:0614141.107346.2017',
      'https://example.com/01/10614141073464/21/2017?17=261231',
      '(01)10614141073464(21)2017',
    ]) {
      expect(reader.history(form, ALL).entries).toHaveLength(1);
      expect(reader.itemOf(form)).toBeDefined();
    }
    expect(reader.itemOf('urn:epc:id:sgtin:0614141.107346.1')).toBeUndefined();
    expect(reader.history(UNIT, ALL)).toEqual({
      epc: UNIT,
      entries: [],
      chain: [],
      isChainComplete: true,
      isComplete: true,
    });
  });

  it('says so when it looks at no more, and has the newest', () => {
    const log = new TraceLog();
    for (let hour = 0; hour < 10; hour++) log.event({ action: 'OBSERVE', epcs: [UNIT], hour });
    const reader = readerOf(log);
    const { entries, isComplete } = reader.history(UNIT, ALL, 4);
    expect(isComplete).toBe(false);
    expect(entries.map(({ event }) => event.seq)).toEqual([6, 7, 8, 9]);
    expect(reader.history(UNIT, ALL, 10)).toMatchObject({ isComplete: true });
  });

  it('says so where the item was too often in something with too many loggers', () => {
    const log = new TraceLog();
    const children = Array.from({ length: 50 }, (_, i) => `${LOGGER}-${i}`);
    log.event({ type: 'AssociationEvent', action: 'ADD', parent: TRUCK, children });
    for (let hour = 1; hour < 100; hour += 2) {
      if (hour === 79) expect(historyOf(log).isComplete).toBe(true);
      log.pack(TRUCK, [UNIT], { hour });
      log.event({ action: 'OBSERVE', epcs: [`${LOGGER}-7`], sensors: COLD, hour });
      log.unpack(TRUCK, [UNIT], { hour: hour + 1 });
    }
    const { entries, isComplete } = historyOf(log);
    expect(isComplete).toBe(false);
    expect(entries.filter(({ source }) => source.kind === 'ASSOCIATION').length).toBeGreaterThan(
      30,
    );
  });

  it('says so where the events are too large to be held, and has the newest', () => {
    const log = new TraceLog();
    const sensors = Array.from({ length: 100 }, (_, i) => ({
      texts: { stringValue: String(i).repeat(1_000).slice(0, 1_900) },
    }));
    for (let hour = 0; hour < 120; hour++)
      log.event({ action: 'OBSERVE', epcs: [UNIT], sensors, hour });
    const { entries, isComplete } = historyOf(log);
    expect(isComplete).toBe(false);
    expect(entries.length).toBeLessThan(120);
    expect(entries.at(-1)!.event.seq).toBe(119);
  });

  it('reads of a busy container only the time the item was in it', () => {
    const log = new TraceLog();
    for (let hour = 0; hour < 300; hour++) {
      if (hour === 150) log.pack(TRUCK, [UNIT], { hour });
      if (hour === 153) log.unpack(TRUCK, [UNIT], { hour });
      log.event({ action: 'OBSERVE', epcs: [TRUCK], hour });
    }
    // bounds that a read of all of the truck's events would break
    const { entries, isComplete } = readerOf(log).history(UNIT, ALL, 10);
    expect(isComplete).toBe(true);
    expect(entries).toHaveLength(5);
  });

  it('reads nothing of what else a container was packed with', () => {
    const log = new TraceLog();
    log.pack(TRUCK, [UNIT]);
    for (let i = 0; i < 300; i++) log.pack(TRUCK, [`other-${i}`], { hour: 1 });
    log.event({ type: 'TransactionEvent', action: 'ADD', parent: TRUCK, hour: 2 });
    const { entries, isComplete } = readerOf(log).history(UNIT, ALL, 10);
    expect(isComplete).toBe(true);
    expect(entries.map(({ event, role }) => [event.seq, role])).toEqual([
      [0, 'CHILD'],
      [301, 'PARENT'],
    ]);
  });
});
