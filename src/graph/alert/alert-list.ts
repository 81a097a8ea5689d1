import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { DetailBudget, TraceEventReader, type StoredEvent } from '../trace/trace-event-reader.js';
import { formatAlertFilter, type AlertCondition, type AlertFilter } from './alert-filter.js';
import { PENDING_MAX } from './dirty-table.js';
import { ALERT_TYPES, type AlertReason, type AlertType } from './suspicion.js';

/** An alert as the index knows it. */
export interface AlertNode {
  /** Grows; of this index only, not of another made of the same log. */
  id: number;
  type: AlertType;
  reasons: AlertReason[];
  /** Canonical EPC. */
  item: string;
  /** ms */
  raisedAt: number;
  /** Ledger position from which it could be known. */
  known: number;
  /** Ledger positions: first what made it suspect. */
  evidence: number[];
  /** The first of the evidence. */
  events: StoredEvent[];
}

/** Where a page ended: the next begins behind it. */
export interface AlertPosition {
  raisedAt: number;
  id: number;
}

/** How much of what is in the index the alerts do not tell of yet. */
export interface AlertProgress {
  /** Items to be looked at again, and errands that will name more; up to a bound. */
  pending: number;
  /** The next seq to apply: everything before it bears on alerts, but for what is pending. */
  cursor: number;
}

export interface AlertPage extends AlertProgress {
  alerts: AlertNode[];
  hasNext: boolean;
}

/** Up to where alerts have been told. */
export interface AlertMark {
  /** Of what was new. */
  id: number;
  /** Of what has come due: ms, and within it the id. */
  time: number;
  dueId: number;
  /** How far the index was. */
  cursor: number;
  /** Of what is known up to here, only what was due behind the time is to be told. */
  floor?: { known: number; time: number };
}

export interface NewAlerts extends AlertProgress {
  /** Due by now and not told before. */
  alerts: AlertNode[];
  mark: AlertMark;
  /** When the next that is known already is due, ms. */
  nextDue?: number;
  isMore: boolean;
}

type AlertRow = [
  ...[id: number, type: number, item: number, raised: number, known: number],
  ...[reasons: string, evidence: string],
];

const COLUMNS = 'a.id, a.type, a.item, a.raised, a.known, a.reasons, a.evidence';
const FIRST_MAX = 10_000;
/** Of a long run of readings the first tell enough. */
export const EVIDENCE_EVENTS_MAX = 20;
/** Of the details of all events of a list, in characters; where it is reached, the later evidence is missing. */
const DETAIL_MAX = 8 * 1024 * 1024;

/** Lists of alerts, newest first, and what is new among them. */
export class AlertList {
  private readonly terms: TermReader;
  private readonly events: TraceEventReader;
  private readonly progressOf: Select<[pending: number, cursor: number]>;
  private readonly newest: Select<[id: number]>;
  private readonly due: Select<[raised: number | null]>;

  constructor(private readonly database: DatabaseSync) {
    this.terms = new TermReader(database);
    this.events = new TraceEventReader(database);
    this.progressOf = new Select(
      database,
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM dirty LIMIT ${PENDING_MAX})) +
              (SELECT count(*) FROM errand), (SELECT cursor FROM meta)`,
    );
    this.newest = new Select(database, 'SELECT coalesce(max(id), 0) FROM alert');
    this.due = new Select(database, 'SELECT min(raised) FROM alert WHERE raised > ?');
  }

  /**
   * Those raised by `now`.
   *
   * @param first how many at most: 1 to 10,000
   * @throws AppError BAD_USER_INPUT (first)
   */
  list(filter: AlertFilter, now: number, first: number, after?: AlertPosition): AlertPage {
    checkFirst(first);
    const behind: AlertCondition = after
      ? { text: '(a.raised, a.id) < (?, ?)', values: [after.raisedAt, after.id] }
      : { text: 'a.raised <= ?', values: [now] };
    const rows = this.select(filter, behind, 'a.raised DESC, a.id DESC', first + 1);
    return {
      alerts: this.decode(rows.slice(0, first)),
      hasNext: rows.length > first,
      ...this.progress(),
    };
  }

  count(filter: AlertFilter, now: number): number {
    const { text, values } = formatAlertFilter(filter);
    const sql = `SELECT count(*) FROM alert a WHERE ${text} AND a.raised <= ?`;
    return new Select<[count: number]>(this.database, sql).get(...values, now)![0];
  }

  /** What is to be told behind the mark: first what has come due, then what is new. */
  since(filter: AlertFilter, mark: AlertMark, now: number, first: number): NewAlerts {
    checkFirst(first);
    const progress = this.progress();
    const start = startOf(mark, progress);
    const next = this.due.get(now)?.[0] ?? undefined;
    const rest = { ...progress, ...(next !== undefined && { nextDue: next }) };
    const due = this.select(filter, isDue(start, now), 'a.raised, a.id', first);
    if (due.length === first) {
      const [dueId, , , time] = due[first - 1]!;
      return { alerts: this.decode(due), mark: { ...start, time, dueId }, isMore: true, ...rest };
    }
    const rows = this.select(filter, isNew(start, now), 'a.id', first);
    const isMore = rows.length === first;
    const id = isMore ? rows[first - 1]![0] : Math.max(start.id, this.newest.get()![0]);
    const { floor } = start;
    const isReached = progress.pending === 0 && progress.cursor > (floor?.known ?? -1);
    return {
      alerts: this.decode([...due, ...rows]),
      mark: {
        ...{ id, time: now, dueId: LAST, cursor: progress.cursor },
        ...(floor && (isMore || !isReached) && { floor }),
      },
      isMore,
      ...rest,
    };
  }

  /** The mark of somebody who knows all there is. */
  mark(now: number): AlertMark {
    const { cursor } = this.progress();
    return { id: this.newest.get()![0], time: now, dueId: LAST, cursor };
  }

  private progress(): AlertProgress {
    const [pending, cursor] = this.progressOf.get()!;
    return { pending, cursor };
  }

  private select(
    filter: AlertFilter,
    { text, values }: AlertCondition,
    order: string,
    limit: number,
  ): AlertRow[] {
    const asked = formatAlertFilter(filter);
    const sql = `SELECT ${COLUMNS} FROM alert a WHERE ${asked.text} AND ${text}
      ORDER BY ${order} LIMIT +?`;
    return new Select<AlertRow>(this.database, sql).all(...asked.values, ...values, limit);
  }

  private decode(rows: readonly AlertRow[]): AlertNode[] {
    const evidence = rows.map((row) => JSON.parse(row[6]) as number[]);
    const events = this.events.events(
      firstOfEach(evidence),
      Infinity,
      new DetailBudget(DETAIL_MAX),
    );
    return rows.map(([id, type, item, raisedAt, known, reasons], i) => ({
      id,
      type: ALERT_TYPES[type]!,
      reasons: JSON.parse(reasons) as AlertReason[],
      item: this.terms.textOf(item),
      raisedAt,
      known,
      evidence: evidence[i]!,
      events: evidence[i]!.slice(0, EVIDENCE_EVENTS_MAX)
        .map((seq) => events.get(seq))
        .filter((event) => event !== undefined),
    }));
  }
}

/** The first of every list, then the second, and so on: what weighs most first. */
function firstOfEach(lists: readonly number[][]): number[] {
  const found = new Set<number>();
  for (let i = 0; i < EVIDENCE_EVENTS_MAX; i++) {
    for (const list of lists) if (i < list.length) found.add(list[i]!);
  }
  return [...found];
}

const LAST = Number.MAX_SAFE_INTEGER;

/** An index that is built again counts anew: what was known before is not told again. */
function startOf(mark: AlertMark, { cursor }: AlertProgress): AlertMark {
  if (cursor >= mark.cursor) return mark;
  const { time, floor } = mark;
  return { ...mark, id: 0, cursor, floor: floor ?? { known: mark.cursor - 1, time } };
}

function isDue({ id, time, dueId }: AlertMark, now: number): AlertCondition {
  return {
    text: 'a.id <= ? AND (a.raised, a.id) > (?, ?) AND a.raised <= ?',
    values: [id, time, dueId, now],
  };
}

function isNew({ id, floor }: AlertMark, now: number): AlertCondition {
  if (!floor) return { text: 'a.id > ? AND a.raised <= ?', values: [id, now] };
  return {
    text: 'a.id > ? AND a.raised <= ? AND (a.known > ? OR a.raised > ?)',
    values: [id, now, floor.known, floor.time],
  };
}

function checkFirst(first: number): void {
  if (Number.isSafeInteger(first) && first >= 1 && first <= FIRST_MAX) return;
  throw new AppError('BAD_USER_INPUT', `first must be from 1 to ${FIRST_MAX}`);
}
