import type { DatabaseSync } from 'node:sqlite';
import type { Moment } from '../containment/containment-reader.js';
import { Select } from '../select.js';
import type { UnitState } from './recall-history.js';
import { DispensingJoins, type Join } from './recall-join.js';
import { REACH_RULES } from './recall-reach.js';
import { DERIVED_RECORD, IS_CLAIM, KNOWN } from './recall-reach-sql.js';

/** Dispensings that are followed for one answer, one for each unit and event: some seconds' work. */
const FOLLOWED_MAX = 500_000;
/** Records that are told apart in one answer. */
const REACHED_MAX = 100_000;

interface ReachBounds {
  followedMax: number;
  reachedMax: number;
}

/**
 * From dispensed units to their dispensing events, the records these are joined with, and the claims made of those. Joins carry
 * no history: they are as all that is known now says, and of an earlier position only what records were known then.
 */
export class ReachWalk {
  /** By the first version of each; a record is found by the strongest of its rules. */
  readonly reached = new Map<number, Join>();
  isComplete = true;
  private readonly joins: DispensingJoins;
  private readonly derived: Select<[seq: number, origin: number]>;
  private followed = 0;

  constructor(
    database: DatabaseSync,
    private readonly moment: Required<Moment>,
    private readonly bounds: ReachBounds = { followedMax: FOLLOWED_MAX, reachedMax: REACHED_MAX },
  ) {
    this.joins = new DispensingJoins(database, moment);
    this.derived = new Select(
      database,
      `SELECT r.seq, r.origin FROM (
         SELECT ? AS seq
         UNION ALL
         SELECT v.seq FROM record v INDEXED BY record_revision
         WHERE v.origin = ? AND v.origin <> v.seq
       ) v CROSS JOIN edge e INDEXED BY edge_back ON e.dst = v.seq ${DERIVED_RECORD}
       WHERE ${IS_CLAIM} AND ${KNOWN}`,
    );
  }

  /** @param product id of the term of the unit's class */
  add({ unit, dispensings = [] }: UnitState, product: number): void {
    for (const dispensing of dispensings) {
      if (++this.followed > this.bounds.followedMax) {
        this.isComplete = false;
        return;
      }
      for (const join of this.joins.of(unit, product, dispensing)) this.put(join);
    }
  }

  /** The claims made of what was found; once, after all units. */
  follow(): void {
    const found = [...this.reached.values()];
    for (let rule = 0; rule < REACH_RULES.length; rule++) {
      const open = found.filter((join) => join.rule === rule).map(({ origin }) => origin);
      for (let origin = open.pop(); origin !== undefined; origin = open.pop()) {
        for (const [seq, other] of this.claimsOf(origin)) {
          if (this.put({ seq, origin: other, isClaim: true, rule })) open.push(other);
        }
      }
    }
  }

  /** What is derived from any version of a record. */
  private claimsOf(origin: number): [seq: number, origin: number][] {
    const { asOf, knownAt } = this.moment;
    return this.derived.all(origin, origin, asOf, knownAt, knownAt);
  }

  /** @returns whether that says more than was known */
  private put(join: Join): boolean {
    const known = this.reached.get(join.origin);
    if (known && known.rule <= join.rule) return false;
    if (!known && this.reached.size >= this.bounds.reachedMax) {
      this.isComplete = false;
      return false;
    }
    this.reached.set(join.origin, known ? { ...known, rule: join.rule } : join);
    return true;
  }
}
