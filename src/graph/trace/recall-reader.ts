import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import type { Moment } from '../containment/containment-reader.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { PlaceReader } from './place-reader.js';
import { ItemReader } from './item-reader.js';
import { stateOf } from './item-state.js';
import { UnitHistories, type UnitState } from './recall-history.js';
import { LotClassReader } from './recall-lot.js';
import { LotQuantityReader, type LotQuantities } from './recall-quantity.js';
import { RecallSubjects } from './recall-subject.js';
import { RecallTally } from './recall-tally.js';
import type { UnitList } from './recall-unit-list.js';
import {
  bucketOf,
  type RecallGap,
  type RecallPageRequest,
  type RecallReport,
  type RecallRequest,
  type RecallUnit,
  type RecallUnitPage,
} from './recall.js';

/** Units whose events are read together. */
const AT_ONCE = 500;
/** For an earlier ledger position every event that moved a unit is replayed. */
const REPLAYED_MAX = 20_000;

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
    for (const { state, isComplete } of this.states(units, moment)) {
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
    for (const { unit, state } of this.states(units, moment, units.placeBehind(after))) {
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

  /** In the order of the list, from one place of it on. */
  private *states(units: UnitList, moment: Required<Moment>, from = 0): Generator<UnitState> {
    const histories = new UnitHistories(this.database, moment);
    if (!histories.isNow && units.length > REPLAYED_MAX) throw tooMany();
    for (let i = from; i < units.length; i += AT_ONCE) {
      yield* histories.list(units.slice(i, i + AT_ONCE));
    }
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

/** What is asked for may lie behind what is indexed. */
function momentOf({ asOf, knownAt = Infinity }: RecallRequest, cursor: number): Required<Moment> {
  return { asOf, knownAt: Math.min(knownAt, cursor) };
}

function tooMany(): AppError {
  return new AppError(
    'QUERY_TOO_COMPLEX',
    'there are too many units to tell what was known of them at an earlier position',
    { hint: 'leave out knownAt, or ask for one lot', unitsMax: REPLAYED_MAX },
  );
}
