import type { DatabaseSync } from 'node:sqlite';
import { instanceWithoutLot } from '../../record/gs1/instance.js';
import type { Moment } from '../containment/containment-reader.js';
import { EVENT_SIDE, KEY_KINDS } from '../dispense/dispense-key.js';
import { DrugCodes } from '../dispense/drug-code.js';
import { ruleOf, type MatchRule } from '../dispense/match-rule.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import type { UnitDispensing } from './recall-history.js';
import { REACH_RULES } from './recall-reach.js';
import { DERIVED_RECORD, IS_CLAIM, IS_DISPENSING, KNOWN } from './recall-reach-sql.js';

/** Joins that are kept in mind for the units to come. */
const REMEMBERED_MAX = 50_000;

/** A record that an event is joined with. */
export interface Join {
  origin: number;
  seq: number;
  isClaim: boolean;
  /** Position in REACH_RULES. */
  rule: number;
}

/** What an event is joined with: on account of all that was handed over, of one instance, of one drug. */
interface EventJoins {
  whole: Join[];
  bySerial: Map<string, Join[]>;
  byDrug: Map<string, Join[]>;
  /** Answered already; units handed over together have this in common. */
  isWholeTold: boolean;
  isAllTold: boolean;
}

type JoinRow = [seq: number, origin: number, isClaim: 0 | 1, path: string];

/**
 * Which records tell of the dispensing of a unit. One matched by serial number is about the units it names, one matched by
 * drug about those of the drug, any other about all that the event names; of what was handed over inside of something
 * else, every record of that is.
 */
export class DispensingJoins {
  private readonly joins: Select<JoinRow>;
  private readonly shared: Select<[key: string]>;
  private readonly codes: DrugCodes;
  private readonly terms: TermReader;
  private readonly drugs = new Map<number, readonly string[]>();
  private readonly events = new Map<number, EventJoins>();
  private remembered = 0;

  constructor(
    database: DatabaseSync,
    private readonly moment: Required<Moment>,
  ) {
    this.codes = new DrugCodes(database);
    this.terms = new TermReader(database);
    this.joins = new Select(
      database,
      `SELECT r.seq, r.origin, ${IS_CLAIM}, t.text
       FROM edge e INDEXED BY edge_back ${DERIVED_RECORD} JOIN term t ON t.id = abs(e.path)
       WHERE e.dst = ? AND ${IS_DISPENSING} AND ${KNOWN}`,
    );
    this.shared = new Select(
      database,
      `SELECT t.text FROM dispense_key k INDEXED BY dispense_key_seq JOIN term t ON t.id = k.key
       WHERE k.seq = ? AND k.kind = ? AND EXISTS (
         SELECT 1 FROM dispense_key o WHERE (o.kind, o.key, o.day) = (k.kind, k.key, k.day)
           AND o.side = ${EVENT_SIDE} AND o.seq = ?)`,
    );
  }

  /** Those not answered yet for all that the event names. @param unit, product ids of terms */
  *of(unit: number, product: number, { seq, isOwn }: UnitDispensing): Generator<Join> {
    const event = this.eventAt(seq);
    if (event.isAllTold) return;
    if (!isOwn) {
      event.isAllTold = true;
      for (const joins of [...event.bySerial.values(), ...event.byDrug.values()]) yield* joins;
    }
    if (!event.isWholeTold) yield* event.whole;
    event.isWholeTold = true;
    if (!isOwn) return;
    if (event.bySerial.size > 0) yield* event.bySerial.get(this.serialOf(unit)) ?? [];
    if (event.byDrug.size === 0) return;
    for (const drug of this.drugsOf(product)) yield* event.byDrug.get(drug) ?? [];
  }

  private serialOf(unit: number): string {
    return instanceWithoutLot(this.terms.textOf(unit)) ?? '';
  }

  private drugsOf(product: number): readonly string[] {
    let drugs = this.drugs.get(product);
    if (!drugs) this.drugs.set(product, (drugs = this.codes.of(product)));
    return drugs;
  }

  private eventAt(seq: number): EventJoins {
    const known = this.events.get(seq);
    if (known) return known;
    const { asOf, knownAt } = this.moment;
    const found = this.joins.all(seq, asOf, knownAt, knownAt);
    this.remembered += 1 + found.length;
    if (this.remembered > REMEMBERED_MAX) {
      this.events.clear();
      this.remembered = 0;
    }
    const event: EventJoins = {
      ...{ whole: [], bySerial: new Map(), byDrug: new Map() },
      ...{ isWholeTold: false, isAllTold: false },
    };
    for (const row of found) this.place(row, seq, event);
    this.events.set(seq, event);
    return event;
  }

  private place([seq, origin, isClaim, path]: JoinRow, eventSeq: number, event: EventJoins): void {
    const rule = ruleOf(path) ?? null;
    const join = { seq, origin, isClaim: isClaim === 1, rule: REACH_RULES.indexOf(rule) };
    const places = rule === 'SERIAL' ? event.bySerial : rule === 'NDC' ? event.byDrug : undefined;
    if (!places || rule === null) {
      event.whole.push(join);
      return;
    }
    for (const key of this.keysShared(seq, rule, eventSeq)) {
      places.set(key, [...(places.get(key) ?? []), join]);
    }
  }

  private keysShared(record: number, rule: MatchRule, event: number): string[] {
    return this.shared.all(record, KEY_KINDS.indexOf(rule), event).map(([key]) => key);
  }
}
