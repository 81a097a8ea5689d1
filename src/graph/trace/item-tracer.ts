import type { DatabaseSync } from 'node:sqlite';
import type { ConflictKind } from '../containment/conflict.js';
import { ContainmentReader, type Moment } from '../containment/containment-reader.js';
import type { ParentCursor } from '../containment/containment-store.js';
import type { Interval } from '../containment/interval.js';
import { cursorAt } from '../containment/parent-scan.js';
import { QuantityTable } from '../containment/quantity-table.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { custodyOf, type Custody } from './custody.js';
import { ItemReader, type ItemHistory } from './item-reader.js';
import { stateOf, type ItemState } from './item-state.js';
import { PlaceReader, type Place } from './place-reader.js';
import { ProductReader, type Product } from './product-reader.js';
import { summarizeSensors, type SensorSummary } from './sensor-summary.js';
import { TraceEventReader } from './trace-event-reader.js';

/** An event that does not fit what is known of where the item was. */
export interface ItemConflict {
  kind: ConflictKind;
  seq: number;
  /** The container the event names. */
  container?: string;
  /** The one the item was in. */
  other?: string;
}

/** What is left in a container of a class or lot packed without serial numbers. */
export interface ItemQuantity {
  epcClass: string;
  amount: number;
  /** UN/CEFACT Recommendation 20 code; absent for pieces. */
  uom?: string;
  /** False when an event named no amount. */
  isExact: boolean;
}

/** All that is known of an item at a moment, but for what is in it. */
export interface ItemTrace {
  history: ItemHistory;
  state: ItemState;
  custody: Custody;
  sensors: SensorSummary[];
  conflicts: ItemConflict[];
  quantities: ItemQuantity[];
  product?: Product;
  /** Master data of the places and parties that the state names. */
  places: Place[];
  /** Some events could not be opened when they were indexed: they may name it. */
  hasUnreadable: boolean;
  /** Number of ledger entries the answer knows. */
  cursor: number;
}

export interface ItemChild {
  epc: string;
  /** Event time of the packing, ms, and its event. */
  since: number;
  seq: number;
  /** Where to go on behind it. */
  cursor: ParentCursor;
}

export interface ItemChildPage {
  children: ItemChild[];
  /** Absent at the end. A page may be short, even empty, and yet not the last. */
  next?: ParentCursor;
}

const CONFLICTS_MAX = 1_000;

/** Answers the question `item(epc)`. */
export class ItemTracer {
  private readonly items: ItemReader;
  private readonly events: TraceEventReader;
  private readonly places: PlaceReader;
  private readonly products: ProductReader;
  private readonly packing: ContainmentReader;
  private readonly quantities: QuantityTable;
  private readonly unreadable: Select<[seq: number]>;
  private readonly cursor: Select<[cursor: number]>;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    this.items = new ItemReader(database);
    this.events = new TraceEventReader(database);
    this.places = new PlaceReader(database);
    this.products = new ProductReader(database);
    this.packing = new ContainmentReader(new SqliteContainmentStore(database, 'packing'));
    this.quantities = new QuantityTable(database);
    this.unreadable = new Select(
      database,
      `SELECT r.seq FROM record r INDEXED BY record_unreadable CROSS JOIN kind k ON k.id = r.kind
       WHERE r.state <> 0 AND k.class = 'epcis.event' AND r.seq < ? LIMIT 1`,
    );
    this.cursor = new Select(database, 'SELECT cursor FROM meta');
    this.terms = new TermReader(database);
  }

  /**
   * @returns undefined when nothing is known of it at that moment
   * @throws AppError QUERY_TOO_COMPLEX
   */
  trace(epc: string, moment: Moment, entriesMax?: number): ItemTrace | undefined {
    const item = this.items.itemOf(epc);
    if (item === undefined) return undefined;
    const history = this.items.history(epc, moment, entriesMax);
    if (history.entries.length === 0 && history.isComplete) return undefined;
    const state = stateOf(history.entries);
    const product = this.products.productOf(history.epc);
    const { knownAt = Number.MAX_SAFE_INTEGER } = moment;
    return {
      history,
      state,
      custody: custodyOf(history.entries, moment.asOf),
      sensors: summarizeSensors(history.entries, product?.storage),
      conflicts: this.conflictsOf(item, moment),
      quantities: this.quantitiesIn(item, moment),
      product,
      places: this.placesOf(state),
      hasUnreadable: this.unreadable.get(knownAt) !== undefined,
      cursor: Math.min(this.cursor.get()![0], knownAt),
    };
  }

  /**
   * What is in the item at that moment: a page costs no more for all that is in it, or was.
   *
   * @param first from 1 to 10,000
   * @throws AppError BAD_USER_INPUT (first), QUERY_TOO_COMPLEX (with knownAt)
   */
  children(epc: string, moment: Moment, first: number, after?: ParentCursor): ItemChildPage {
    const item = this.items.itemOf(epc);
    if (item === undefined) return { children: [] };
    const { intervals, next } = this.packing.childrenAt(item, moment, first, after);
    return { children: intervals.map((interval) => this.childOf(interval)), next };
  }

  private childOf(interval: Interval): ItemChild {
    const { child, from } = interval;
    return {
      epc: this.terms.textOf(child),
      since: from.time,
      seq: from.seq,
      cursor: cursorAt(interval),
    };
  }

  private conflictsOf(item: number, { asOf, knownAt }: Moment): ItemConflict[] {
    const found = this.packing.conflictsOf(item, CONFLICTS_MAX, 0, knownAt);
    const events = this.events.events([...new Set(found.map(({ seq }) => seq))]);
    return found
      .filter(({ seq }) => events.get(seq)!.time <= asOf)
      .map(({ kind, seq, parent, other }) => ({
        kind,
        seq,
        ...(parent !== undefined && { container: this.terms.textOf(parent) }),
        ...(other !== undefined && { other: this.terms.textOf(other) }),
      }));
  }

  private quantitiesIn(item: number, { asOf, knownAt }: Moment): ItemQuantity[] {
    return this.quantities.balanceAt(item, asOf, knownAt).map(({ lot, unit, amount, isExact }) => ({
      epcClass: this.terms.textOf(lot),
      amount,
      ...(unit !== undefined && { uom: this.terms.textOf(unit) }),
      isExact,
    }));
  }

  private placesOf({ readPoint, bizLocation, site, custodian, owner }: ItemState): Place[] {
    const named = new Set([readPoint, bizLocation, site, custodian, owner]);
    return [...named].flatMap((id) => {
      const place = id === undefined ? undefined : this.places.place(id);
      return place ? [place] : [];
    });
  }
}
