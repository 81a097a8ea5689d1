import type { DatabaseSync } from 'node:sqlite';
import { classOfInstance } from '../../record/gs1/class.js';
import { Select } from '../select.js';
import type { StorageRange } from './storage-range.js';

/** Master data of a trade item. */
export interface Product {
  name?: string;
  /** National Drug Code as captured. */
  ndc?: string;
  storage?: StorageRange;
}

type ProductRow = [
  ...[name: string | null, min: number | null, max: number | null, ndc: string | null],
];

/** Products by the class their instances are of. */
export class ProductReader {
  private readonly byText: Select<ProductRow>;

  constructor(database: DatabaseSync) {
    this.byText = new Select(
      database,
      `SELECT p.name, p.min, p.max, p.ndc FROM term t JOIN product p ON p.id = t.id
       WHERE t.text = ?`,
    );
  }

  /** @param epc canonical; of an instance or a class */
  productOf(epc: string): Product | undefined {
    const row = this.byText.get(classOfInstance(epc) ?? epc);
    if (!row) return undefined;
    const [name, min, max, ndc] = row;
    const storage = { ...(min !== null && { min }), ...(max !== null && { max }) };
    return {
      ...(name !== null && { name }),
      ...(ndc !== null && { ndc }),
      ...(min !== null || max !== null ? { storage } : {}),
    };
  }
}
