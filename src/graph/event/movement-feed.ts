import type { DatabaseSync } from 'node:sqlite';
import { Containment } from '../containment/containment.js';
import type { Movement, Voiding } from '../containment/movement.js';
import { QuantityTable } from '../containment/quantity-table.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import { formatMovements, formatQuantityChanges, type MovingEvent } from './event-movement.js';

/** Gathers what a run of events moves, and hands it to containment in one go. */
export class MovementFeed {
  private readonly containments: Record<'packing' | 'association', Containment>;
  private readonly quantities: QuantityTable;
  private packing: (Movement | Voiding)[] = [];
  private association: (Movement | Voiding)[] = [];

  constructor(database: DatabaseSync) {
    this.containments = {
      packing: new Containment(new SqliteContainmentStore(database, 'packing')),
      association: new Containment(new SqliteContainmentStore(database, 'association')),
    };
    this.quantities = new QuantityTable(database);
  }

  add(event: MovingEvent): void {
    const { packing, association } = formatMovements(event);
    if (packing) this.packing.push(packing);
    if (association) this.association.push(association);
    const changes = formatQuantityChanges(event);
    if (changes.length > 0) this.quantities.put(changes);
  }

  /** The event does not count for whoever knows the position `by`. */
  void(seq: number, by: number): void {
    this.packing.push({ seq: by, voids: seq });
    this.association.push({ seq: by, voids: seq });
    this.quantities.void(seq, by);
  }

  /** @returns the items whose containers are others now */
  flush(): Set<number> {
    const { containments, packing, association } = this;
    this.clear();
    const moved = containments.packing.apply(packing);
    for (const item of containments.association.apply(association)) moved.add(item);
    return moved;
  }

  /** After a rollback. */
  clear(): void {
    this.packing = [];
    this.association = [];
  }
}
