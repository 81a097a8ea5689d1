import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NewVersion } from '../change.js';
import type { Terms } from './event-mention.js';

/** What a run of master data changed, as ids of terms. */
export interface MasterNotes {
  places: Set<number>;
  products: Set<number>;
}

/** The newest master data of places and products; written inside the caller's transaction. */
export class MasterStore {
  private readonly putPlace: StatementSync;
  private readonly putProduct: StatementSync;
  private readonly dropChildren: StatementSync;
  private readonly putChild: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly terms: Terms,
  ) {
    this.putPlace = database.prepare('INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?)');
    this.putProduct = database.prepare('INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?, ?, ?)');
    this.dropChildren = database.prepare('DELETE FROM place_child WHERE parent = ?');
    this.putChild = database.prepare('INSERT OR IGNORE INTO place_child VALUES (?, ?)');
  }

  write(versions: readonly NewVersion[]): MasterNotes {
    const notes: MasterNotes = { places: new Set(), products: new Set() };
    for (const { row, extract, until } of versions) {
      const facts = extract?.master;
      if (row.class !== 'master.data' || !facts) continue;
      // a claim to a version there is already never counts
      if (until === row.seq) continue;
      const id = this.terms.idOf(facts.id);
      const { name = null, latitude = null, longitude = null, ndc = null } = facts;
      if (facts.vocabulary === 'EPCClass') {
        const { storageMin = null, storageMax = null } = facts;
        this.putProduct.run(id, row.seq, name, storageMin, storageMax, ndc);
        notes.products.add(id);
        continue;
      }
      this.putPlace.run(id, row.seq, name, latitude, longitude);
      this.dropChildren.run(id);
      for (const child of facts.children ?? []) this.putChild.run(id, this.terms.idOf(child));
      notes.places.add(id);
    }
    return notes;
  }
}
