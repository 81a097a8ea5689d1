import type { DatabaseSync } from 'node:sqlite';
import type { Moment } from '../containment/containment-reader.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { PlaceReader } from './place-reader.js';
import { ItemReader } from './item-reader.js';
import { stateOf } from './item-state.js';
import { LotClassReader } from './recall-lot.js';
import { LotQuantityReader, type LotQuantities } from './recall-quantity.js';
import { RecallSubjects } from './recall-subject.js';
import { RecallTally } from './recall-tally.js';
import { listStates, momentOf } from './recall-unit.js';
import {
  bucketOf,
  type RecallGap,
  type RecallPageRequest,
  type RecallReport,
  type RecallRequest,
  type RecallUnit,
  type RecallUnitPage,
} from './recall.js';

/** Answers recalls; each inside one read transaction of the caller's, so that the index stands still. */
export class RecallReader {
  private readonly subjects: RecallSubjects;
  private readonly quantities: LotQuantityReader;
  private readonly lots: LotClassReader;
  private readonly items: ItemReader;
  private readonly places: PlaceReader;
  private readonly terms: TermReader;
  private readonly product: Select<[name: string | null]>;
  private readonly unreadable: Select<[1]>;

  constructor(private readonly database: DatabaseSync) {
    this.subjects = new RecallSubjects(database);
    this.quantities = new LotQuantityReader(database);
    this.lots = new LotClassReader(database);
    this.items = new ItemReader(database);
    this.places = new PlaceReader(database);
    this.terms = new TermReader(database);
    this.product = new Select(
      database,
      'SELECT p.name FROM term t JOIN product p ON p.id = t.id WHERE t.text = ?',
    );
    this.unreadable = new Select(
      database,
      `SELECT 1 FROM record r INDEXED BY record_unreadable JOIN kind k ON k.id = r.kind
       WHERE r.state <> 0 AND r.seq < ? AND k.class = 'epcis.event' LIMIT 1`,
    );
  }

  /**
   * Where the units are, in numbers.
   *
   * @param cursor the next ledger position to be indexed
   * @throws AppError QUERY_TOO_COMPLEX
   */
  report(request: RecallRequest, cursor: number): RecallReport {
    const moment = momentOf(request, cursor);
    const units = this.subjects.unitsOf(request, moment);
    const tally = new RecallTally();
    let areWhole = true;
    let place = 0;
    for (const { state, isComplete } of listStates(this.database, units, moment)) {
      tally.add(state, this.terms.textOf(units.gtinAt(place++)));
      areWhole &&= isComplete;
    }
    const groups = tally.groups(
      (id) => this.places.place(id)?.name,
      (id) => this.product.get(id)?.[0] ?? undefined,
    );
    const { packed, events, isComplete } = this.quantitiesOf(request, moment);
    return {
      counts: tally.counts,
      recalled: tally.recalled,
      ...groups,
      quantities: packed,
      quantityEvents: events,
      ...this.gapOf(areWhole && isComplete && tally.areAllListed, moment.knownAt),
      knownAt: moment.knownAt,
    };
  }

  /**
   * The units of one bucket, or all, in an order that stays the same while the index does.
   *
   * @throws AppError QUERY_TOO_COMPLEX
   */
  units(
    request: RecallRequest,
    { bucket, first, after = -1 }: RecallPageRequest,
    cursor: number,
  ): RecallUnitPage {
    const moment = momentOf(request, cursor);
    const units = this.subjects.unitsOf(request, moment);
    const found: number[] = [];
    for (const { unit, state } of listStates(
      this.database,
      units,
      moment,
      units.placeBehind(after),
    )) {
      if (bucket !== undefined && bucketOf(state.status) !== bucket) continue;
      found.push(unit);
      if (found.length > first) break;
    }
    const page = found.slice(0, first);
    const end = page.at(-1);
    return {
      units: page.map((item) => this.describe(item, moment)),
      hasNext: found.length > first,
      ...(end !== undefined && { end }),
    };
  }

  private describe(item: number, moment: Required<Moment>): RecallUnit {
    const epc = this.terms.textOf(item);
    const { entries, isComplete } = this.items.history(epc, moment);
    const state = stateOf(entries);
    return { item, epc, bucket: bucketOf(state.status), state, isComplete };
  }

  /** Of the lots the question or the item names; of a container, what lies in it. */
  private quantitiesOf({ lot, gtin, item }: RecallRequest, moment: Moment): LotQuantities {
    const id = item === undefined ? undefined : this.subjects.idOf(item);
    const packed = id === undefined ? [] : this.quantities.packedIn(id, moment);
    const asked =
      item === undefined
        ? [this.lots.find(lot, gtin)]
        : this.lotsOf(id, moment).map((one) => this.lots.find(one.lot, one.gtin));
    const classes = new Set(asked.flatMap((found) => found.classes));
    const found = this.quantities.ofLots(classes, moment);
    return {
      packed: [...packed, ...found.packed],
      events: found.events,
      isComplete: asked.every(isWhole) && found.isComplete,
    };
  }

  private lotsOf(item: number | undefined, moment: Moment): { gtin: string; lot: string }[] {
    if (item === undefined) return [];
    return this.subjects
      .lotsOf(item, moment)
      .flatMap(([gtin, lot]) =>
        lot === null ? [] : [{ gtin: this.terms.textOf(gtin), lot: this.terms.textOf(lot) }],
      );
  }

  private gapOf(isAll: boolean, knownAt: number): { gap?: RecallGap } {
    if (!isAll) return { gap: 'MAX_NODES' };
    return this.unreadable.get(knownAt) ? { gap: 'MISSING_BLOCK' } : {};
  }
}

function isWhole({ isComplete }: { isComplete: boolean }): boolean {
  return isComplete;
}
