import type { DatabaseSync } from 'node:sqlite';
import { joinSql, type Sql } from '../record/record-filter.js';
import { Select } from '../select.js';
import type { EventPosition } from './event-filter.js';
import { narrow, timeRange, type EventRange } from './event-range.js';
import { plainSources, type EventSource, type PlainSource } from './event-source.js';
import { formatRange } from './number-bound.js';

type PlaceRow = [time: number, seq: number];

/** Looks into the sources of events without looking at the events. */
export class EventIndex {
  constructor(private readonly database: DatabaseSync) {}

  /** How many places there are to look at, `limit` and more being the same. */
  estimate(source: EventSource, range: EventRange, limit: number): number {
    let sum = 0;
    for (const plain of plainSources(source)) {
      if (sum >= limit) break;
      sum += this.count(plain, range, limit - sum);
    }
    return Math.min(sum, limit);
  }

  /** Every place of the sources within the range, in no order; one may be there twice. */
  places(source: EventSource, range: EventRange): EventPosition[] {
    return plainSources(source).flatMap((plain) => {
      const { text, values } = this.format(plain, range, 'time, seq');
      const rows = new Select<PlaceRow>(this.database, text).all(...values);
      return rows.map(([time, seq]) => ({ time, seq }));
    });
  }

  private count(source: PlainSource, range: EventRange, limit: number): number {
    const { text, values } = this.format(source, range, '1');
    const count = new Select<[count: number]>(
      this.database,
      `SELECT count(*) FROM (${text} LIMIT +?)`,
    );
    return count.get(...values, limit)![0];
  }

  private format(source: PlainSource, range: EventRange, columns: string): Sql {
    switch (source.kind) {
      case 'MENTIONS': {
        const named = `SELECT ${columns} FROM mention
          WHERE what IN (${source.whats.join()}) AND role IN (${source.roles.join()})`;
        return joinSql([{ text: named, values: [] }, formatPlaces(rangeOfSource(source, range))]);
      }
      case 'MEASURES': {
        // not by time: numbers out of it would have to be passed over, and nothing would bound how many
        const named = `SELECT ${columns} FROM measure WHERE key IN (${source.keys.join()})`;
        return joinSql([{ text: named, values: [] }, formatRange('value', source.range)]);
      }
      case 'TIMES': {
        const whole = `SELECT ${columns} FROM event INDEXED BY event_time WHERE TRUE`;
        return joinSql([{ text: whole, values: [] }, formatPlaces(range)]);
      }
      case 'SEQS':
        return {
          text: `SELECT ${columns} FROM event NOT INDEXED WHERE seq >= ? AND seq < ?`,
          values: [range.fromSeq, range.toSeq],
        };
    }
  }
}

/** The range as far as the source has events at all. */
export function rangeOfSource(
  { time }: { time?: { from?: number; before?: number } },
  range: EventRange,
): EventRange {
  return time ? narrow(range, timeRange(time)) : range;
}

/** For a table whose columns `time` and `seq` are in order. */
export function formatPlaces({ lower, upper }: EventRange): Sql {
  return {
    text: '(time, seq) > (?, ?) AND (time, seq) < (?, ?)',
    values: [lower.time, lower.seq, upper.time, upper.seq],
  };
}
