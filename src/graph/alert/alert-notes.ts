import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Select } from '../select.js';
import { DirtyTable } from './dirty-table.js';
import { ErrandTable } from './errand-table.js';

/** What a run of entries has changed, ids of terms. */
export interface AlertChange {
  /** Items named by the events of the run, or by events that count no longer, with the earliest event time among these. */
  items: ReadonlyMap<number, number>;
  /** Items whose containers or associations are others now. */
  moved: ReadonlySet<number>;
  /** Places and products of which there is master data in the run. */
  places?: Iterable<number>;
  products?: Iterable<number>;
}

/**
 * Notes what alerts have to be worked out again, in the transaction of the change itself, after its rows: what is
 * noted is never lost. Cheap: the work is AlertWriter's.
 */
export class AlertNotes {
  private readonly dirty: DirtyTable;
  private readonly errands: ErrandTable;
  private readonly placeSays: Select<[said: string | null]>;
  private readonly productSays: Select<[said: string | null]>;
  private readonly seen: Select<[said: string]>;
  private readonly see: StatementSync;
  private readonly within: Select<[id: number]>;
  private readonly cursor: Select<[cursor: number]>;

  constructor(database: DatabaseSync) {
    this.dirty = new DirtyTable(database);
    this.errands = new ErrandTable(database, this.dirty);
    this.placeSays = new Select(
      database,
      'SELECT json_array(latitude, longitude) FROM place WHERE id = ?',
    );
    this.productSays = new Select(
      database,
      'SELECT json_array(min, max) FROM product WHERE id = ?',
    );
    this.seen = new Select(database, 'SELECT said FROM master_seen WHERE id = ?');
    this.see = database.prepare('INSERT OR REPLACE INTO master_seen VALUES (?, ?)');
    this.cursor = new Select(database, 'SELECT cursor FROM meta');
    this.within = new Select(
      database,
      `SELECT t.id FROM term p JOIN term t
         ON t.text = p.text OR (t.text > p.text || '/254/' AND t.text < p.text || '/2540')
       WHERE p.id = ?`,
    );
  }

  note({ items, moved, places = [], products = [] }: AlertChange): void {
    this.dirty.addSince(items);
    this.dirty.add([...moved], 'CHANGED');
    for (const id of products) {
      if (this.isNews(id, this.productSays)) this.errands.begin(id, 'PRODUCT');
    }
    // whatever this transaction has applied is dirty already
    const [committed] = this.cursor.get()!;
    for (const id of places) {
      if (!this.isNews(id, this.placeSays) || committed === 0) continue;
      // a room without a point of its own is where its site is
      for (const [place] of this.within.all(id)) this.errands.begin(place, 'PLACE', committed);
    }
  }

  /** The same master data comes again with every document. */
  private isNews(id: number, says: Select<[said: string | null]>): boolean {
    const said = says.get(id)?.[0] ?? '[null,null]';
    if ((this.seen.get(id)?.[0] ?? '[null,null]') === said) return false;
    this.see.run(id, said);
    return true;
  }
}
