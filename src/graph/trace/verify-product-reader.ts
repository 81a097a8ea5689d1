import type { DatabaseSync } from 'node:sqlite';
import type { Moment } from '../containment/containment-reader.js';
import { Select } from '../select.js';
import { ItemReader } from './item-reader.js';
import { stateOf } from './item-state.js';
import type { ProductEvidence } from './verify-product.js';

/** As many commissionings of one instance are looked at: the second is one too many already. */
const COMMISSIONINGS_MAX = 100;

type CommissioningRow = [seq: number, lot: string | null, expiry: number | null];

/** Collects what the index knows of one instance. */
export class ProductEvidenceReader {
  private readonly items: ItemReader;
  private readonly commissionings: Select<CommissioningRow>;

  constructor(database: DatabaseSync) {
    this.items = new ItemReader(database);
    this.commissionings = new Select(
      database,
      `SELECT u.seq, t.text, u.expiry FROM unit u CROSS JOIN event e ON e.seq = u.seq
       LEFT JOIN term t ON t.id = u.lot
       WHERE u.item = ? AND e.time <= ? AND e.seq < ? AND (e.voided IS NULL OR e.voided >= ?)
         AND e.voids = 0
       ORDER BY u.seq LIMIT ${COMMISSIONINGS_MAX}`,
    );
  }

  /**
   * @param epc canonical
   * @param cursor the next ledger position to be indexed
   * @throws AppError QUERY_TOO_COMPLEX (with knownAt)
   */
  evidence(epc: string, { asOf, knownAt = Infinity }: Moment, cursor: number): ProductEvidence {
    const known = Math.min(knownAt, cursor);
    const item = this.items.itemOf(epc);
    const rows = item === undefined ? [] : this.commissionings.all(item, asOf, known, known);
    const commissionings = rows.map(([seq, lot, expiry]) => ({
      seq,
      ...(lot !== null && { lot }),
      ...(expiry !== null && { expiry }),
    }));
    const { entries } = this.items.history(epc, { asOf, knownAt: known });
    return { commissionings, state: stateOf(entries), knownAt: known };
  }
}
