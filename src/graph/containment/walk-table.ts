import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BulkInsert } from '../bulk-insert.js';
import { Select } from '../select.js';
import type { Chain } from './chain.js';
import type { Space } from './containment-schema.js';
import type { WalkStore } from './containment-store.js';
import { decodePosition } from './movement-table.js';
import { AFTER_ALL, type Position } from './position.js';

/** The walks of ADD events in SQLite. Most end at the parent and cost one narrow row. */
export class WalkTable implements WalkStore {
  private readonly insert: BulkInsert;
  private readonly remove: StatementSync;
  private readonly save: StatementSync;
  private readonly load: Select<[parent: number, chain: string | null]>;
  private readonly readers: Select<[time: number, record: number, seq: number]>;

  constructor(database: DatabaseSync, space: Space) {
    this.insert = new BulkInsert(database, `${space}_reader`, 4);
    this.remove = database.prepare(
      `DELETE FROM ${space}_reader WHERE node = ? AND time = ? AND record = ? AND seq = ?`,
    );
    this.save = database.prepare(`UPDATE ${space}_movement SET chain = ? WHERE seq = ?`);
    this.load = new Select(database, `SELECT parent, chain FROM ${space}_movement WHERE seq = ?`);
    this.readers = new Select(
      database,
      `SELECT time, record, seq FROM ${space}_reader
       WHERE node = ? AND (time, record, seq) > (?, ?, ?) AND (time, record, seq) <= (?, ?, ?)
       ORDER BY time, record, seq`,
    );
  }

  put(position: Position, chain: Chain, former: Chain = []): void {
    const { time, recordTime, seq } = position;
    this.drop(position, former);
    if (chain.length > 1) this.save.run(JSON.stringify(chain), seq);
    else if (former.length > 1) this.save.run(null, seq);
    const rows: SQLInputValue[] = [];
    for (const node of chain) rows.push(node, time, recordTime, seq);
    this.insert.run(rows);
  }

  get(seq: number): Chain {
    const [parent, chain] = this.load.get(seq)!;
    return chain === null ? [parent] : (JSON.parse(chain) as number[]);
  }

  drop({ time, recordTime, seq }: Position, chain: Chain): void {
    for (const node of chain) this.remove.run(node, time, recordTime, seq);
  }

  readersOf(node: number, after: Position, upTo: Position = AFTER_ALL): Position[] {
    const bounds = [after, upTo].flatMap(({ time, recordTime, seq }) => [time, recordTime, seq]);
    return this.readers.all(node, ...bounds).map(decodePosition);
  }
}
