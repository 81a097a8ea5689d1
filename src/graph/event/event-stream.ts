import type { DatabaseSync } from 'node:sqlite';
import { joinSql, type Sql } from '../record/record-filter.js';
import { Select } from '../select.js';
import type { EventOrder, EventPosition } from './event-filter.js';
import { formatPlaces, rangeOfSource } from './event-index.js';
import {
  behind,
  comparePlaces,
  isByTime,
  isDescending,
  narrow,
  type EventRange,
} from './event-range.js';
import type { MentionSource } from './event-source.js';

/** Places in order, none twice. */
export interface EventStream {
  /** The next ones, `limit` at most; none at the end only. */
  next(limit: number): EventPosition[];
}

/** Of places known beforehand. */
export class SetStream implements EventStream {
  private readonly places: EventPosition[];
  private start = 0;

  constructor(places: EventPosition[], orderBy: EventOrder, range: EventRange) {
    const { lower, upper, fromSeq, toSeq } = range;
    const isIn = (place: EventPosition) =>
      place.seq >= fromSeq &&
      place.seq < toSeq &&
      comparePlaces(place, lower) > 0 &&
      comparePlaces(place, upper) < 0;
    const sign = isDescending(orderBy) ? -1 : 1;
    const compare = isByTime(orderBy)
      ? comparePlaces
      : (a: EventPosition, b: EventPosition) => a.seq - b.seq;
    const sorted = places.filter(isIn).sort((a, b) => sign * compare(a, b));
    this.places = sorted.filter(({ seq }, i) => seq !== sorted[i - 1]?.seq);
  }

  next(limit: number): EventPosition[] {
    const start = this.start;
    this.start += limit;
    return this.places.slice(start, this.start);
  }
}

/** Read from tables in their own order, keyset by keyset. */
abstract class TableStream implements EventStream {
  private isAtEnd = false;

  constructor(
    private readonly database: DatabaseSync,
    protected readonly orderBy: EventOrder,
    private range: EventRange,
  ) {}

  next(limit: number): EventPosition[] {
    if (this.isAtEnd) return [];
    const { text, values } = this.format(this.range, limit);
    const rows = new Select<[time: number, seq: number]>(this.database, text).all(...values);
    this.isAtEnd = rows.length < limit;
    const places = rows
      .filter(([, seq], i) => seq !== rows[i - 1]?.[1])
      .map(([time, seq]) => ({ time, seq }));
    const last = places.at(-1);
    if (last) this.range = narrow(this.range, behind(this.orderBy, last));
    return places;
  }

  protected get direction(): 'ASC' | 'DESC' {
    return isDescending(this.orderBy) ? 'DESC' : 'ASC';
  }

  protected abstract format(range: EventRange, limit: number): Sql;
}

/** Every event. */
export class EventTableStream extends TableStream {
  protected override format(range: EventRange, limit: number): Sql {
    const { direction } = this;
    if (isByTime(this.orderBy)) {
      const { text, values } = formatPlaces(range);
      const sorted = `ORDER BY time ${direction}, seq ${direction} LIMIT +?`;
      return {
        text: `SELECT time, seq FROM event INDEXED BY event_time WHERE ${text} ${sorted}`,
        values: [...values, limit],
      };
    }
    return {
      text: `SELECT time, seq FROM event NOT INDEXED WHERE seq >= ? AND seq < ?
             ORDER BY seq ${direction} LIMIT +?`,
      values: [range.fromSeq, range.toSeq, limit],
    };
  }
}

/** More arms than these are no longer merged: each lies between a row and its reader. */
export const ARMS_MAX = 50;

/** Events that name something, in order of time: each pair of what and role is in that order, so they are merged. */
export class MentionStream extends TableStream {
  constructor(
    database: DatabaseSync,
    orderBy: EventOrder,
    range: EventRange,
    private readonly sources: readonly MentionSource[],
  ) {
    super(database, orderBy, range);
  }

  protected override format(range: EventRange, limit: number): Sql {
    const arms = this.sources.flatMap((source) => {
      const places = formatPlaces(rangeOfSource(source, range));
      return source.whats.flatMap((what) =>
        source.roles.map((role) => {
          const named = `SELECT time, seq FROM mention WHERE what = ${what} AND role = ${role}`;
          return joinSql([{ text: named, values: [] }, places]);
        }),
      );
    });
    const { direction } = this;
    const merged = arms.map(({ text }) => text).join('\nUNION ALL\n');
    return {
      text: `${merged}\nORDER BY time ${direction}, seq ${direction} LIMIT +?`,
      values: [...arms.flatMap(({ values }) => values), limit],
    };
  }
}

export function armsOf(sources: readonly MentionSource[]): number {
  return sources.reduce((sum, { whats, roles }) => sum + whats.length * roles.length, 0);
}
