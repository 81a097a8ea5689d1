import { afterEach, describe, expect, it } from '@jest/globals';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import { stateOf } from '../../../src/graph/trace/item-state.js';
import {
  bucketOf,
  RECALL_BUCKETS,
  type RecallGroup,
  type RecallReport,
  type RecallRequest,
} from '../../../src/graph/trace/recall.js';
import { DISPOSITION, PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import { CONTAINERS, gtinOf, LOTS, UNITS, unitOf, world } from './recall-world.js';
import { HOUR_MS, NOON, TraceIndex, TraceLog, type EventSpec } from './trace-log.js';
import fc, { tries } from '../../support/fast-check.js';

let open: TraceIndex[] = [];

function indexOf(log: TraceLog): TraceIndex {
  const index = new TraceIndex(log);
  open.push(index);
  return index;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

const LATE = NOON + 1_000 * HOUR_MS;
const [CASE, PALLET, OTHER] = CONTAINERS as [string, string, string];
const PLANT = 'https://id.gs1.org/414/0614141007295';
const DOCK = `${PLANT}/254/dock`;
const PHARMACY = 'https://id.gs1.org/414/0614141111114';
const WHOLESALER = 'https://id.gs1.org/417/0614141000005';

const recall = (log: TraceLog, request: Partial<RecallRequest>): RecallReport =>
  indexOf(log).reader.recall({ asOf: LATE, ...request });

/** Buckets that hold something. */
function tell({ counts }: { counts: RecallReport['counts'] }): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, units]) => units > 0));
}

const told = (groups: RecallGroup[]) =>
  Object.fromEntries(groups.map((group) => [group.name ?? group.id ?? 'unknown', tell(group)]));

const unit = (serial: number) => unitOf(0, serial);

function commission(log: TraceLog, serials: number[], spec: EventSpec = {}): void {
  const said = { action: 'ADD' as const, bizStep: STEP.commissioning, bizLocation: DOCK, lot: 'A' };
  log.event({ ...said, epcs: serials.map(unit), ...spec });
}

describe('a recall', () => {
  it('puts every unit of a lot where its own events and those of its containers say it is', () => {
    const log = new TraceLog();
    commission(log, [1, 2, 3, 4, 5, 6, 7]);
    log.event({ action: 'ADD', epcs: [unit(8)], lot: 'A' });
    commission(log, [9], { lot: 'B' });
    log.pack(PALLET, [unit(1), unit(2)], { hour: 1 });
    log.event({ action: 'OBSERVE', epcs: [PALLET], bizStep: STEP.shipping, hour: 2 });
    log.event({ action: 'OBSERVE', epcs: [unit(3)], bizStep: STEP.dispensing, hour: 2 });
    log.event({ action: 'OBSERVE', epcs: [unit(4)], bizStep: STEP.destroying, hour: 2 });
    log.event({ action: 'DELETE', epcs: [unit(5)], hour: 2 });
    log.event({ type: 'TransformationEvent', inputs: [unit(6)], hour: 2 });
    const report = recall(log, { lot: 'A' });
    expect(report.counts).toEqual({
      ...{ total: 8, AT_SITE: 1, IN_TRANSIT: 2, DISPENSED: 1, DESTROYED: 1 },
      ...{ DECOMMISSIONED: 2, UNACCOUNTED: 1 },
    });
    expect(report.knownAt).toBe(log.rows.length);
    expect(report.gap).toBeUndefined();
  });

  it('counts by site, by who has them, by owner and by product, with names of master data', () => {
    const log = new TraceLog();
    log.master({ vocabulary: 'Location', id: PLANT, name: 'Plant' });
    commission(log, [1, 2]);
    log.event({ action: 'ADD', epcs: [unitOf(1, 1)], lot: 'A' });
    log.event({
      ...{ action: 'OBSERVE', epcs: [unit(2)], bizStep: STEP.receiving, hour: 1 },
      bizLocation: PHARMACY,
      destinations: [
        { type: PARTY.owning_party, value: WHOLESALER },
        { type: PARTY.possessing_party, value: WHOLESALER },
      ],
    });
    const { bySite, byCustodian, byOwner, byProduct } = recall(log, { lot: 'A' });
    expect(told(bySite)).toEqual({
      Plant: { AT_SITE: 1, total: 1 },
      [PHARMACY]: { AT_SITE: 1, total: 1 },
      unknown: { UNACCOUNTED: 1, total: 1 },
    });
    expect(Object.keys(told(byCustodian)).sort()).toEqual(['Plant', WHOLESALER, 'unknown']);
    expect(told(byOwner)).toEqual({
      [WHOLESALER]: { AT_SITE: 1, total: 1 },
      unknown: { AT_SITE: 1, UNACCOUNTED: 1, total: 2 },
    });
    expect(byProduct.map(({ id, counts }) => [id, counts.total])).toEqual([
      [gtinOf(0), 2],
      [gtinOf(1), 1],
    ]);
  });

  it('counts a unit once that was commissioned twice, and none whose commissioning was an error', () => {
    const log = new TraceLog();
    commission(log, [1, 2], { id: 'right' });
    commission(log, [2], { id: 'again', hour: 1 });
    commission(log, [3], { id: 'wrong' });
    log.declareError({ action: 'ADD', epcs: [unit(3)], lot: 'A', id: 'wrong' });
    expect(recall(log, { lot: 'A' }).counts.total).toBe(2);
    expect(recall(log, { lot: 'A', knownAt: 3 }).counts.total).toBe(3);
    expect(recall(log, { lot: 'A', asOf: NOON - 1 }).counts.total).toBe(0);
  });

  it('is asked for by lot, by product, by both, by a unit and by what holds units', () => {
    const log = new TraceLog();
    commission(log, [1, 2, 3]);
    commission(log, [4], { lot: 'B' });
    log.event({ action: 'ADD', epcs: [unitOf(1, 1)], lot: 'A' });
    log.pack(CASE, [unit(1), unit(4)], { hour: 1 });
    log.pack(PALLET, [CASE], { hour: 2 });
    log.unpack(CASE, [unit(1)], { hour: 3 });
    log.pack(CASE, [unit(2)], { hour: 3 });
    log.unpack(PALLET, [CASE], { hour: 4 });
    log.pack(CASE, [unit(3)], { hour: 5 });
    const total = (request: Partial<RecallRequest>) => recall(log, request).counts.total;
    expect(total({ lot: 'A' })).toBe(4);
    expect(total({ gtin: gtinOf(0) })).toBe(4);
    expect(total({ lot: 'A', gtin: gtinOf(0) })).toBe(3);
    expect(total({ item: unit(2) })).toBe(3);
    expect(total({ item: CASE })).toBe(4);
    // unit 3 came into the case when that had left the pallet
    expect(total({ item: PALLET })).toBe(3);
    expect(total({ item: PALLET, asOf: NOON + 2 * HOUR_MS })).toBe(2);
    expect(total({ item: PALLET, knownAt: 6 })).toBe(2);
    for (const nothing of [{ lot: 'C' }, { item: OTHER }, { lot: 'A', gtin: gtinOf(9) }]) {
      expect(total(nothing)).toBe(0);
    }
  });

  it('tells how many are marked as recalled, though they have left what was marked', () => {
    const log = new TraceLog();
    commission(log, [1, 2, 3]);
    log.pack(CASE, [unit(1), unit(2)], { hour: 1 });
    log.event({ action: 'OBSERVE', epcs: [CASE], set: [DISPOSITION.recalled], hour: 2 });
    log.unpack(CASE, [], { hour: 3 });
    log.event({ action: 'OBSERVE', epcs: [unit(1)], unset: [DISPOSITION.recalled], hour: 4 });
    expect(recall(log, { lot: 'A' }).recalled).toBe(1);
    expect(recall(log, { lot: 'A', asOf: NOON + 3 * HOUR_MS }).recalled).toBe(2);
  });

  it('reports apart what was packed of the lot without serial numbers', () => {
    const lgtin = `${gtinOf(0)}/10/A`;
    const log = new TraceLog();
    const some = (quantity?: number) => ({
      children: [],
      quantities: [
        {
          list: 'childQuantityList' as const,
          epcClass: lgtin,
          uom: 'KGM',
          ...(quantity && { quantity }),
        },
      ],
    });
    log.event({
      action: 'ADD',
      lot: 'A',
      quantities: [{ list: 'quantityList', epcClass: lgtin, quantity: 50 }],
    });
    log.pack(PALLET, [], some(20));
    log.unpack(PALLET, [], some(5));
    log.pack(OTHER, [], some());
    const packed = [
      { epcClass: lgtin, container: OTHER, amount: 0, uom: 'KGM', isExact: false },
      { epcClass: lgtin, container: PALLET, amount: 15, uom: 'KGM', isExact: true },
    ];
    for (const request of [{ lot: 'A' }, { gtin: gtinOf(0) }, { lot: 'A', gtin: gtinOf(0) }]) {
      const { counts, quantities, quantityEvents } = recall(log, request);
      expect([counts.total, quantityEvents]).toEqual([0, 4]);
      expect(quantities).toEqual(packed);
    }
    expect(recall(log, { item: OTHER }).quantities).toEqual([packed[0]]);
    expect(recall(log, { lot: 'B' })).toMatchObject({ quantities: [], quantityEvents: 0 });
  });

  it('says when an event could not be read that may have told more', () => {
    const log = new TraceLog();
    commission(log, [1]);
    log.add('sealed', { class: 'epcis.event', state: 'SEALED' });
    expect(recall(log, { lot: 'A' }).gap).toBe('MISSING_BLOCK');
    expect(recall(log, { lot: 'A', knownAt: 1 }).gap).toBeUndefined();
  });

  it('lists the units of a bucket page by page, each with all of its state', () => {
    const log = new TraceLog();
    commission(log, [1, 2, 3, 4, 5], { expiry: NOON });
    log.event({ action: 'OBSERVE', epcs: [unit(2)], bizStep: STEP.dispensing, hour: 1 });
    const { reader } = indexOf(log);
    const request = { lot: 'A', asOf: LATE };
    const found: string[] = [];
    for (let after: number | undefined, more = true; more;) {
      const page = reader.recallUnits(request, { bucket: 'AT_SITE', first: 2, after });
      found.push(...page.units.map(({ epc }) => epc));
      after = page.end;
      more = page.hasNext;
    }
    expect(found).toEqual([1, 3, 4, 5].map(unit));
    const { units } = reader.recallUnits(request, { bucket: 'DISPENSED', first: 2 });
    expect(units).toMatchObject([
      { epc: unit(2), state: { lot: 'A', expiry: NOON, lastSeq: 1, since: NOON + HOUR_MS } },
    ]);
    expect(reader.recallUnits(request, { first: 10 }).units).toHaveLength(5);
    expect(reader.recallUnits(request, { bucket: 'DESTROYED', first: 2 })).toEqual({
      units: [],
      hasNext: false,
    });
  });

  it('tells what went into a transformation from what came out of it', () => {
    const log = new TraceLog();
    commission(log, [1, 2]);
    const inputs = [unit(1)];
    log.event({
      type: 'TransformationEvent',
      inputs,
      outputs: [unit(2), unit(3)],
      lot: 'A',
      hour: 1,
    });
    expect(tell(recall(log, { lot: 'A' }))).toEqual({
      AT_SITE: 1,
      DECOMMISSIONED: 1,
      UNACCOUNTED: 1,
      total: 3,
    });
  });

  it('says so when a unit has more to its history than is read', () => {
    const log = new TraceLog();
    commission(log, [1]);
    for (let hour = 1; hour < 1_000; hour++)
      log.event({ action: 'OBSERVE', epcs: [unit(1)], hour });
    expect(recall(log, { lot: 'A' }).gap).toBeUndefined();
    log.event({ action: 'OBSERVE', epcs: [unit(1)], bizStep: STEP.dispensing, hour: 1_000 });
    const late = recall(log, { lot: 'A', asOf: NOON + 1_000 * HOUR_MS });
    expect(late.gap).toBe('MAX_NODES');
    expect(late.counts).toMatchObject({ DISPENSED: 1, total: 1 });
    expect(recall(log, { lot: 'A', asOf: NOON + 999 * HOUR_MS }).gap).toBeUndefined();
  });

  it('answers for tens of thousands as of now, and refuses to replay as many', () => {
    const log = new TraceLog();
    const serials = Array.from({ length: 20_001 }, (_, serial) => serial);
    commission(log, serials);
    log.pack(PALLET, serials.slice(0, 15_000).map(unit), { hour: 1 });
    log.event({ action: 'OBSERVE', epcs: [PALLET], bizStep: STEP.shipping, hour: 2 });
    const { reader } = indexOf(log);
    const request = { lot: 'A', asOf: LATE };
    expect(tell(reader.recall(request))).toEqual({
      AT_SITE: 5_001,
      IN_TRANSIT: 15_000,
      total: 20_001,
    });
    expect(() => reader.recall({ ...request, knownAt: 1 })).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }),
    );
    expect(tell(reader.recall({ ...request, knownAt: 2 }))).toEqual({
      AT_SITE: 20_001,
      total: 20_001,
    });
  });

  it('comes to the same as the whole history of each unit, at any moment', () => {
    const moment = fc.record({
      asOf: fc.oneof(
        fc.constant(LATE),
        fc.integer({ min: 0, max: 13 }).map((hour) => NOON + hour * HOUR_MS),
      ),
      knownAt: fc.option(fc.integer({ min: 6, max: 36 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(world, moment, fc.constantFrom(...LOTS), (log, moment, lot) => {
        const index = new TraceIndex(log);
        try {
          const items = new ItemReader(index.database);
          const { units } = index.reader.recallUnits({ lot, ...moment }, { first: 500 });
          for (const { epc, state, bucket, isComplete } of units) {
            const history = items.history(epc, moment);
            expect(state).toEqual(stateOf(history.entries));
            expect(bucket).toBe(bucketOf(state.status));
            expect(isComplete).toBe(true);
          }
          const { counts, recalled, ...report } = index.reader.recall({ lot, ...moment });
          expect(counts.total).toBe(units.length);
          const sum = RECALL_BUCKETS.reduce((all, bucket) => all + counts[bucket], 0);
          expect(sum).toBe(counts.total);
          for (const bucket of RECALL_BUCKETS) {
            const inBucket = units.filter((one) => one.bucket === bucket);
            expect(counts[bucket]).toBe(inBucket.length);
          }
          for (const groups of [report.bySite, report.byCustodian, report.byOwner]) {
            for (const bucket of RECALL_BUCKETS) {
              expect(groups.reduce((all, group) => all + group.counts[bucket], 0)).toBe(
                counts[bucket],
              );
            }
          }
          for (const { id, counts: there } of report.bySite) {
            const at = units.filter(({ state }) => (state.site ?? null) === id);
            expect(there.total).toBe(at.length);
          }
          const marked = units.filter(({ state }) =>
            state.persistent.some(({ disposition }) => disposition === DISPOSITION.recalled),
          );
          expect(recalled).toBe(marked.length);
        } finally {
          index.close();
        }
      }),
      tries(150, 20_260_101),
    );
  });

  it('finds exactly the units that were commissioned with a lot and counted then', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 6, max: 30 }), (log, knownAt) => {
        const index = new TraceIndex(log);
        try {
          const known = Math.min(knownAt, log.rows.length);
          for (const lot of LOTS) {
            const { units } = index.reader.recallUnits(
              { lot, asOf: LATE, knownAt },
              { first: 500 },
            );
            expect(units.map(({ epc }) => epc).sort()).toEqual(commissionedIn(log, lot, known));
          }
        } finally {
          index.close();
        }
      }),
      tries(40, 20_260_102),
    );
  });
});

/** The rule itself, over what was captured. */
function commissionedIn({ rows }: TraceLog, lot: string, knownAt: number): string[] {
  const known = rows.slice(0, knownAt).map(({ extractText }) => {
    return JSON.parse(extractText!) as { type: string; id?: string; event: EventSpec };
  });
  const errors = new Set(known.filter(({ event }) => event.error).map(({ id }) => id));
  const born = known
    .filter(({ id, event }) => !event.error && (id === undefined || !errors.has(id)))
    .filter(({ event }) => event.lot === lot)
    .flatMap(({ type, event: { action, epcs = [], outputs = [] } }) => {
      if (type === 'TransformationEvent') return outputs;
      return type === 'ObjectEvent' && action === 'ADD' ? epcs : [];
    });
  const serialised = [...UNITS, CASE];
  return serialised.filter((epc) => born.includes(epc)).sort();
}
