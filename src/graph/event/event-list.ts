import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { Select } from '../select.js';
import { TimeIndex } from '../record/time-index.js';
import { DetailBudget, TraceEventReader, type StoredEvent } from '../trace/trace-event-reader.js';
import { EventCompiler, type CompileOptions } from './event-compiler.js';
import {
  formatCondition,
  isNever,
  seeksOf,
  testsOf,
  type EventCondition,
} from './event-condition.js';
import type { EventFilter, EventOrder, EventPosition } from './event-filter.js';
import { EventPlanner, type PlanBounds } from './event-planner.js';
import { behind, narrow, timeRange, WHOLE, type EventRange } from './event-range.js';
import type { EventStream } from './event-stream.js';

export interface EventListing {
  events: StoredEvent[];
  /** There may be more behind `end`. */
  hasNext: boolean;
  /** How far was looked; the next page begins behind it. Absent when there is nothing. */
  end?: EventPosition;
}

/** `isExact` is false when counting ended before all had been looked at: there may be more. */
export interface EventCount {
  count: number;
  isExact: boolean;
}

/** What one answer may cost. */
export interface ListBudget {
  /** Events looked at. */
  rowsMax: number;
  /** Seeks in the index to test them. */
  seeksMax: number;
}

const FIRST_MAX = 10_000;
const BUDGET: ListBudget = { rowsMax: 50_000, seeksMax: 1_000_000 };
/** Of the details of a page's events, in characters. */
const DETAIL_MAX = 8 * 1024 * 1024;
/** Events looked at even where each is tested by thousands of seeks. */
const ROWS_MIN = 100;
const BATCH_MIN = 64;
const BATCH_MAX = 2_000;
/** In SQL every test nests within the one before, and SQLite lets expressions nest a thousand deep. */
const TESTS_MAX = 500;
const VALUES_MAX = 30_000;

/**
 * Lists of EPCIS events by filter, paged by keyset. What a page costs does not depend on how deep it is; one that would
 * cost more than its budget ends early, and says so: then it is short, even empty, and yet not the last.
 */
export class EventList {
  private readonly compiler: EventCompiler;
  private readonly planner: EventPlanner;
  private readonly events: TraceEventReader;
  private readonly times: TimeIndex;

  constructor(
    private readonly database: DatabaseSync,
    private readonly budget = BUDGET,
    bounds?: PlanBounds,
  ) {
    this.compiler = new EventCompiler(database);
    this.planner = new EventPlanner(database, bounds);
    this.events = new TraceEventReader(database);
    this.times = new TimeIndex(database, 'event');
  }

  /**
   * @param first how many at most: 1 to 10,000
   * @throws AppError BAD_USER_INPUT (first), BAD_CURSOR (after), QUERY_TOO_COMPLEX
   */
  list(
    filter: EventFilter,
    orderBy: EventOrder,
    first: number,
    after?: EventPosition,
    options: CompileOptions = {},
  ): EventListing {
    checkFirst(first);
    checkAfter(after);
    const scan = this.scan(filter, orderBy, options, after);
    const found: EventPosition[] = [];
    for (const batch of scan.batches(BATCH_MIN)) {
      found.push(...batch);
      if (found.length > first) break;
    }
    const page = found.slice(0, first);
    const events = this.eventsAt(page);
    const isCut = events.length < page.length;
    if (isCut || found.length > first) {
      return { events, hasNext: true, end: page[events.length - 1]! };
    }
    const end = scan.isAtEnd ? page.at(-1) : scan.end;
    return { events, hasNext: !scan.isAtEnd, ...(end && { end }) };
  }

  /** How many there are, as far as the budget goes. @throws AppError QUERY_TOO_COMPLEX */
  count(filter: EventFilter, options: CompileOptions = {}): EventCount {
    const scan = this.scan(filter, 'TIME_ASC', options);
    let count = 0;
    for (const batch of scan.batches(BATCH_MAX)) count += batch.length;
    return { count, isExact: scan.isAtEnd };
  }

  private scan(
    filter: EventFilter,
    orderBy: EventOrder,
    options: CompileOptions,
    after?: EventPosition,
  ): Scan {
    const condition = this.compiler.compile(filter, options);
    const inFilter = this.rangeOf(filter);
    const range = after ? narrow(inFilter, behind(orderBy, after)) : inFilter;
    const stream = isNever(condition) ? undefined : this.planner.plan(condition, orderBy, range);
    return new Scan(this.database, condition, stream, this.rowsMax(condition));
  }

  private rowsMax(condition: EventCondition): number {
    const { rowsMax, seeksMax } = this.budget;
    const affordable = Math.floor(seeksMax / Math.max(1, seeksOf(condition)));
    return Math.min(rowsMax, Math.max(ROWS_MIN, affordable));
  }

  /** What all that the filter lets through lies within. */
  private rangeOf(filter: EventFilter): EventRange {
    const { and = [], afterSeq = -1, beforeSeq = WHOLE.toSeq, eventTime, recordTime } = filter;
    const own: Partial<EventRange> = { ...timeRange(eventTime ?? {}) };
    own.fromSeq = Math.max(afterSeq + 1, this.seqSince(recordTime?.from) ?? 0);
    own.toSeq = Math.min(beforeSeq, this.seqSince(recordTime?.before) ?? WHOLE.toSeq);
    return and.reduce((range, each) => narrow(range, this.rangeOf(each)), narrow(WHOLE, own));
  }

  private seqSince(time: number | undefined): number | undefined {
    return time === undefined ? undefined : this.times.firstSince(time);
  }

  /** The first of them that fit into an answer; one at least. */
  private eventsAt(places: readonly EventPosition[]): StoredEvent[] {
    const seqs = places.map(({ seq }) => seq);
    return [...this.events.each(seqs, Infinity, new DetailBudget(DETAIL_MAX))];
  }
}

/** Goes through a stream and keeps what passes the condition. */
class Scan {
  isAtEnd: boolean;
  /** The last place looked at. */
  end?: EventPosition;
  private readonly matching: Select<[seq: number]>;
  private readonly values: (string | number)[];

  constructor(
    database: DatabaseSync,
    condition: EventCondition,
    private readonly stream: EventStream | undefined,
    private left: number,
  ) {
    this.isAtEnd = stream === undefined;
    if (testsOf(condition) > TESTS_MAX) throw tooLarge();
    const { text, values } = formatCondition(condition);
    if (values.length > VALUES_MAX) throw tooLarge();
    this.values = values as (string | number)[];
    this.matching = new Select(
      database,
      `SELECT e.seq FROM json_each(?) j CROSS JOIN event e ON e.seq = j.value WHERE ${text}`,
    );
  }

  /** What passes, batch by batch, until the end or until the budget is used up. */
  *batches(size: number): Generator<EventPosition[]> {
    if (!this.stream) return;
    for (let limit = size; this.left > 0; limit = Math.min(limit * 4, BATCH_MAX)) {
      const places = this.stream.next(Math.min(limit, this.left));
      if (places.length === 0) {
        this.isAtEnd = true;
        return;
      }
      this.left -= places.length;
      this.end = places.at(-1);
      const seqs = JSON.stringify(places.map(({ seq }) => seq));
      const passed = new Set(this.matching.all(seqs, ...this.values).map(([seq]) => seq));
      yield places.filter(({ seq }) => passed.has(seq));
    }
  }
}

function checkFirst(first: number): void {
  if (Number.isSafeInteger(first) && first >= 1 && first <= FIRST_MAX) return;
  throw new AppError('BAD_USER_INPUT', `first must be from 1 to ${FIRST_MAX}`);
}

function checkAfter(after: EventPosition | undefined): void {
  if (!after || (Number.isSafeInteger(after.seq) && Number.isSafeInteger(after.time))) return;
  throw new AppError('BAD_CURSOR', 'the cursor does not fit this order');
}

function tooLarge(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', 'the filter is too large', {
    hint: 'ask several times, each for some of the values',
  });
}
