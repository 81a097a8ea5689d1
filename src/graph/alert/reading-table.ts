import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Select } from '../select.js';
import type { StorageRange } from '../trace/storage-range.js';
import type { TraceEvent } from '../trace/trace-event.js';
import type { ContentsReader } from './contents-reader.js';
import type { Watch } from './watch-table.js';

/**
 * Storage ranges of what an item was, or held, at a reading. What it held is looked up once for each reading, and again
 * only when it may have been something else: a lorry has hundreds of readings and thousands of units.
 */
export class ReadingTable {
  private readonly find: Select<[classes: string]>;
  private readonly put: StatementSync;
  private readonly drop: StatementSync;
  private readonly any: Select<[one: number]>;
  private readonly product: Select<[min: number | null, max: number | null]>;

  constructor(
    database: DatabaseSync,
    private readonly contents: ContentsReader,
  ) {
    this.find = new Select(
      database,
      'SELECT classes FROM reading WHERE item = ? AND time = ? AND seq = ?',
    );
    this.put = database.prepare('INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)');
    this.drop = database.prepare('DELETE FROM reading WHERE item = ? AND time >= ?');
    this.any = new Select(database, 'SELECT 1 FROM reading LIMIT 1');
    this.product = new Select(database, 'SELECT min, max FROM product WHERE id = ?');
  }

  isEmpty(): boolean {
    return this.any.get() === undefined;
  }

  /** What the item held from that time on may have been something else. @returns whether that matters */
  forget(item: number, since: number): boolean {
    return Number(this.drop.run(item, since).changes) > 0;
  }

  rangesOf(item: number, { time, seq }: TraceEvent, watch: Watch): StorageRange[] {
    return this.classesOf(item, time, seq).flatMap((gtin) => {
      watch.add(gtin, 'PRODUCT');
      const [min, max] = this.product.get(gtin) ?? [null, null];
      return min === null && max === null ? [] : [{ min: min ?? undefined, max: max ?? undefined }];
    });
  }

  private classesOf(item: number, time: number, seq: number): number[] {
    const [found] = this.find.get(item, time, seq) ?? [];
    if (found !== undefined) return JSON.parse(found) as number[];
    const classes = this.contents.classesAt(item, time);
    this.put.run(item, time, seq, JSON.stringify(classes));
    return classes;
  }
}
