import { EVENT_SIDE, KEY_KINDS } from './dispense-key.js';
import type { Holder, KeyTable, StoredKey } from './key-table.js';

/** A key that more events or records share than this tells none of them apart: nothing is joined by it. */
export const SHARED_MAX = 64;

const NDC = KEY_KINDS.indexOf('NDC');
const GTIN = KEY_KINDS.indexOf('GTIN');
const EVER = Number.MAX_SAFE_INTEGER;

/** What ought to be joined, from the keys alone: so it depends on what counts, never on what came first. */
export class Matcher {
  private readonly events = new Map<string, readonly number[]>();

  constructor(private readonly keys: KeyTable) {}

  /**
   * The records whose joins may be others since keys were added or taken away.
   *
   * @param from the first position that is new
   */
  affectedBy(keys: readonly StoredKey[], from: number): Set<number> {
    const affected = new Set<number>();
    const meant = keys.filter(([kind]) => kind !== GTIN);
    for (const key of this.keys.heldByRecords(meant)) {
      const before = this.keys.holders(key, from, SHARED_MAX + 1);
      // shared by too many before, hence by too many now: it joined and joins nothing; but events of a drug may be others by
      // new master data
      if (key[0] === NDC ? before.records.length > SHARED_MAX : !isFew(before)) continue;
      const now = this.keys.holders(key, EVER, SHARED_MAX + 1);
      const records = isFew(now) ? now.records : before.records;
      for (const [, seq] of records) affected.add(seq);
    }
    return affected;
  }

  /** The events a record is to be joined with, by the code of the strongest rule. */
  joinsOf(record: number): Map<number, number> {
    const joins = new Map<number, number>();
    for (const [kind, key, day, side] of this.keys.of([record])) {
      if (side === EVENT_SIDE) continue;
      for (const event of this.eventsBy([kind, key, day])) {
        joins.set(event, Math.min(kind, joins.get(event) ?? kind));
      }
    }
    return joins;
  }

  /** The events that whoever has the key is joined with. */
  private eventsBy(key: StoredKey): readonly number[] {
    const name = key.join(' ');
    const known = this.events.get(name);
    if (known) return known;
    const holders = this.keys.holders(key, EVER, SHARED_MAX + 1);
    const isMeant = isFew(holders) && (key[0] !== NDC || isOneDispensing(holders));
    const events = isMeant ? holders.events.map(([, seq]) => seq) : [];
    this.events.set(name, events);
    return events;
  }
}

interface Holders {
  events: readonly Holder[];
  records: readonly Holder[];
}

function isFew({ events, records }: Holders): boolean {
  return events.length <= SHARED_MAX && records.length <= SHARED_MAX;
}

/** One event, and one record; or one of each type about one patient, which tell of the same. */
function isOneDispensing({ events, records }: Holders): boolean {
  if (events.length !== 1) return false;
  if (records.length === 1) return true;
  const sides = new Set(records.map(([side]) => side));
  const subjects = new Set(records.map(([, , subject]) => subject));
  return sides.size === records.length && subjects.size === 1 && !subjects.has(null);
}
