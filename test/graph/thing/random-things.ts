import type { IndexRow } from '../../../src/graph/row.js';
import { DISPOSITION, PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { LogBuilder } from '../log-builder.js';
import fc from '../../support/fast-check.js';

const GTIN = 'https://id.gs1.org/01/10614141073464';
const ITEMS = [`${GTIN}/21/1`, `${GTIN}/21/2`, `${GTIN}/21/3`, 'urn:case:1', 'urn:pallet:1'];
const CLASSES = [GTIN, `${GTIN}/10/LOT-1`, `${GTIN}/10/LOT-2`];
const PARTIES = ['urn:party:1', 'urn:party:2'];
const TRANSFORMATIONS = ['urn:transformation:1', 'urn:transformation:2'];

/** Everything an edge may lead to. */
export const THINGS = [...ITEMS, ...CLASSES, ...PARTIES];

/** An event as it counts: what a plain reading of the log needs. */
export interface LoggedEvent {
  seq: number;
  type: string;
  time: number;
  recordTime: number;
  facts: EventFacts;
  /** Never counts: a repeat or a declaration. */
  isVoid: boolean;
  voided?: number;
}

export interface EventLog {
  rows: IndexRow[];
  events: LoggedEvent[];
}

const some = <T>(...items: T[]) => fc.constantFrom(...items);
const few = <T>(items: readonly T[], maxLength = 3) =>
  fc.uniqueArray(some(...items), { minLength: 1, maxLength });

const facts: fc.Arbitrary<EventFacts> = fc.record(
  {
    action: some('ADD' as const, 'ADD' as const, 'OBSERVE' as const, 'DELETE' as const),
    recordTime: fc.integer({ min: 0, max: 3 }),
    parent: some(...ITEMS),
    epcs: few(ITEMS),
    children: few(ITEMS),
    inputs: few(ITEMS),
    outputs: few(ITEMS),
    bizStep: some(STEP.shipping, STEP.destroying),
    disposition: some(DISPOSITION.active),
    transformationId: some(...TRANSFORMATIONS),
    quantities: fc.array(
      fc.record({
        list: some(
          ...(['quantityList', 'inputQuantityList', 'outputQuantityList'] as const),
          'childQuantityList' as const,
        ),
        epcClass: some(...CLASSES),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    destinations: fc.array(
      fc.record({
        type: some(PARTY.owning_party, PARTY.possessing_party, PARTY.location),
        value: some(...PARTIES),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const MEMBERS: Record<string, (keyof EventFacts)[]> = {
  ObjectEvent: ['epcs', 'action'],
  AggregationEvent: ['parent', 'children', 'action'],
  TransactionEvent: ['parent', 'epcs', 'action'],
  TransformationEvent: ['inputs', 'outputs', 'transformationId'],
};
const LISTS: Record<string, string[]> = {
  ObjectEvent: ['quantityList'],
  TransactionEvent: ['quantityList'],
  AggregationEvent: ['childQuantityList'],
  TransformationEvent: ['inputQuantityList', 'outputQuantityList'],
};

/** What an event of its type may say. */
function fitting(type: string, all: EventFacts): EventFacts {
  const others = Object.values(MEMBERS).flat();
  const own = MEMBERS[type]!;
  const kept = Object.entries(all).filter(
    ([name]) => own.includes(name as keyof EventFacts) || !others.includes(name as 'epcs'),
  );
  const quantities = all.quantities?.filter(({ list }) => LISTS[type]!.includes(list));
  const told = Object.fromEntries(kept) as EventFacts;
  delete told.quantities;
  return { ...told, ...(quantities?.length && { quantities }) };
}

const drawn = fc.record({
  what: some('NEW', 'NEW', 'NEW', 'NEW', 'REPEAT', 'DECLARE', 'CORRECT'),
  of: fc.nat(40),
  type: some(...Object.keys(MEMBERS)),
  time: fc.integer({ min: 0, max: 6 }),
  facts,
});

/** Events with repeats, error declarations and corrections among them. */
export const randomEventLog: fc.Arbitrary<EventLog> = fc
  .array(drawn, { minLength: 1, maxLength: 30 })
  .map((list) => {
    const scribe = new Scribe();
    for (const each of list) {
      const fit = fitting(each.type, each.facts);
      scribe.write(each.what, each.of, { type: each.type, time: each.time, facts: fit });
    }
    return scribe;
  });

interface Told {
  type: string;
  time: number;
  facts: EventFacts;
}

interface Known {
  id: string;
  first: LoggedEvent;
  declared?: number;
}

/** Writes the log, and notes what counts by the rules as they are told (DOMAIN 2), not as the index has them. */
class Scribe implements EventLog {
  readonly log = new LogBuilder(10);
  readonly events: LoggedEvent[] = [];
  private readonly known: Known[] = [];
  /** Newest version of each record that is the first of its eventID. */
  private readonly newest = new Map<string, IndexRow>();

  get rows(): IndexRow[] {
    return this.log.rows;
  }

  write(what: string, of: number, told: Told): void {
    const meant = this.known[of % Math.max(this.known.length, 1)];
    if (what === 'NEW' || !meant) return this.writeNew(told);
    if (what === 'REPEAT') this.push(meant.id, told, true);
    if (what === 'CORRECT') return this.correct(meant, told);
    if (what !== 'DECLARE') return;
    const { seq } = this.push(meant.id, { ...told, facts: { ...told.facts, error: {} } }, true);
    if (meant.declared !== undefined) return;
    meant.declared = seq;
    meant.first.voided ??= seq;
  }

  private writeNew(told: Told): void {
    const id = `urn:id:${this.known.length}`;
    const first = this.push(id, told, false);
    this.known.push({ id, first });
    this.newest.set(id, this.rows[first.seq]!);
  }

  private correct(meant: Known, told: Told): void {
    const former = meant.first;
    const version = this.push(meant.id, told, false, this.newest.get(meant.id));
    former.voided ??= version.seq;
    if (meant.declared !== undefined) version.voided = meant.declared;
    meant.first = version;
    this.newest.set(meant.id, this.rows[version.seq]!);
  }

  private push(id: string, told: Told, isVoid: boolean, replaces?: IndexRow): LoggedEvent {
    const { type, time, facts: event } = told;
    const spec = {
      class: 'epcis.event' as const,
      extract: { type, id, occurredAt: time, event },
    };
    const name = `event-${this.rows.length}`;
    const row = replaces ? this.log.revise(replaces, name, spec) : this.log.add(name, spec);
    const logged: LoggedEvent = {
      ...{ seq: row.seq, type, time, facts: event, isVoid },
      recordTime: event.recordTime ?? row.at,
    };
    this.events.push(logged);
    return logged;
  }
}
