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

  /**
   * What a container holds is summed up once, for all the lots.
   *
   * @param epcClasses lots of GTINs, canonical
   * @throws AppError QUERY_TOO_COMPLEX
   */
  ofLots(epcClasses: Iterable<string>, moment: Moment): LotQuantities {
    const { asOf, knownAt = Number.MAX_SAFE_INTEGER } = moment;
    const bounds = [asOf, knownAt, knownAt] as const;
    const lots = new Set<number>();
    const holders = new Set<number>();
    let events = 0;
    for (const epcClass of epcClasses) {
      const lot = this.term.get(epcClass)?.[0];
      if (lot === undefined) continue;
      lots.add(lot);
      events += this.naming.get(lot, ...bounds)![0];
      if (holders.size > CONTAINERS_MAX) continue;
      for (const [holder] of this.holders.all(lot, ...bounds)) holders.add(holder);
    }
    const packed = [...holders]
      .slice(0, CONTAINERS_MAX)
      .flatMap((holder) => this.packedIn(holder, moment, lots));
    return { packed: packed.sort(byText), events, isComplete: holders.size <= CONTAINERS_MAX };
  }

  /** What lies in one container, of every lot or of some. @throws AppError QUERY_TOO_COMPLEX */
  packedIn(holder: number, { asOf, knownAt }: Moment, of?: ReadonlySet<number>): RecallQuantity[] {
    const container = this.terms.textOf(holder);
    return this.balances
      .balanceAt(holder, asOf, knownAt)
      .filter(({ lot, amount, isExact }) => {
        return (!of || of.has(lot)) && (amount !== 0 || !isExact);
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

/** Not by ids, which another index of the same log may have given otherwise. */
function byText(a: RecallQuantity, b: RecallQuantity): number {
  const [one, other] = [a, b].map(({ epcClass, container, uom }) =>
    [epcClass, container, uom].join(' '),
  );
  return one! < other! ? -1 : Number(one! > other!);
}
