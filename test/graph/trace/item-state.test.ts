import { describe, expect, it } from '@jest/globals';
import { stateOf } from '../../../src/graph/trace/item-state.js';
import { DISPOSITION, PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import { historyOf, IN_CASE } from './history-builder.js';
import { HOUR_MS, NOON } from './trace-log.js';

const FACTORY = 'https://id.gs1.org/414/0614141007295';
const SHELF = `${FACTORY}/254/shelf-1`;
const PHARMACY = 'https://id.gs1.org/414/0614141007776';
const RECALLED = DISPOSITION.recalled;

const made = { action: 'ADD', bizStep: STEP.commissioning, bizLocation: SHELF } as const;
const shipped = { bizStep: STEP.shipping, disposition: DISPOSITION.in_transit, readPoint: FACTORY };
const received = { bizStep: STEP.receiving, bizLocation: PHARMACY };
const to = (type: string, value: string) => ({ destinations: [{ type, value }] });

describe('the state of an item', () => {
  it('is unknown of an empty history and of one without places', () => {
    expect(stateOf([])).toEqual({ status: 'UNKNOWN', persistent: [] });
    expect(stateOf(historyOf({ action: 'OBSERVE' }))).toMatchObject({
      status: 'UNKNOWN',
      lastSeq: 0,
    });
  });

  it('is at a site from the first event that shows it there', () => {
    const history = historyOf(made, { readPoint: SHELF }, { bizLocation: FACTORY });
    expect(stateOf(history)).toMatchObject({
      status: 'AT_SITE',
      site: FACTORY,
      bizLocation: FACTORY,
      since: NOON,
      lastSeq: 2,
    });
  });

  it('is in transit from shipping until it is received or shown at a place of business', () => {
    const loaded = { bizStep: STEP.loading, readPoint: 'https://id.gs1.org/414/0614141000777' };
    expect(stateOf(historyOf(made, shipped))).toMatchObject({
      status: 'IN_TRANSIT',
      bizLocation: undefined,
      site: FACTORY,
    });
    const seen = { bizStep: STEP.sensor_reporting, readPoint: 'geo:1,2' };
    expect(stateOf(historyOf(made, shipped, loaded, seen)).status).toBe('IN_TRANSIT');
    expect(stateOf(historyOf(made, shipped, received))).toMatchObject({
      status: 'AT_SITE',
      site: PHARMACY,
      since: NOON + 2 * HOUR_MS,
    });
    expect(stateOf(historyOf(made, shipped, { bizLocation: PHARMACY })).status).toBe('AT_SITE');
    expect(stateOf(historyOf(shipped, { bizStep: STEP.arriving })).status).toBe('AT_SITE');
  });

  it('follows its containers where it goes, not sensors elsewhere', () => {
    const place = { kind: 'LOCATION_SENSOR', place: PHARMACY } as const;
    const history = historyOf(
      made,
      { ...shipped, source: IN_CASE },
      { ...received, source: place },
    );
    expect(stateOf(history)).toMatchObject({ status: 'IN_TRANSIT', lastSeq: 1 });
    expect(stateOf(historyOf(made, shipped, { ...received, source: IN_CASE }))).toMatchObject({
      status: 'AT_SITE',
      site: PHARMACY,
    });
  });

  it.each([
    ['DISPENSED', { bizStep: STEP.dispensing }],
    ['DISPENSED', { disposition: DISPOSITION.dispensed }],
    ['DISPENSED', { bizStep: STEP.retail_selling, disposition: DISPOSITION.retail_sold }],
    ['DESTROYED', { bizStep: STEP.destroying }],
    ['DESTROYED', { action: 'DELETE', disposition: DISPOSITION.destroyed }],
    ['DECOMMISSIONED', { bizStep: STEP.decommissioning }],
    ['DECOMMISSIONED', { action: 'DELETE' }],
    ['DECOMMISSIONED', { disposition: DISPOSITION.inactive }],
    ['CONSUMED', { type: 'TransformationEvent', role: 'INPUT' }],
  ] as const)('ends as %s, whatever is seen of it afterwards', (status, end) => {
    expect(stateOf(historyOf(made, end))).toMatchObject({ status, since: NOON + HOUR_MS });
    expect(stateOf(historyOf(made, end, received, shipped)).status).toBe(status);
    expect(stateOf(historyOf(made, end, made)).status).toBe('AT_SITE');
  });

  it('keeps the disposition it had when it goes into a transformation, which speaks of outputs', () => {
    const used = { type: 'TransformationEvent', role: 'INPUT', disposition: 'new' } as const;
    const state = stateOf(historyOf({ ...made, disposition: DISPOSITION.active }, used));
    expect(state.disposition).toBe(DISPOSITION.active);
  });

  it('lives on when it is taken out of a container, or dispensed in part', () => {
    const unpacked = { type: 'AggregationEvent', action: 'DELETE', role: 'CHILD' } as const;
    expect(stateOf(historyOf(made, unpacked)).status).toBe('AT_SITE');
    const inPart = {
      bizStep: STEP.dispensing,
      disposition: 'https://ref.gs1.org/cbv/Disp-partially_dispensed',
    };
    expect(stateOf(historyOf(made, inPart)).status).toBe('AT_SITE');
  });

  it('comes back when it is returned after dispensing, and never after destruction', () => {
    const back = { ...received, disposition: DISPOSITION.returned };
    expect(stateOf(historyOf(made, { bizStep: STEP.dispensing }, back)).status).toBe('AT_SITE');
    expect(stateOf(historyOf(made, { bizStep: STEP.destroying }, back)).status).toBe('DESTROYED');
  });

  it('keeps persistent dispositions with their evidence until they are unset', () => {
    const set = { set: [RECALLED], source: IN_CASE };
    const { persistent } = stateOf(historyOf(made, set, { set: [RECALLED] }, received));
    expect(persistent).toEqual([{ disposition: RECALLED, seq: 1 }]);
    expect(stateOf(historyOf(made, set, { unset: [RECALLED] })).persistent).toEqual([]);
  });

  it('takes lot and expiry from its own beginning alone', () => {
    const born = { ...made, lot: 'L1', expiry: 5 };
    const later = { action: 'OBSERVE', lot: 'L2' } as const;
    expect(stateOf(historyOf(born, later))).toMatchObject({ lot: 'L1', expiry: 5 });
    const output = { type: 'TransformationEvent', role: 'OUTPUT', lot: 'L3' } as const;
    expect(stateOf(historyOf(output)).lot).toBe('L3');
    expect(stateOf(historyOf({ ...born, source: IN_CASE })).lot).toBeUndefined();
  });

  it('knows the owner from transfers of ownership', () => {
    const sold = { ...shipped, ...to(PARTY.owning_party, 'buyer') };
    expect(stateOf(historyOf(made, sold, received)).owner).toBe('buyer');
    const from = { ...shipped, sources: [{ type: PARTY.owning_party, value: 'maker' }] };
    expect(stateOf(historyOf(made, from)).owner).toBe('maker');
    expect(stateOf(historyOf(made)).owner).toBeUndefined();
  });

  it('knows the custodian from parties named, else from the site that has it', () => {
    expect(stateOf(historyOf(made)).custodian).toBe(FACTORY);
    expect(stateOf(historyOf(made, shipped)).custodian).toBe(FACTORY);
    expect(stateOf(historyOf(made, shipped, received)).custodian).toBe(PHARMACY);
    const handed = { ...shipped, ...to(PARTY.possessing_party, 'carrier') };
    expect(stateOf(historyOf(made, handed)).custodian).toBe('carrier');
    expect(stateOf(historyOf(made, handed, received)).custodian).toBe('carrier');
    expect(stateOf(historyOf(made, handed, received, shipped, received)).custodian).toBe(PHARMACY);
  });

  it('does not take a place of business for good when it is seen at another site', () => {
    const state = stateOf(historyOf(made, { readPoint: PHARMACY }));
    expect(state).toMatchObject({ readPoint: PHARMACY, site: PHARMACY });
    expect(state.bizLocation).toBeUndefined();
  });
});
