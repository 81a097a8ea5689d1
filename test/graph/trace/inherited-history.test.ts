import { describe, expect, it } from '@jest/globals';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import { STEP } from '../../../src/record/cbv/known-term.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { HOUR_MS, NOON, TraceIndex, TraceLog } from './trace-log.js';
import fc, { tries } from '../../support/fast-check.js';

/** An event of the log, as the replay sees it. */
interface Given {
  seq: number;
  type: string;
  time: number;
  recordTime: number;
  facts: EventFacts;
  /** The seq this declares to be an error. */
  voids?: number;
}

const ITEMS = ['u1', 'u2', 'c1', 'c2', 'p1', 't1'];
const items = fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 3 });
const action = fc.constantFrom('ADD' as const, 'OBSERVE' as const, 'DELETE' as const);
const step = fc.constantFrom(undefined, STEP.shipping, STEP.destroying, STEP.commissioning);

const eventOf: fc.Arbitrary<{ type: string; facts: EventFacts }> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ action, parent: fc.constantFrom(...ITEMS), children: items })
      .map((facts) => ({ type: 'AggregationEvent', facts })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ parent: fc.constantFrom(...ITEMS) }).map((facts) => ({
      type: 'AggregationEvent',
      facts: { action: 'DELETE' as const, ...facts },
    })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ action, epcs: items, bizStep: step })
      .map((facts) => ({ type: 'ObjectEvent', facts })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ parent: fc.constantFrom(...ITEMS), epcs: items }).map((facts) => ({
      type: 'TransactionEvent',
      facts: { action: 'ADD' as const, ...facts },
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ inputs: items, outputs: items })
      .map((facts) => ({ type: 'TransformationEvent', facts })),
  },
);

interface Spec {
  event: { type: string; facts: EventFacts };
  hour: number;
  recordHour: number;
  voidsBefore?: number;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  event: eventOf,
  hour: fc.nat(6),
  recordHour: fc.nat(1),
  voidsBefore: fc.option(fc.nat(5), { nil: undefined, freq: 6 }),
});

function build(specs: Spec[]): { log: TraceLog; given: Given[] } {
  const log = new TraceLog();
  const given: Given[] = [];
  for (const { event, hour, recordHour, voidsBefore } of specs) {
    const seq = log.rows.length;
    const target = voidsBefore === undefined ? undefined : given[seq - 1 - voidsBefore];
    if (target && target.voids === undefined) {
      log.declareError({ ...target.facts, type: target.type, id: `e${target.seq}` });
      given.push({ ...target, seq, voids: target.seq });
      continue;
    }
    const recordTime = NOON + recordHour * HOUR_MS;
    const facts = { ...event.facts, recordTime };
    log.event({ ...facts, type: event.type, id: `e${seq}`, hour });
    given.push({ seq, type: event.type, time: NOON + hour * HOUR_MS, recordTime, facts });
  }
  return { log, given };
}

/** Everything from the beginning, one event after the other, asking after each in what the item then is. */
function replay(given: Given[], item: string, asOf: number, knownAt: number): string[] {
  const known = given.filter(({ seq }) => seq < knownAt);
  const voided = new Set(known.map(({ voids }) => voids));
  const events = known
    .filter(({ seq, voids, time }) => voids === undefined && !voided.has(seq) && time <= asOf)
    .sort((a, b) => a.time - b.time || a.recordTime - b.recordTime || a.seq - b.seq);
  const within = new Map<string, string>();
  const found: string[] = [];
  for (const { seq, type, facts } of events) {
    move(within, type, facts);
    const role = namedAs(item, facts);
    if (role) {
      found.push(`${seq} SELF ${role}`);
      continue;
    }
    let level = 0;
    for (let up = within.get(item); up !== undefined; up = within.get(up)) {
      level++;
      if (!reaches(up, type, facts)) continue;
      found.push(`${seq} ${up} ${level}`);
      break;
    }
  }
  return found;
}

function move(within: Map<string, string>, type: string, facts: EventFacts): void {
  const { action: does, parent, children, epcs = [], inputs = [], bizStep } = facts;
  const empty = (container: string) => {
    for (const [child, holder] of [...within]) if (holder === container) within.delete(child);
  };
  if (type === 'TransformationEvent') for (const each of inputs) within.delete(each);
  if (type === 'ObjectEvent' && (does === 'DELETE' || bizStep === STEP.destroying)) {
    for (const each of epcs) empty(each);
  }
  if (type !== 'AggregationEvent' || parent === undefined) return;
  if (does === 'DELETE' && !children) empty(parent);
  if (does === 'DELETE') {
    for (const each of children ?? []) if (within.get(each) === parent) within.delete(each);
  }
  if (does !== 'ADD') return;
  const above = new Set([parent]);
  for (let up = within.get(parent); up !== undefined; up = within.get(up)) above.add(up);
  for (const each of children ?? []) {
    if (above.has(each)) within.delete(each);
    else within.set(each, parent);
  }
}

function namedAs(item: string, facts: EventFacts): string | undefined {
  if (facts.epcs?.includes(item)) return 'EPC';
  if (facts.children?.includes(item)) return 'CHILD';
  if (facts.parent === item) return 'PARENT';
  if (facts.inputs?.includes(item)) return 'INPUT';
  return facts.outputs?.includes(item) ? 'OUTPUT' : undefined;
}

/** What DOMAIN 2 says of containers, in other words than the code's. */
function reaches(container: string, type: string, facts: EventFacts): boolean {
  const { epcs, children, parent, action: does, bizStep } = facts;
  switch (type) {
    case 'ObjectEvent':
      return (
        (epcs?.includes(container) ?? false) &&
        does === 'OBSERVE' &&
        bizStep !== STEP.commissioning &&
        bizStep !== STEP.destroying
      );
    case 'TransactionEvent':
      return parent === container || (epcs?.includes(container) ?? false);
    case 'AggregationEvent':
      return children?.includes(container) ?? false;
    default:
      return false;
  }
}

describe('inherited history', () => {
  it('is what a replay of all events gives, at any moment and with any knowledge', () => {
    fc.assert(
      fc.property(
        fc.array(spec, { minLength: 1, maxLength: 25 }),
        fc.nat(7),
        fc.nat(25),
        fc.integer({ min: 1, max: 9 }),
        (specs, hour, knownAt, batch) => {
          const { log, given } = build(specs);
          const index = new TraceIndex(log, batch);
          try {
            const reader = new ItemReader(index.database);
            for (const moment of [
              { asOf: NOON + 10 * HOUR_MS },
              { asOf: NOON + hour * HOUR_MS },
              { asOf: NOON + hour * HOUR_MS, knownAt },
            ]) {
              for (const item of ITEMS) {
                const { entries, isComplete } = reader.history(item, moment);
                const told = entries.map(({ event, source, role }) =>
                  source.kind === 'CONTAINER'
                    ? `${event.seq} ${source.epc} ${source.level}`
                    : `${event.seq} ${source.kind} ${role}`,
                );
                const { asOf, knownAt: limit = Infinity } = moment;
                expect(told).toEqual(replay(given, item, asOf, limit));
                expect(isComplete).toBe(true);
              }
            }
          } finally {
            index.close();
          }
        },
      ),
      tries(60, 20260101),
    );
  });
});
