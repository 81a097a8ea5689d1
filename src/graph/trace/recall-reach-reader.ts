import type { DatabaseSync } from 'node:sqlite';
import type { Moment } from '../containment/containment-reader.js';
import { Select } from '../select.js';
import { PatientReader } from './recall-patient.js';
import { REACH_RULES, type ReachedPage, type RecallReach } from './recall-reach.js';
import { tallyReach } from './recall-reach-tally.js';
import { ReachWalk } from './recall-reach-walk.js';
import { RecallSubjects } from './recall-subject.js';
import { listStates, momentOf } from './recall-unit.js';
import type { RecallGap, RecallRequest } from './recall.js';

/**
 * Answers what the dispensed units of a recall have reached; each answer inside one read transaction of the caller's. Of an
 * earlier ledger position: see ReachWalk.
 */
export class RecallReachReader {
  private readonly subjects: RecallSubjects;
  private readonly patients: PatientReader;
  private readonly unreadable: Select<[1]>;

  constructor(private readonly database: DatabaseSync) {
    this.subjects = new RecallSubjects(database);
    this.patients = new PatientReader(database);
    this.unreadable = new Select(
      database,
      `SELECT 1 FROM record r INDEXED BY record_unreadable JOIN kind k ON k.id = r.kind
       WHERE r.state <> 0 AND r.seq < ? AND k.class IN ('epcis.event', 'fhir.resource') LIMIT 1`,
    );
  }

  /**
   * The dispensings, claims and patients, in numbers.
   *
   * @param cursor the next ledger position to be indexed
   * @throws AppError QUERY_TOO_COMPLEX
   */
  reach(request: RecallRequest, cursor: number): RecallReach {
    const moment = momentOf(request, cursor);
    const { walk, products, areWhole } = this.walk(request, moment);
    return {
      ...tallyReach(walk.reached.values(), (seq) => this.patients.patientOf(seq)),
      products,
      ...this.gapOf(areWhole && walk.isComplete, moment.knownAt),
      knownAt: moment.knownAt,
    };
  }

  /**
   * The records of that, in ledger order.
   *
   * @param after ledger position
   * @throws AppError QUERY_TOO_COMPLEX
   */
  records(
    request: RecallRequest,
    { first, after = -1 }: { first: number; after?: number },
    cursor: number,
  ): ReachedPage {
    const { walk } = this.walk(request, momentOf(request, cursor));
    const records = [...walk.reached.values()]
      .filter(({ seq }) => seq > after)
      .sort((a, b) => a.seq - b.seq)
      .map(({ seq, rule }) => ({ seq, rule: REACH_RULES[rule] ?? null }));
    return { records: records.slice(0, first), hasNext: records.length > first };
  }

  private walk(request: RecallRequest, moment: Required<Moment>) {
    const units = this.subjects.unitsOf(request, moment);
    const walk = new ReachWalk(this.database, moment);
    const products = new Set<number>();
    let areWhole = true;
    let place = 0;
    for (const state of listStates(this.database, units, moment)) {
      const product = units.gtinAt(place++);
      products.add(product);
      areWhole &&= state.isComplete;
      walk.add(state, product);
    }
    walk.follow();
    return { walk, products: products.size, areWhole };
  }

  private gapOf(isAll: boolean, knownAt: number): { gap?: RecallGap } {
    if (!isAll) return { gap: 'MAX_NODES' };
    return this.unreadable.get(knownAt) ? { gap: 'MISSING_BLOCK' } : {};
  }
}
