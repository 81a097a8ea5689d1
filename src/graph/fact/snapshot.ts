import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';
import { FactRows, type FedTable } from './fact-columns.js';

interface Snapshot {
  table: FedTable;
  /** A short row that is another whenever the table is. */
  print: string;
  rows: string;
}

/**
 * Tables that change in place, and are small beside events. Ids of alerts are never given twice, so their number and the
 * newest tell any change; the newest position does for master data, which is only ever replaced by newer.
 */
const SNAPSHOTS: readonly Snapshot[] = [
  {
    table: 'kind',
    print: 'SELECT count(*), max(id) FROM kind',
    rows: 'SELECT id, class, type FROM kind ORDER BY id',
  },
  {
    table: 'alert',
    print: 'SELECT count(*), max(id) FROM alert',
    rows: 'SELECT id, type, item, gtin, first, raised, known FROM alert ORDER BY id',
  },
  {
    table: 'conflict',
    print: `SELECT count(*), total(seq), total(child * 31.0 + kind * 7.0 + coalesce(parent, 0) * 3.0 + coalesce(other, 0))
            FROM packing_conflict`,
    rows: 'SELECT seq, child, kind, parent, other FROM packing_conflict ORDER BY seq, child, kind',
  },
  {
    table: 'place',
    print: 'SELECT count(*), max(seq) FROM place',
    rows: 'SELECT id, name, latitude, longitude FROM place ORDER BY id',
  },
  {
    table: 'product',
    print: 'SELECT count(*), max(seq) FROM product',
    rows: 'SELECT id, name, min, max, ndc FROM product ORDER BY id',
  },
];

/** Hands whole tables over when they have changed. */
export class Snapshots {
  private readonly given = new Map<FedTable, string>();
  private readonly statements: {
    table: FedTable;
    print: Select<(number | string | null)[]>;
    rows: Select<(number | string | null)[]>;
  }[];

  constructor(database: DatabaseSync) {
    this.statements = SNAPSHOTS.map(({ table, print, rows }) => ({
      table,
      print: new Select(database, print),
      rows: new Select(database, rows),
    }));
  }

  changed(): FactRows & { replaced: readonly FedTable[] } {
    const rows = new FactRows();
    const replaced: FedTable[] = [];
    for (const { table, print, rows: all } of this.statements) {
      const now = JSON.stringify(print.get());
      if (this.given.get(table) === now) continue;
      this.given.set(table, now);
      replaced.push(table);
      for (const row of all.all()) rows.add(table, row);
    }
    return Object.assign(rows, { replaced });
  }

  forget(): void {
    this.given.clear();
  }
}
