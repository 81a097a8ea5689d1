import { FactColumns, type FactRows, type FedTable } from '../graph/fact/fact-columns.js';

/** Columns that hold ids of terms, and (`meant`) those that hold the position of a record or minus the id of a term. */
const TERM_COLUMNS: Partial<Record<FedTable, { terms: number[]; meant?: number[] }>> = {
  record: { terms: [4] },
  event: { terms: [4, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 21] },
  event_item: { terms: [1] },
  quantity: { terms: [1, 4] },
  unit: { terms: [3, 4] },
  sensor: { terms: [5, 6, 7, 8] },
  containment: { terms: [0, 1] },
  claim: { terms: [3, 9], meant: [6, 7, 8, 23] },
  line: { terms: [6, 7], meant: [3, 4, 5, 10] },
  encounter: { terms: [4, 5], meant: [2, 3] },
  dispense: { terms: [2, 3], meant: [1] },
  party: { terms: [2] },
  conflict: { terms: [1, 3, 4] },
  alert: { terms: [2, 3] },
  place: { terms: [0] },
  product: { terms: [0] },
};

/** Which terms the facts have already: a bit each. */
export class TermBook {
  private bits = new Uint8Array(1024);

  /** The terms these rows name that have not been named before, with their texts; they are known from then on. */
  newIn(rows: FactRows, textOf: (id: number) => string): FactColumns {
    const found = new FactColumns(2);
    const add = (id: number) => {
      if (id > 0 && this.note(id)) found.add([id, textOf(id)]);
    };
    for (const [table, { columns }] of rows.tables) {
      const { terms = [], meant = [] } = TERM_COLUMNS[table] ?? {};
      for (const i of terms) for (const id of columns[i]!) if (id !== null) add(id as number);
      for (const i of meant) for (const id of columns[i]!) if (id !== null) add(-(id as number));
    }
    return found;
  }

  /** @returns whether it is new */
  note(id: number): boolean {
    const place = id >> 3;
    if (place >= this.bits.length) this.grow(place);
    const bit = 1 << (id & 7);
    if (this.bits[place]! & bit) return false;
    this.bits[place]! |= bit;
    return true;
  }

  private grow(place: number): void {
    const larger = new Uint8Array(Math.max(this.bits.length * 2, place + 1));
    larger.set(this.bits);
    this.bits = larger;
  }
}
