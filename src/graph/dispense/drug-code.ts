import type { DatabaseSync } from 'node:sqlite';
import { ndc11sOf, ndc11sOfGtin } from '../../record/gs1/ndc11.js';
import { Select } from '../select.js';

/** The codes of drugs that products have: as their master data say, else as a GTIN may be read. */
export class DrugCodes {
  private readonly told: Select<[ndc: string | null]>;
  private readonly gtin: Select<[text: string]>;

  constructor(database: DatabaseSync) {
    this.told = new Select(database, 'SELECT ndc FROM product WHERE id = ?');
    this.gtin = new Select(database, 'SELECT text FROM term WHERE id = ?');
  }

  /** NDCs of eleven digits. @param product id of the term of its GTIN */
  of(product: number): string[] {
    const told = ndc11sOf(this.told.get(product)?.[0] ?? '');
    if (told.length > 0) return told;
    return ndc11sOfGtin(this.gtin.get(product)?.[0].slice(-14) ?? '');
  }
}
