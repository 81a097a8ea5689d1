import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { parseDetail } from '../event/event-detail.js';
import { ACTIONS } from '../event/event-store.js';
import { TermReader } from '../term.js';
import type { TraceEvent } from './trace-event.js';

/** An event as it is stored, whether it counts or not. */
export type StoredEvent = TraceEvent & {
  /** Position of what voids it, as far as that is known. */
  voidedAt?: number;
  /** It declares another to be an error. */
  isDeclaration: boolean;
  /** Its author had captured an event of the same eventID before. */
  isRepeat: boolean;
};

type EventRow = [
  ...[seq: number, time: number, recordTime: number, at: number, type: number],
  ...[action: number | null, step: number | null, disposition: number | null],
  ...[readPoint: number | null, bizLocation: number | null, parent: number | null],
  ...[event: number | null, voided: number | null, voids: number, detail: string | null],
];

/** What `event.voids` says of an event that counts for nothing. */
const DECLARES = 1;
const REPEATS = 2;

/**
 * How much detail may be read for one answer: an event has from nothing to a hundred sensor reports and thousands of
 * transactions, and the heap of a thread is small.
 */
export class DetailBudget {
  constructor(private characters: number) {}

  get isSpent(): boolean {
    return this.characters <= 0;
  }

  spend(detail: string | null): void {
    this.characters -= detail?.length ?? 0;
  }
}

/** Events by ledger position. */
export class TraceEventReader {
  private readonly bySeq: StatementSync;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    this.bySeq = database.prepare(
      `SELECT e.seq, e.time, e.record, e.at, e.type, e.action, e.step, e.disposition, e.read_point,
              e.biz_location, e.parent, e.event, e.voided, e.voids, e.detail
       FROM json_each(?) j CROSS JOIN event e ON e.seq = j.value`,
      { returnArrays: true },
    );
    this.terms = new TermReader(database);
  }

  /**
   * The events at these positions, without positions that hold none. Events that count for nothing are among them: see
   * `counts`.
   *
   * @param knownAt number of ledger entries known: events behind are left out, what voids them there is not told
   * @param budget when it is spent, the rest of the events is left out; one at least is read
   */
  events(
    seqs: readonly number[],
    knownAt = Infinity,
    budget?: DetailBudget,
  ): Map<number, StoredEvent> {
    const found = new Map<number, StoredEvent>();
    for (const event of this.each(seqs, knownAt, budget)) found.set(event.seq, event);
    return found;
  }

  /** The same one after the other, in the order of the positions given; they are never all in memory at once. */
  *each(
    seqs: readonly number[],
    knownAt = Infinity,
    budget?: DetailBudget,
  ): Generator<StoredEvent> {
    if (seqs.length === 0) return;
    for (const row of this.bySeq.iterate(JSON.stringify(seqs))) {
      const event = row as unknown as EventRow;
      if (event[0] >= knownAt) continue;
      yield this.decode(event, knownAt);
      budget?.spend(event[14]);
      if (budget?.isSpent) return;
    }
  }

  private decode(row: EventRow, knownAt: number): StoredEvent {
    const [seq, time, recordTime, at, type, action, step, disposition, ...rest] = row;
    const [readPoint, bizLocation, parent, event, voided, voids, detail] = rest;
    return {
      seq,
      time,
      recordTime,
      at,
      type: this.terms.textOf(type),
      action: action === null ? undefined : ACTIONS[action],
      bizStep: this.textOf(step),
      disposition: this.textOf(disposition),
      readPoint: this.textOf(readPoint),
      bizLocation: this.textOf(bizLocation),
      parent: this.textOf(parent),
      eventId: this.textOf(event),
      ...parseDetail(detail),
      voidedAt: voided !== null && voided < knownAt ? voided : undefined,
      isDeclaration: voids === DECLARES,
      isRepeat: voids === REPEATS,
    };
  }

  private textOf(id: number | null): string | undefined {
    return id === null ? undefined : this.terms.textOf(id);
  }
}

/** Whether it is part of histories. */
export function counts({ voidedAt, isDeclaration, isRepeat }: StoredEvent): boolean {
  return voidedAt === undefined && !isDeclaration && !isRepeat;
}
