import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

const ROWS_AT_ONCE = 32;

/** Inserts many narrow rows with few calls into SQLite; a row whose key is there already is left alone. */
export class BulkInsert {
  private readonly one: StatementSync;
  private readonly many: StatementSync;

  constructor(
    database: DatabaseSync,
    table: string,
    private readonly width: number,
  ) {
    const row = `(${Array(width).fill('?').join(', ')})`;
    const rows = Array(ROWS_AT_ONCE).fill(row).join(', ');
    this.one = database.prepare(`INSERT OR IGNORE INTO ${table} VALUES ${row}`);
    this.many = database.prepare(`INSERT OR IGNORE INTO ${table} VALUES ${rows}`);
  }

  /**
   * @param values the rows' values one after the other
   * @returns how many rows were new
   */
  run(values: SQLInputValue[]): number {
    const step = this.width * ROWS_AT_ONCE;
    let added = 0;
    let i = 0;
    for (; i + step <= values.length; i += step) {
      added += Number(this.many.run(...values.slice(i, i + step)).changes);
    }
    for (; i < values.length; i += this.width) {
      added += Number(this.one.run(...values.slice(i, i + this.width)).changes);
    }
    return added;
  }
}
