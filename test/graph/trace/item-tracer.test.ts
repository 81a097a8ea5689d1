import { afterEach, describe, expect, it } from '@jest/globals';
import type { ParentCursor } from '../../../src/graph/containment/containment-store.js';
import { TraceIndex, TraceLog } from './trace-log.js';
import { HOUR_MS, NOON } from './trace-log.js';

const LOT = 'https://id.gs1.org/01/10614141073464/10/L1';
const ALL = { asOf: NOON + 1_000 * HOUR_MS };

let open: TraceIndex | undefined;
afterEach(() => {
  open?.close();
  open = undefined;
});

function read(log: TraceLog) {
  open = new TraceIndex(log);
  return open.reader;
}

describe('what is known of an item', () => {
  it('is nothing before its first event, in time and in the log', () => {
    const log = new TraceLog();
    log.addOther();
    log.event({ action: 'ADD', epcs: ['a'] });
    const reader = read(log);
    expect(reader.item('b', ALL)).toBeNull();
    expect(reader.item('a', { asOf: NOON - 1 })).toBeNull();
    expect(reader.item('a', { ...ALL, knownAt: 1 })).toBeNull();
    expect(reader.item('a', { ...ALL, knownAt: 2 })).not.toBeNull();
  });

  it('tells the conflicts over where it was, up to the moment', () => {
    const log = new TraceLog();
    log.pack('one', ['a']);
    log.pack('two', ['a'], { hour: 1 });
    log.unpack('one', ['a'], { hour: 2 });
    const reader = read(log);
    expect(reader.item('a', ALL)!.conflicts).toEqual([
      { kind: 'REPARENTED_WITHOUT_DELETE', seq: 1, container: 'two', other: 'one' },
      { kind: 'DELETE_WITHOUT_ADD', seq: 2, container: 'one', other: 'two' },
    ]);
    expect(reader.item('a', { asOf: NOON + HOUR_MS })!.conflicts).toHaveLength(1);
    expect(reader.item('a', { ...ALL, knownAt: 1 })!.conflicts).toEqual([]);
  });

  it('tells what is left of lots without serial numbers', () => {
    const log = new TraceLog();
    const quantity = (amount: number) => ({
      quantities: [
        { list: 'childQuantityList' as const, epcClass: LOT, quantity: amount, uom: 'KGM' },
      ],
    });
    log.event({ type: 'AggregationEvent', action: 'ADD', parent: 'drum', ...quantity(10) });
    log.event({
      type: 'AggregationEvent',
      action: 'DELETE',
      parent: 'drum',
      hour: 1,
      ...quantity(2.5),
    });
    expect(read(log).item('drum', ALL)!.quantities).toEqual([
      { epcClass: LOT, amount: 7.5, uom: 'KGM', isExact: true },
    ]);
  });

  it('says when events could not be read that may name it', () => {
    const log = new TraceLog();
    log.event({ action: 'ADD', epcs: ['a'] });
    log.add('sealed', { class: 'epcis.event', state: 'SEALED' });
    const reader = read(log);
    expect(reader.item('a', ALL)).toMatchObject({ hasUnreadable: true });
    expect(reader.item('a', { ...ALL, knownAt: 1 })).toMatchObject({ hasUnreadable: false });
  });

  it('names the places of its state by master data', () => {
    const log = new TraceLog();
    log.master({ vocabulary: 'Location', id: 'plant', name: 'The plant' });
    log.event({ action: 'ADD', epcs: ['a'], bizLocation: 'plant' });
    expect(read(log).item('a', ALL)!.places).toEqual([{ id: 'plant', name: 'The plant' }]);
  });
});

describe('what is in an item', () => {
  it('comes in pages, each child once, with the event that put it in', () => {
    const log = new TraceLog();
    const units = Array.from({ length: 25 }, (_, i) => `unit-${i}`);
    log.pack('hub', units);
    log.unpack('hub', ['unit-3'], { hour: 1 });
    const reader = read(log);
    const seen: string[] = [];
    let after: ParentCursor | undefined;
    do {
      const page = reader.itemChildren('hub', ALL, 7, after);
      seen.push(...page.children.map(({ epc }) => epc));
      for (const child of page.children) expect(child).toMatchObject({ since: NOON, seq: 0 });
      after = page.next;
    } while (after);
    expect(seen.sort()).toEqual(units.filter((unit) => unit !== 'unit-3').sort());
    expect(reader.itemChildren('hub', { asOf: NOON }, 100).children).toHaveLength(25);
    expect(reader.itemChildren('hub', { ...ALL, knownAt: 1 }, 100).children).toHaveLength(25);
    expect(reader.itemChildren('nobody', ALL, 100)).toEqual({ children: [] });
  });
});
