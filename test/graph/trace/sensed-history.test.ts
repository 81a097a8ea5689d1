import { describe, expect, it } from '@jest/globals';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import { STEP } from '../../../src/record/cbv/known-term.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { HOUR_MS, NOON, TraceIndex, TraceLog } from './trace-log.js';
import fc, { tries } from '../../support/fast-check.js';

interface Given {
  type: string;
  facts: EventFacts;
  hour: number;
}

const PACKED = ['u1', 'c1', 'p1'];
const ASSETS = ['l1', 'l2', 'a1'];
const ITEMS = [...PACKED, ...ASSETS];
const PLACES = ['A', 'B'];
const SENSORS = [{ type: 'https://gs1.org/voc/Temperature', numbers: { value: 1 } }];

const put = fc.constantFrom('ADD' as const, 'ADD' as const, 'DELETE' as const);
const some = (of: string[]) => fc.constantFrom(...of);
const sensors = fc.constantFrom(undefined, SENSORS);

const given: fc.Arbitrary<Given> = fc
  .record({
    hour: fc.nat(12),
    event: fc.oneof(
      fc
        .record({ action: put, parent: some(PACKED), child: some(PACKED), sensors })
        .map(({ child, ...facts }) => ({
          type: 'AggregationEvent',
          facts: { ...facts, children: [child] },
        })),
      fc
        .record({ action: put, parent: some([...PACKED, 'a1']), child: some(ITEMS), sensors })
        .map(({ child, ...facts }) => ({
          type: 'AssociationEvent',
          facts: { ...facts, children: [child] },
        })),
      // where it is, or that it goes on its way
      fc.record({ epc: some(ITEMS), place: fc.option(some(PLACES)) }).map(({ epc, place }) => ({
        type: 'ObjectEvent',
        facts: {
          action: 'OBSERVE' as const,
          epcs: [epc],
          ...(place === null ? { bizStep: STEP.shipping } : { bizLocation: place }),
        },
      })),
      fc.record({ epc: some(ITEMS) }).map(({ epc }) => ({
        type: 'ObjectEvent',
        facts: { action: 'OBSERVE' as const, epcs: [epc], sensors: SENSORS },
      })),
      fc.record({ place: some(PLACES) }).map(({ place }) => ({
        type: 'ObjectEvent',
        facts: { action: 'OBSERVE' as const, readPoint: place, sensors: SENSORS },
      })),
    ),
  })
  .map(({ hour, event }) => ({ hour, ...event }));

/** After each event: what the item is in, what is on it, where it is; and so whether the event is its own. */
function replay(events: Given[], item: string, last: number): string[] {
  const order = events.map((event, seq) => ({ ...event, seq })).filter(({ hour }) => hour <= last);
  order.sort((a, b) => a.hour - b.hour || a.seq - b.seq);
  const packing = new Map<string, string>();
  const association = new Map<string, string>();
  const found: string[] = [];
  let place: string | undefined;
  for (const { seq, type, facts } of order) {
    if (type === 'AggregationEvent') move(packing, facts);
    if (type === 'AssociationEvent') move(association, facts);
    const things = [item, ...above(packing, item)];
    const named = namesOf(facts);
    const kind = kindOf(type, facts, things, named, association, place);
    if (kind === undefined) continue;
    found.push(`${seq} ${kind}`);
    if (kind === 'LOCATION_SENSOR' || kind === 'ASSOCIATION') continue;
    place = facts.bizStep === STEP.shipping ? undefined : (facts.bizLocation ?? place);
  }
  return found;
}

function kindOf(
  type: string,
  facts: EventFacts,
  [item, ...containers]: string[],
  named: string[],
  association: Map<string, string>,
  place: string | undefined,
): string | undefined {
  if (named.includes(item!)) return 'SELF';
  const reached = type === 'ObjectEvent' ? (facts.epcs ?? []) : (facts.children ?? []);
  if (containers.some((each) => reached.includes(each))) return 'CONTAINER';
  if (!facts.sensors) return undefined;
  const isOn = (associate: string) =>
    [item!, ...containers].some(
      (thing) =>
        association.get(associate) === thing || above(association, thing).includes(associate),
    );
  if (named.some(isOn)) return 'ASSOCIATION';
  const isHere = named.length === 0 && place !== undefined && facts.readPoint === place;
  return isHere ? 'LOCATION_SENSOR' : undefined;
}

function namesOf({ epcs = [], children = [], parent }: EventFacts): string[] {
  return [...epcs, ...children, ...(parent === undefined ? [] : [parent])];
}

function above(within: Map<string, string>, thing: string): string[] {
  const found: string[] = [];
  for (let up = within.get(thing); up !== undefined; up = within.get(up)) found.push(up);
  return found;
}

function move(within: Map<string, string>, { action, parent, children = [] }: EventFacts): void {
  const chain = [parent!, ...above(within, parent!)];
  for (const child of children) {
    if (action === 'DELETE' && within.get(child) === parent) within.delete(child);
    if (action === 'ADD' && chain.includes(child)) within.delete(child);
    else if (action === 'ADD') within.set(child, parent!);
  }
}

describe('what sensors say of an item', () => {
  it('is what a replay gives: of its containers, of what is on them, of where it is', () => {
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 25 }), fc.nat(12), (events, hour) => {
        const log = new TraceLog();
        for (const { type, facts, hour } of events)
          log.event({ type, hour, recordTime: 0, ...facts });
        const index = new TraceIndex(log);
        try {
          const reader = new ItemReader(index.database);
          for (const item of ITEMS) {
            for (const last of [hour, Infinity]) {
              const asOf = NOON + Math.min(last, 100) * HOUR_MS;
              const { entries } = reader.history(item, { asOf });
              const told = entries.map(({ event, source }) => `${event.seq} ${source.kind}`);
              expect(told).toEqual(replay(events, item, last));
            }
          }
        } finally {
          index.close();
        }
      }),
      tries(80, 20260102),
    );
  });
});
