import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import type { Moment } from '../containment/containment-reader.js';
import type { ContainmentStore } from '../containment/containment-store.js';
import { LEVELS_MAX } from '../containment/chain.js';
import { Hindsight } from '../containment/hindsight.js';
import { endsAfter, ENDLESS, type Interval } from '../containment/interval.js';
import type { Position } from '../containment/position.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import type { Timelines } from '../containment/timeline.js';
import { Select } from '../select.js';

type IntervalRow = [
  ...[child: number, time: number, record: number, seq: number, parent: number],
  ...[ended: number, endedRecord: number | null, endedSeq: number | null],
];

/** Times in containers that are read at once. */
const INTERVALS_MAX = 200_000;

/** Where many units were, read for all of them at once, and their containers, read once for all. */
export class UnitTimelines {
  private readonly select: Select<IntervalRow>;
  private readonly store: ContainmentStore;
  private readonly containers = new Map<number, Interval[]>();
  private held = 0;

  constructor(
    database: DatabaseSync,
    private readonly knownAt: Moment['knownAt'],
  ) {
    this.store = new SqliteContainmentStore(database, 'packing');
    this.select = new Select(
      database,
      `SELECT i.child, i.time, i.record, i.seq, i.parent, i.ended, i.ended_record, i.ended_seq
       FROM json_each(?) j CROSS JOIN packing_interval i ON i.child = j.value
       LIMIT ${INTERVALS_MAX + 1}`,
    );
  }

  /** Nothing behind the position asked about has been captured: what is stored is what was known. */
  get isNow(): boolean {
    return this.knownAt === undefined || this.knownAt >= this.store.movements.head();
  }

  /** How much is remembered. */
  get size(): number {
    return this.held;
  }

  forget(): void {
    this.containers.clear();
    this.held = 0;
  }

  /** @throws AppError QUERY_TOO_COMPLEX (too much packing, too many events to replay for an earlier position) */
  of(units: readonly number[]): Timelines {
    if (!this.isNow) return Hindsight.of(this.store, units, this.knownAt!, LEVELS_MAX);
    const own = this.read(units);
    this.readContainers(own);
    return new LoadedTimelines(own, this.containers);
  }

  private readContainers(own: ReadonlyMap<number, Interval[]>): void {
    let found = own;
    for (let level = 0; level <= LEVELS_MAX && found.size > 0; level++) {
      const missing = new Set<number>();
      for (const intervals of found.values()) {
        for (const { parent } of intervals) if (!this.containers.has(parent)) missing.add(parent);
      }
      if (missing.size === 0) return;
      found = this.read([...missing]);
      for (const container of missing) {
        const intervals = found.get(container) ?? [];
        this.containers.set(container, intervals);
        this.held += 1 + intervals.length;
      }
    }
  }

  private read(children: readonly number[]): Map<number, Interval[]> {
    const found = new Map<number, Interval[]>();
    const rows = this.select.all(JSON.stringify(children));
    if (rows.length > INTERVALS_MAX) throw tooMuch();
    for (const row of rows) {
      const interval = decode(row);
      const others = found.get(interval.child);
      if (others) others.push(interval);
      else found.set(interval.child, [interval]);
    }
    return found;
  }
}

class LoadedTimelines implements Timelines {
  constructor(
    private readonly own: ReadonlyMap<number, Interval[]>,
    private readonly containers: ReadonlyMap<number, Interval[]>,
  ) {}

  listFrom(child: number, position: Position, limit: number): Interval[] {
    const all = this.own.get(child) ?? this.containers.get(child) ?? [];
    return all.filter((each) => endsAfter(each, position)).slice(0, limit);
  }
}

function tooMuch(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', 'the units or their containers were packed too often', {
    hint: 'ask for fewer units',
    intervalsMax: INTERVALS_MAX,
  });
}

function decode([child, time, recordTime, seq, parent, ended, ...end]: IntervalRow): Interval {
  const from = { time, recordTime, seq };
  if (ended === ENDLESS) return { child, parent, from };
  return { child, parent, from, to: { time: ended, recordTime: end[0]!, seq: end[1]! } };
}
