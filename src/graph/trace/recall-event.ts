import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '../containment/position.js';
import { parseDetail } from '../event/event-detail.js';
import { TraceEventReader } from './trace-event-reader.js';
import type { TraceEvent } from './trace-event.js';

type EventRow = [
  ...[seq: number, time: number, recordTime: number, type: number, action: number | null],
  ...[step: number | null, disposition: number | null],
  ...[readPoint: number | null, bizLocation: number | null, detail: string | null],
];

/** Events that make the same of what they name, whenever they happen: one of them stands for all. */
export interface EventKind {
  id: number;
  event: TraceEvent;
}

export interface SharedEvent extends Position {
  kind: EventKind;
}

/** Members of EventDetail that bear on where a thing is, whose it is and whether it is recalled. */
const TELLING = ['sources', 'destinations', 'set', 'unset'] as const;

/** Members that bear on nothing here, and may be large. */
const UNTOLD = { sensors: undefined, bizTransactions: undefined };

/** A kind holds a whole event, but for these. */
const KIND_WEIGHT = 20;

/** The events of one answer, each read once; most of the thousands of them are of a few kinds. */
export class EventBook {
  private readonly select: StatementSync;
  private readonly reader: TraceEventReader;
  private readonly events = new Map<number, SharedEvent | undefined>();
  private readonly kinds = new Map<string, EventKind>();

  constructor(
    database: DatabaseSync,
    private readonly knownAt = Number.MAX_SAFE_INTEGER,
  ) {
    this.reader = new TraceEventReader(database);
    this.select = database.prepare(
      `SELECT e.seq, e.time, e.record, e.type, e.action, e.step, e.disposition, e.read_point,
              e.biz_location, e.detail
       FROM json_each(?) j CROSS JOIN event e ON e.seq = j.value
       WHERE e.seq < ? AND (e.voided IS NULL OR e.voided >= ?) AND e.voids = 0`,
      { returnArrays: true },
    );
  }

  load(seqs: Iterable<number>): void {
    const missing: number[] = [];
    for (const seq of seqs) {
      if (this.events.has(seq)) continue;
      this.events.set(seq, undefined);
      missing.push(seq);
    }
    // one after the other: the details of all are too much to be held
    const asked = [JSON.stringify(missing), this.knownAt, this.knownAt];
    for (const row of this.select.iterate(...asked)) {
      const [seq, time, recordTime, ...rest] = row as unknown as EventRow;
      this.events.set(seq, { time, recordTime, seq, kind: this.kindOf(seq, rest) });
    }
  }

  /** How much is remembered. */
  get size(): number {
    return this.events.size + KIND_WEIGHT * this.kinds.size;
  }

  /** Kinds are numbered anew. */
  forget(): void {
    this.events.clear();
    this.kinds.clear();
  }

  /** A loaded event; undefined when it does not count. */
  get(seq: number): SharedEvent | undefined {
    return this.events.get(seq);
  }

  private kindOf(seq: number, columns: (string | number | null)[]): EventKind {
    const detail = columns.pop() as string | null;
    const key = `${columns.join()} ${formatTelling(detail)}`;
    const known = this.kinds.get(key);
    if (known) return known;
    const event = this.reader.events([seq]).get(seq)!;
    const kind = { id: this.kinds.size, event: { ...event, ...UNTOLD } };
    this.kinds.set(key, kind);
    return kind;
  }
}

/** Most events have no such member: their JSON need not be read. */
function formatTelling(detail: string | null): string {
  if (detail === null || !TELLING.some((name) => detail.includes(`"${name}":`))) return '';
  const parsed = parseDetail(detail);
  return JSON.stringify(TELLING.map((name) => parsed[name] ?? null));
}
