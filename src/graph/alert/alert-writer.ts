import type { DatabaseSync } from 'node:sqlite';
import { AlertTable } from './alert-table.js';
import { BeginningTable } from './beginning-table.js';
import { ContentsReader } from './contents-reader.js';
import { DirtyTable, isChanged, type DirtyItem } from './dirty-table.js';
import { ErrandTable } from './errand-table.js';
import { EventCache } from './event-cache.js';
import { Examiner } from './examiner.js';
import { OwnReader } from './own-reader.js';
import { PackingFacts } from './packing-facts.js';
import { Reach } from './reach.js';
import { ReadingTable } from './reading-table.js';
import { Watch, WatchTable } from './watch-table.js';

/** Items worked out together: they share events, and each look-up is made for all of them. */
const ITEMS_AT_ONCE = 256;

/**
 * Works out alerts of what AlertNotes has noted. Consistency law: writes inside the caller's transaction, and keeps
 * nothing between calls, so that after a rollback there is nothing to forget. When nothing is pending, the alerts are
 * those of all that was applied, whatever the order, the batches and the calls.
 */
export class AlertWriter {
  private readonly events: EventCache;
  private readonly dirty: DirtyTable;
  private readonly errands: ErrandTable;
  private readonly own: OwnReader;
  private readonly packing: PackingFacts;
  private readonly beginnings: BeginningTable;
  private readonly reach: Reach;
  private readonly examiner: Examiner;
  private readonly watches: WatchTable;
  private readonly alerts: AlertTable;

  constructor(database: DatabaseSync) {
    this.events = new EventCache(database);
    this.dirty = new DirtyTable(database);
    this.errands = new ErrandTable(database, this.dirty);
    this.own = new OwnReader(database, this.events);
    this.packing = new PackingFacts(database, this.events);
    this.beginnings = new BeginningTable(database, this.errands);
    const contents = new ContentsReader(database);
    const readings = new ReadingTable(database, contents);
    this.reach = new Reach(database, this.dirty, readings);
    const tables = { contents, beginnings: this.beginnings, readings };
    this.examiner = new Examiner(database, this.events, tables);
    this.watches = new WatchTable(database);
    this.alerts = new AlertTable(database);
  }

  /**
   * Takes some of the work on.
   *
   * @param itemsMax how many items are looked at
   * @returns how much is left: items, up to 10,000, and errands that will name more; 0 when all is done
   */
  settle(itemsMax: number): number {
    try {
      for (let left = itemsMax; left > 0;) {
        const batch = this.dirty.list(Math.min(left, ITEMS_AT_ONCE));
        // few steps name many items: what they name comes first
        if (batch.length === 0 && !this.errands.step()) break;
        left -= batch.length > 0 ? this.settleSome(batch) : 1;
      }
      return this.dirty.pending();
    } finally {
      this.events.clear();
      this.beginnings.clear();
      this.examiner.clear();
    }
  }

  /** The first of these. @returns how many */
  private settleSome(dirty: readonly DirtyItem[]): number {
    const histories = this.own.load(dirty.map(({ item }) => item));
    const batch = dirty.slice(0, histories.length);
    const items = histories.map(({ item }) => item);
    this.reach.spread(batch.filter(isChanged));
    // those of the batch that it has reached are about to be looked at
    this.dirty.remove(batch);
    this.beginnings.update(histories);
    const stays = this.packing.stays(items);
    const reparentings = this.packing.reparentings(items, stays);
    const stored = this.alerts.load(items);
    for (const history of histories) {
      const { item } = history;
      const watch = new Watch();
      const suspicions = this.examiner.examine(
        {
          history,
          stays: stays.get(item) ?? [],
          reparentings: reparentings.get(item) ?? [],
        },
        watch,
      );
      this.watches.replace(item, watch);
      const former = stored.get(item);
      if (former || suspicions.length > 0) this.alerts.replace(history, suspicions, former);
    }
    return batch.length;
  }
}
