import { describe, expect, it } from '@jest/globals';
import { custodyOf } from '../../../src/graph/trace/custody.js';
import { DISPOSITION, PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import { historyOf, IN_CASE } from './history-builder.js';
import { HOUR_MS, NOON } from './trace-log.js';

const A = 'https://id.gs1.org/414/0614141007295';
const B = 'https://id.gs1.org/414/0614141007776';
const C = 'https://id.gs1.org/414/0614141000777';

const LATER = NOON + 30 * 24 * HOUR_MS;

const at = (bizLocation: string) => ({ bizLocation });
const ship = (readPoint: string) => ({ bizStep: STEP.shipping, readPoint });
const receive = (bizLocation: string) => ({ bizStep: STEP.receiving, bizLocation });
const gapsOf = (...specs: Parameters<typeof historyOf>) =>
  custodyOf(historyOf(...specs), LATER).gaps.map(({ kind, fromSeq, toSeq }) => [
    kind,
    fromSeq,
    toSeq,
  ]);

describe('custody', () => {
  it('passes from site to site, and to the parties that events name', () => {
    const handOver = { destinations: [{ type: PARTY.possessing_party, value: 'carrier' }] };
    const history = historyOf(
      at(A),
      at(`${A}/254/dock`),
      { ...ship(A), ...handOver },
      { ...receive(B), ...{ destinations: [{ type: PARTY.possessing_party, value: 'shop' }] } },
      { ...at(B), source: { kind: 'LOCATION_SENSOR', place: B } },
    );
    expect(custodyOf(history, LATER).segments).toEqual([
      { custodian: A, from: NOON, to: NOON + 2 * HOUR_MS, fromSeq: 0, toSeq: 2 },
      {
        custodian: 'carrier',
        from: NOON + 2 * HOUR_MS,
        to: NOON + 3 * HOUR_MS,
        fromSeq: 2,
        toSeq: 3,
      },
      { custodian: 'shop', from: NOON + 3 * HOUR_MS, fromSeq: 3 },
    ]);
  });

  it('has no gap when what is sent is received, by itself or in its container', () => {
    expect(gapsOf(at(A), ship(A), receive(B), ship(B), receive(C))).toEqual([]);
    expect(gapsOf(at(A), { ...ship(A), source: IN_CASE }, receive(B))).toEqual([]);
    const loading = { bizStep: STEP.loading, disposition: DISPOSITION.in_transit, readPoint: A };
    expect(gapsOf(at(A), ship(A), loading, receive(B))).toEqual([]);
  });

  it('has none while what was sent may still be under way', () => {
    const history = historyOf(at(A), ship(A));
    const dueAt = NOON + HOUR_MS + 14 * 24 * HOUR_MS;
    expect(custodyOf(history, dueAt - 1).gaps).toEqual([]);
    expect(custodyOf(history, dueAt).gaps).toHaveLength(1);
  });

  it('has one when what was sent has not been seen for too long', () => {
    expect(gapsOf(at(A), ship(A))).toEqual([['NOT_RECEIVED', 1, undefined]]);
    const loading = { bizStep: STEP.loading, readPoint: A };
    expect(gapsOf(at(A), ship(A), loading)).toEqual([['NOT_RECEIVED', 1, undefined]]);
  });

  it('has one where it turns up elsewhere without having been received', () => {
    expect(gapsOf(at(A), ship(A), at(B))).toEqual([['NOT_RECEIVED', 1, 2]]);
    expect(gapsOf(at(A), ship(A), ship(B), receive(C))).toEqual([['NOT_RECEIVED', 1, 2]]);
  });

  it('has none when it never left the site', () => {
    expect(gapsOf(at(A), ship(A), at(A))).toEqual([]);
  });

  it('has one where it is received without having been sent', () => {
    expect(gapsOf(at(A), receive(B))).toEqual([['NOT_SHIPPED', 0, 1]]);
    expect(gapsOf(receive(B))).toEqual([]);
    expect(gapsOf(at(B), receive(B))).toEqual([]);
  });
});
