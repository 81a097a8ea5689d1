import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BulkInsert } from '../bulk-insert.js';
import { Select } from '../select.js';
import { EVENT_SIDE } from './dispense-key.js';

/** A key as stored: code of its kind, id of its term, day. */
export type StoredKey = [kind: number, key: number, day: number];
export type KeyRow = [...StoredKey, side: number, seq: number, subject: number | null];
export type Holder = [side: number, seq: number, subject: number | null];

const COLUMNS = 'k.kind, k.key, k.day, k.side, k.seq, k.subject';

/** Who may be matched by what. */
export class KeyTable {
  private readonly add: BulkInsert;
  private readonly remove: StatementSync;
  private readonly bySeq: Select<KeyRow>;
  private readonly withRecords: Select<StoredKey>;
  private readonly events: Select<Holder>;
  private readonly records: Select<Holder>;
  private readonly ofKind: Select<[seq: number]>;

  constructor(database: DatabaseSync) {
    this.add = new BulkInsert(database, 'dispense_key', 6);
    this.remove = database.prepare(
      'DELETE FROM dispense_key WHERE (kind, key, day, side, seq) = (?, ?, ?, ?, ?)',
    );
    this.bySeq = new Select(
      database,
      `SELECT ${COLUMNS} FROM json_each(?) j
       CROSS JOIN dispense_key k INDEXED BY dispense_key_seq ON k.seq = j.value`,
    );
    this.withRecords = new Select(
      database,
      `SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2 FROM json_each(?) j WHERE EXISTS (
         SELECT 1 FROM dispense_key k WHERE k.kind = j.value ->> 0 AND k.key = j.value ->> 1
           AND k.day = j.value ->> 2 AND k.side > ${EVENT_SIDE})`,
    );
    const holders = `SELECT side, seq, subject FROM dispense_key
      WHERE kind = ? AND key = ? AND day = ?`;
    this.events = new Select(
      database,
      `${holders} AND side = ${EVENT_SIDE} AND seq < ? ORDER BY seq LIMIT +?`,
    );
    this.records = new Select(database, `${holders} AND side > ${EVENT_SIDE} AND seq < ? LIMIT +?`);
    this.ofKind = new Select(database, 'SELECT seq FROM dispense_key WHERE kind = ? AND key = ?');
  }

  insert(rows: readonly KeyRow[]): void {
    if (rows.length > 0) this.add.run(rows.flat());
  }

  delete(rows: readonly KeyRow[]): void {
    for (const [kind, key, day, side, seq] of rows) this.remove.run(kind, key, day, side, seq);
  }

  /** All rows of these records and events. */
  of(seqs: readonly number[]): KeyRow[] {
    return this.bySeq.all(JSON.stringify(seqs));
  }

  /** Those of the keys that some record has. */
  heldByRecords(keys: readonly StoredKey[]): StoredKey[] {
    return this.withRecords.all(JSON.stringify(keys));
  }

  /** Who has the key of what is captured before a position; `limit` at most of each side. */
  holders(key: StoredKey, before: number, limit: number): { events: Holder[]; records: Holder[] } {
    return {
      events: this.events.all(...key, before, limit),
      records: this.records.all(...key, before, limit),
    };
  }

  /** The events of a product, whatever the day. */
  eventsOf(kind: number, key: number): number[] {
    return this.ofKind.all(kind, key).map(([seq]) => seq);
  }
}
