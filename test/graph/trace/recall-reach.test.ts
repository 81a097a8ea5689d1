import { afterEach, describe, expect, it } from '@jest/globals';
import { ReachWalk } from '../../../src/graph/trace/recall-reach-walk.js';
import type { RecallRequest } from '../../../src/graph/trace/recall.js';
import { DISPOSITION } from '../../../src/record/cbv/known-term.js';
import { naiveReach } from './naive-reach.js';
import { ReachLog, TODAY, type RecordSpec } from './reach-log.js';
import { HOUR_MS, NOON, TraceIndex } from './trace-log.js';
import fc, { tries } from '../../support/fast-check.js';
import { share } from '../../support/share.js';

let open: TraceIndex[] = [];

function indexOf(log: ReachLog, batch?: number): TraceIndex {
  const index = new TraceIndex(log, batch);
  open.push(index);
  return index;
}

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

const LATE = NOON + 1_000 * HOUR_MS;
const CASE = 'https://id.gs1.org/00/106141412345678908';
/** NDC 0591-0369-01, and a product that is no drug. */
const DRUG = 'https://id.gs1.org/01/00305910369019';
const NDC = '00591036901';
const OTHER = 'https://id.gs1.org/01/10614141073464';
const drug = (serial: number) => `${DRUG}/21/${serial}`;
const other = (serial: number) => `${OTHER}/21/${serial}`;
const rx = (number: number) => ({ bizTransactions: [{ value: `urn:rx:${number}` }] });

const reach = (log: ReachLog, request: Partial<RecallRequest> = {}) =>
  indexOf(log).reader.recallReach({ lot: 'A', asOf: LATE, ...request });

/** Position and rule of every record, read page by page. */
function recordsOf(
  { reader }: TraceIndex,
  request: RecallRequest,
  first = 2,
): [seq: number, rule: string][] {
  const found: [number, string][] = [];
  for (let after: number | undefined, more = true; more;) {
    const page = reader.recallReached(request, { first, after });
    found.push(
      ...page.records.map(({ seq, rule }): [number, string] => [seq, rule ?? 'REFERENCE']),
    );
    after = page.records.at(-1)?.seq;
    more = page.hasNext;
  }
  return found;
}

describe('what a recall has reached', () => {
  it('is what tells of the dispensing of its units, and the claims made of that', () => {
    const log = new ReachLog();
    log.patient('Patient/1', 'urn:member:1');
    log.patient('Patient/2');
    log.commission([drug(1), drug(2), drug(3)]);
    log.pack(CASE, [drug(2)], { hour: 1 });
    log.dispense([drug(1)], { hour: 2 });
    log.dispense([CASE], { hour: 3, ...rx(7) });
    const serial = { epcs: [drug(1)] };
    log.record('dispense-1', { kind: 'DISPENSE', patient: 'Patient/1', ...serial });
    log.record('claim-1', { kind: 'CLAIM', patient: 'urn:member:1', from: ['dispense-1'] });
    log.record('benefit-1', { kind: 'EOB', patient: 'Patient/1', from: ['claim-1'] });
    log.record('dispense-2', {
      kind: 'DISPENSE',
      patient: 'Patient/2',
      prescriptions: ['urn:rx:7'],
    });
    log.record('claim-of-another', { kind: 'CLAIM', patient: 'Patient/3', epcs: [drug(9)] });
    expect(reach(log)).toEqual({
      ...{ dispensings: 2, claims: 2, patients: 2, products: 1, knownAt: log.rows.length },
      byRule: [
        { rule: 'PRESCRIPTION', dispensings: 1, claims: 0 },
        { rule: 'SERIAL', dispensings: 1, claims: 2 },
      ],
    });
    expect(recordsOf(indexOf(log), { lot: 'A', asOf: LATE })).toEqual([
      [6, 'SERIAL'],
      [7, 'SERIAL'],
      [8, 'SERIAL'],
      [9, 'PRESCRIPTION'],
    ]);
  });

  it('is nothing of the other units that were handed over in the same event', () => {
    const log = new ReachLog();
    log.commission([drug(1), drug(2)]);
    log.commission([other(3), drug(4)], 'B');
    log.dispense([drug(1), drug(4), other(3)], { hour: 1 });
    log.record('one', { kind: 'DISPENSE', patient: 'Patient/1', epcs: [drug(1)] });
    log.record('two', { kind: 'DISPENSE', patient: 'Patient/2', epcs: [drug(4)] });
    log.record('three', {
      kind: 'EOB',
      patient: 'Patient/1',
      products: [{ ndc: NDC, day: TODAY }],
    });
    expect(reach(log)).toMatchObject({ dispensings: 1, claims: 1, patients: 1 });
    expect(reach(log, { lot: 'B', gtin: OTHER })).toMatchObject({
      ...{ dispensings: 0, claims: 0, patients: 0, byRule: [], products: 1 },
    });
    expect(reach(log, { lot: 'B' })).toMatchObject({ dispensings: 1, claims: 1, products: 2 });
  });

  it('is nothing of units that were not given away, or by an error', () => {
    const log = new ReachLog();
    log.commission([drug(1), drug(2)]);
    log.dispense([drug(1)], { hour: 1, id: 'wrong' });
    log.record('one', { kind: 'DISPENSE', epcs: [drug(1)] });
    expect(reach(log)).toMatchObject({ dispensings: 1, patients: 0 });
    expect(reach(log, { asOf: NOON })).toMatchObject({ dispensings: 0 });
    log.declareError({ action: 'OBSERVE', epcs: [drug(1)], id: 'wrong' });
    expect(reach(log)).toMatchObject({ dispensings: 0, claims: 0, patients: 0, byRule: [] });
  });

  it('is for an earlier moment of records of then and of what was known of them', () => {
    const log = new ReachLog();
    log.commission([drug(1)]);
    log.dispense([drug(1)], { hour: 1 });
    log.record('one', { kind: 'DISPENSE', epcs: [drug(1)], hour: 1 });
    const claim = log.record('two', { kind: 'CLAIM', from: ['one'], hour: 30 });
    log.record('two again', { kind: 'CLAIM', from: ['one'], hour: 31, former: claim });
    log.record('three', { kind: 'EOB', from: ['two'], hour: 50 });
    const told = (request: Partial<RecallRequest>) => {
      const { dispensings, claims } = reach(log, request);
      return [dispensings, claims];
    };
    expect(told({})).toEqual([1, 2]);
    expect(told({ asOf: NOON + 40 * HOUR_MS })).toEqual([1, 1]);
    expect(told({ knownAt: 4 })).toEqual([1, 1]);
    expect(recordsOf(indexOf(log), { lot: 'A', asOf: LATE, knownAt: 5 })).toEqual([
      [2, 'SERIAL'],
      [4, 'SERIAL'],
    ]);
    expect(told({ knownAt: 2 })).toEqual([0, 0]);
  });

  it('counts a record that names the event itself, with no rule', () => {
    const log = new ReachLog();
    log.commission([drug(1)]);
    log.dispense([drug(1)], { hour: 1 });
    log.record('one', { kind: 'DISPENSE', from: ['event-1'], epcs: [drug(1)] });
    expect(reach(log).byRule).toEqual([{ rule: null, dispensings: 1, claims: 0 }]);
  });

  it('says when there may be more than it found', () => {
    const log = new ReachLog();
    log.commission([drug(1), drug(2), drug(3)]);
    for (const serial of [1, 2]) {
      log.dispense([drug(serial)], { hour: serial });
      log.record(`record-${serial}`, { kind: 'DISPENSE', epcs: [drug(serial)] });
      log.record(`claim-${serial}`, { kind: 'CLAIM', from: [`record-${serial}`] });
    }
    const { database } = indexOf(log);
    const walked = (bounds: { followedMax: number; reachedMax: number }) => {
      const walk = new ReachWalk(database, { asOf: LATE, knownAt: log.rows.length }, bounds);
      for (const seq of [1, 4]) {
        const state = { status: 'DISPENSED' as const, isRecalled: false };
        const dispensings = [{ seq, isOwn: false }];
        walk.add({ unit: 0, state, isComplete: true, dispensings }, 0);
      }
      walk.follow();
      return [walk.reached.size, walk.isComplete];
    };
    expect(walked({ followedMax: 2, reachedMax: 4 })).toEqual([4, true]);
    expect(walked({ followedMax: 1, reachedMax: 4 })).toEqual([2, false]);
    expect(walked({ followedMax: 2, reachedMax: 3 })).toEqual([3, false]);
    expect(reach(log).gap).toBeUndefined();
    log.record('sealed', { kind: 'CLAIM', state: 'SEALED' });
    expect(reach(log).gap).toBe('MISSING_BLOCK');
    expect(reach(log, { knownAt: log.rows.length - 1 }).gap).toBeUndefined();
  });

  it('comes to what a plain walk finds, at any moment and however it was captured', () => {
    const seen = new Map<string, number>();
    const meant = (name: string) => (name === 'urn:member:1' ? 'Patient/1' : name);
    fc.assert(
      fc.property(logs, moments, batches, (log, moment, batch) => {
        const index = new TraceIndex(log, batch);
        try {
          for (const subject of [{ lot: 'A' }, { lot: 'B' }, { gtin: DRUG }]) {
            const request = { ...subject, ...moment };
            const { records, ...counts } = naiveReach(log, index, request, meant);
            expect(recordsOf(index, request)).toEqual(records);
            const answer = index.reader.recallReach(request);
            expect(answer).toMatchObject(counts);
            const sum = answer.byRule.reduce((all, one) => all + one.dispensings + one.claims, 0);
            expect(sum).toBe(records.length);
            for (const [, rule] of records) seen.set(rule, (seen.get(rule) ?? 0) + 1);
          }
        } finally {
          index.close();
        }
      }),
      tries(100, 20_261_122),
    );
    for (const rule of ['REFERENCE', 'PRESCRIPTION', 'SERIAL', 'NDC']) {
      expect([rule, seen.get(rule)]).toEqual([rule, expect.any(Number)]);
      expect(seen.get(rule)).toBeGreaterThan(share(5));
    }
  });
});

const some = <T>(...items: T[]) => fc.constantFrom(...items);
const few = <T>(...items: T[]) => fc.uniqueArray(some(...items), { minLength: 1, maxLength: 2 });
const UNITS = [drug(0), drug(1), drug(2), other(3), other(4)];
const batches = some(1, 3, Infinity);
const hours = fc.integer({ min: 0, max: 30 }).map((hour) => NOON + hour * HOUR_MS);
const moments = fc
  .record({
    asOf: fc.oneof({ weight: 3, arbitrary: fc.constant(LATE) }, hours),
    knownAt: fc.option(fc.integer({ min: 10, max: 40 }), { nil: undefined, freq: 1 }),
  })
  .map(({ asOf, knownAt }) => ({ asOf, ...(knownAt !== undefined && { knownAt }) }));

const step = fc.record({
  what: some(
    ...(['DISPENSE', 'DISPENSE', 'DISPENSE', 'RECORD', 'RECORD', 'RECORD', 'RECORD'] as const),
    ...(['FOLLOW', 'FOLLOW', 'PACK', 'REVISE', 'VOID', 'RETURN'] as const),
  ),
  of: fc.nat(20),
  hour: fc.integer({ min: 0, max: 12 }),
  units: few(...UNITS),
  number: some(1, 2, 3),
  isCase: fc.boolean(),
  kind: some('DISPENSE' as const, 'EOB' as const, 'CLAIM' as const),
  by: some('PRESCRIPTION', 'SERIAL', 'NDC', 'REFERENCE'),
  patient: some('Patient/1', 'urn:member:1', 'Patient/2', 'Patient/9', undefined),
});

/** Units made, then packed, given away and taken back, some of it by an error; and what was told of it. */
const logs = fc
  .tuple(
    fc.array(some('A', 'B'), { minLength: 5, maxLength: 5 }),
    fc.array(step, { minLength: 12, maxLength: 30 }),
  )
  .map(([lots, steps]) => {
    const log = new ReachLog();
    log.patient('Patient/1', 'urn:member:1');
    log.patient('Patient/2');
    UNITS.forEach((unit, i) => log.commission([unit], lots[i]));
    const events: string[] = [];
    const records: { name: string; spec: RecordSpec; row: ReturnType<ReachLog['record']> }[] = [];
    const record = (spec: RecordSpec) => {
      const name = `record-${log.rows.length}`;
      records.push({ name, spec, row: log.record(name, spec) });
    };
    steps.forEach(({ what, of, hour, units, number, isCase, kind, by, patient }, i) => {
      const id = `id-${i}`;
      const about = { kind, hour: hour * 2, ...(patient !== undefined && { patient }) };
      const earlier = records[of % Math.max(records.length, 1)];
      if (what === 'DISPENSE') {
        events.push(`event-${log.rows.length}`);
        log.dispense(isCase ? [CASE] : units, { hour, id, ...(number < 3 && rx(number)) });
      } else if (what === 'RECORD') {
        record({
          ...about,
          ...(by === 'PRESCRIPTION' && { prescriptions: [`urn:rx:${number}`] }),
          ...(by === 'SERIAL' && { epcs: units }),
          ...(by === 'NDC' && { products: [{ ndc: NDC, day: TODAY }] }),
          ...(by === 'REFERENCE' && { from: events.slice(of, of + 1) }),
        });
      } else if (what === 'FOLLOW' && earlier) {
        record({ ...about, from: [earlier.name] });
      } else if (what === 'REVISE' && earlier) {
        const name = `record-${log.rows.length}`;
        earlier.row = log.record(name, { ...earlier.spec, ...about, former: earlier.row });
      } else if (what === 'PACK') {
        log.pack(CASE, units, { hour });
      } else if (what === 'RETURN') {
        const disposition = DISPOSITION.returned;
        log.event({ action: 'OBSERVE', epcs: units, disposition, hour });
      } else if (what === 'VOID') {
        log.declareError({ action: 'OBSERVE', epcs: units, id: `id-${of}` });
      }
    });
    return log;
  });
