import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { ENDLESS } from '../containment/interval.js';
import { CONFLICT_KINDS } from '../containment/conflict.js';
import type { Position } from '../containment/position.js';
import { Select } from '../select.js';
import type { EventCache } from './event-cache.js';
import type { Reparenting } from './reparented.js';

/** A time in some container; an end without record time and position is none. */
export interface Stay {
  from: Position;
  to?: Position;
}

type StayRow = [
  ...[child: number, time: number, record: number, seq: number],
  ...[ended: number, endedRecord: number | null, endedSeq: number | null],
];
type ConflictRow = [child: number, seq: number];

const REPARENTED = CONFLICT_KINDS.indexOf('REPARENTED_WITHOUT_DELETE');
/** Of a thing with more (a tote) the last are told. */
const STAYS_MAX = 1_000;
const REPARENTINGS_MAX = 1_000;
/** Rows read for many items at once; where there are more, each item's last are read by themselves. */
const ROWS_MAX = 10_000;

/** What containment says of many items at once. */
export class PackingFacts {
  private readonly intervals: Select<StayRow>;
  private readonly lastIntervals: Select<StayRow>;
  private readonly conflicts: Select<ConflictRow>;
  private readonly lastConflicts: Select<ConflictRow>;

  constructor(
    database: DatabaseSync,
    private readonly events: EventCache,
  ) {
    this.intervals = new Select(
      database,
      `SELECT i.child, i.time, i.record, i.seq, i.ended, i.ended_record, i.ended_seq
       FROM json_each(?) j CROSS JOIN packing_interval i ON i.child = j.value
       LIMIT ${ROWS_MAX + 1}`,
    );
    this.lastIntervals = new Select(
      database,
      `SELECT child, time, record, seq, ended, ended_record, ended_seq FROM packing_interval
       WHERE child = ? ORDER BY time DESC, record DESC, seq DESC LIMIT ${STAYS_MAX}`,
    );
    this.conflicts = new Select(
      database,
      `SELECT c.child, c.seq FROM json_each(?) j
       CROSS JOIN packing_conflict c ON c.child = j.value AND c.kind = ${REPARENTED}
       LIMIT ${ROWS_MAX + 1}`,
    );
    this.lastConflicts = new Select(
      database,
      `SELECT child, seq FROM packing_conflict INDEXED BY packing_conflict_child
       WHERE child = ? AND kind = ${REPARENTED} ORDER BY seq DESC LIMIT ${REPARENTINGS_MAX}`,
    );
  }

  /** When they were in containers, in order; of each item the last. */
  stays(items: readonly number[]): Map<number, Stay[]> {
    const stays = new Map<number, Stay[]>();
    for (const [child, rows] of readLast(items, this.intervals, this.lastIntervals)) {
      stays.set(child, rows.slice(-STAYS_MAX).map(decodeStay));
    }
    return stays;
  }

  /** By ledger position; of each item the last. @param stays of these items: how they had got into the container before */
  reparentings(
    items: readonly number[],
    stays: ReadonlyMap<number, readonly Stay[]>,
  ): Map<number, Reparenting[]> {
    const found = new Map<number, Reparenting[]>();
    for (const [child, rows] of readLast(items, this.conflicts, this.lastConflicts)) {
      const openedBy = new Map(stays.get(child)?.map(({ from, to }) => [to?.seq, from.seq]));
      const conflicts = rows.slice(-REPARENTINGS_MAX).map(([, seq]) => seq);
      const formers = conflicts.flatMap((seq) => openedBy.get(seq) ?? []);
      const events = this.events.load([...conflicts, ...formers]);
      const reparentings = conflicts.flatMap((seq): Reparenting[] => {
        const event = events.get(seq);
        const former = openedBy.get(seq);
        return event
          ? [{ event, former: former === undefined ? undefined : events.get(former) }]
          : [];
      });
      found.set(child, reparentings);
    }
    return found;
  }
}

function decodeStay([, time, recordTime, seq, ended, endedRecord, endedSeq]: StayRow): Stay {
  const from = { time, recordTime, seq };
  if (ended === ENDLESS || endedRecord === null || endedSeq === null) return { from };
  return { from, to: { time: ended, recordTime: endedRecord, seq: endedSeq } };
}

/** By one question for all items, unless there is too much to be held. */
function readLast<Row extends [child: number, ...rest: SQLOutputValue[]]>(
  items: readonly number[],
  ofAll: Select<Row>,
  lastOf: Select<Row>,
): Map<number, Row[]> {
  const rows = ofAll.all(JSON.stringify(items));
  if (rows.length <= ROWS_MAX) return Map.groupBy(rows, ([child]) => child);
  const last = items.map((item): [number, Row[]] => [item, lastOf.all(item).reverse()]);
  return new Map(last.filter(([, each]) => each.length > 0));
}
