export type Cell = number | string | boolean | null;

/** Tables that are fed row by row, and how many columns each has. */
export const FED_TABLES = {
  term: 2,
  record: 8,
  event: 22,
  event_item: 7,
  quantity: 6,
  unit: 6,
  sensor: 14,
  containment: 8,
  claim: 25,
  line: 18,
  encounter: 9,
  patient: 4,
  dispense: 7,
  party: 3,
  kind: 3,
  conflict: 5,
  alert: 7,
  place: 4,
  product: 5,
} as const;

export type FedTable = keyof typeof FED_TABLES;

/** Rows of one table, column by column: a columnar store takes them as they are. */
export class FactColumns {
  readonly columns: Cell[][];

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => []);
  }

  get size(): number {
    return this.columns[0]!.length;
  }

  add(row: readonly Cell[]): void {
    for (let i = 0; i < row.length; i++) this.columns[i]!.push(row[i]!);
  }
}

/** Rows by table; tables without any are absent. */
export class FactRows {
  readonly tables = new Map<FedTable, FactColumns>();
  /** Rows of all tables. */
  size = 0;

  add(table: FedTable, row: readonly Cell[]): void {
    let columns = this.tables.get(table);
    if (!columns) this.tables.set(table, (columns = new FactColumns(FED_TABLES[table])));
    columns.add(row);
    this.size++;
  }
}
