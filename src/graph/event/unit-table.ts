import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EventFacts } from '../../record/epcis/fact/event-fact.js';
import { classOfInstance, lotInLink } from '../../record/gs1/class.js';
import { BulkInsert } from '../bulk-insert.js';
import type { Position } from '../containment/position.js';
import type { Terms } from './event-mention.js';

/** Instances as they come into being: commissioned, or out of a transformation. */
export class UnitTable {
  private readonly insert: BulkInsert;
  private rows: SQLInputValue[] = [];

  constructor(
    database: DatabaseSync,
    private readonly terms: Terms,
  ) {
    this.insert = new BulkInsert(database, 'unit', 6);
  }

  add(type: string, facts: EventFacts, { seq, time }: Position): void {
    for (const epc of bornIn(type, facts)) {
      const gtin = classOfInstance(epc);
      const lot = facts.lot ?? lotInLink(epc);
      const classId = gtin === undefined ? null : this.terms.idOf(gtin);
      this.rows.push(
        ...[this.terms.idOf(epc), seq, time, classId],
        ...[lot === undefined ? null : this.terms.idOf(lot), facts.expiry ?? null],
      );
    }
  }

  flush(): void {
    this.insert.run(this.rows);
    this.clear();
  }

  /** After a rollback. */
  clear(): void {
    this.rows = [];
  }
}

function bornIn(type: string, { action, epcs = [], outputs = [] }: EventFacts): readonly string[] {
  if (type === 'TransformationEvent') return outputs;
  return type === 'ObjectEvent' && action === 'ADD' ? epcs : [];
}
