import type { DatabaseSync } from 'node:sqlite';
import { ConflictTable } from './conflict-table.js';
import type { Space } from './containment-schema.js';
import type { ContainmentStore } from './containment-store.js';
import { IntervalTable } from './interval-table.js';
import { MovementTable } from './movement-table.js';
import { WalkTable } from './walk-table.js';

/**
 * Containment in tables of the index (`formatContainmentSchema`). Begins and ends no transaction: it lives in the
 * caller's, and after a rollback nothing of it needs to be forgotten.
 */
export class SqliteContainmentStore implements ContainmentStore {
  readonly movements: MovementTable;
  readonly walks: WalkTable;
  readonly intervals: IntervalTable;
  readonly conflicts: ConflictTable;

  constructor(database: DatabaseSync, space: Space) {
    this.movements = new MovementTable(database, space);
    this.walks = new WalkTable(database, space);
    this.intervals = new IntervalTable(database, space);
    this.conflicts = new ConflictTable(database, space);
  }
}
