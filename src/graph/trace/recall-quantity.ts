import type { DatabaseSync } from 'node:sqlite';
import type { Moment } from '../containment/containment-reader.js';
import { QuantityTable } from '../containment/quantity-table.js';
import { encodeRole } from '../event/mention-role.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import type { RecallQuantity } from './recall.js';

/** Containers whose contents are summed up for one answer. */
const CONTAINERS_MAX = 1_000;

const ROLES = ['QUANTITY', 'CHILD_QUANTITY', 'INPUT_QUANTITY', 'OUTPUT_QUANTITY'] as const;

/** What is known of lots beside their units. */
export interface LotQuantities {
  /** What is left in containers. */
  packed: RecallQuantity[];
  /** Events that name some amount of the lot, in a container or not. */
  events: number;
  isComplete: boolean;
}

/** Amounts of a lot that were captured without serial numbers: no unit can be told from another. */
export class LotQuantityReader {
  private readonly term: Select<[id: number]>;
  private readonly naming: Select<[count: number]>;
  private readonly holders: Select<[parent: number]>;
  private readonly balances: QuantityTable;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    const counted = `e.time <= ? AND e.seq < ? AND (e.voided IS NULL OR e.voided >= ?) AND e.voids = 0`;
    this.term = new Select(database, 'SELECT id FROM term WHERE text = ?');
    this.naming = new Select(
      database,
      `SELECT count(DISTINCT m.seq) FROM mention m CROSS JOIN event e ON e.seq = m.seq
       WHERE m.what = ? AND m.role IN (${ROLES.map(encodeRole).join(', ')}) AND ${counted}`,
    );
    this.holders = new Select(
      database,
      `SELECT DISTINCT e.parent FROM mention m CROSS JOIN event e ON e.seq = m.seq
       WHERE m.what = ? AND m.role = ${encodeRole('CHILD_QUANTITY')} AND e.parent IS NOT NULL
         AND ${counted} ORDER BY e.parent LIMIT ${CONTAINERS_MAX + 1}`,
    );
    this.balances = new QuantityTable(database);
    this.terms = new TermReader(database);
  }

  /** @param epcClass a lot of a GTIN, canonical. @throws AppError QUERY_TOO_COMPLEX */
  ofLot(epcClass: string, moment: Moment): LotQuantities {
    const lot = this.term.get(epcClass)?.[0];
    if (lot === undefined) return { packed: [], events: 0, isComplete: true };
    const { asOf, knownAt = Number.MAX_SAFE_INTEGER } = moment;
    const bounds = [asOf, knownAt, knownAt] as const;
    const holders = this.holders.all(lot, ...bounds).map(([parent]) => parent);
    const packed = holders
      .slice(0, CONTAINERS_MAX)
      .flatMap((holder) => this.packedIn(holder, moment, lot));
    return {
      packed,
      events: this.naming.get(lot, ...bounds)![0],
      isComplete: holders.length <= CONTAINERS_MAX,
    };
  }

  /** What lies in one container, of every lot or of one. @throws AppError QUERY_TOO_COMPLEX */
  packedIn(holder: number, { asOf, knownAt }: Moment, only?: number): RecallQuantity[] {
    const container = this.terms.textOf(holder);
    return this.balances
      .balanceAt(holder, asOf, knownAt)
      .filter(({ lot, amount, isExact }) => {
        return (only === undefined || lot === only) && (amount !== 0 || !isExact);
      })
      .map(({ lot, unit, amount, isExact }) => ({
        epcClass: this.terms.textOf(lot),
        container,
        amount,
        uom: unit === undefined ? null : this.terms.textOf(unit),
        isExact,
      }));
  }
}
