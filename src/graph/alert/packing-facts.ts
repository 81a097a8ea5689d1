import type { DatabaseSync } from 'node:sqlite';
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

const REPARENTED = CONFLICT_KINDS.indexOf('REPARENTED_WITHOUT_DELETE');
const STAYS_MAX = 1_000;

/** What containment says of many items at once. */
export class PackingFacts {
  private readonly intervals: Select<StayRow>;
  private readonly conflicts: Select<[child: number, seq: number, former: number | null]>;

  constructor(
    database: DatabaseSync,
    private readonly events: EventCache,
  ) {
    this.intervals = new Select(
      database,
      `SELECT i.child, i.time, i.record, i.seq, i.ended, i.ended_record, i.ended_seq
       FROM json_each(?) j CROSS JOIN packing_interval i ON i.child = j.value`,
    );
    this.conflicts = new Select(
      database,
      `SELECT c.child, c.seq, i.seq FROM json_each(?) j
       CROSS JOIN packing_conflict c ON c.child = j.value AND c.kind = ${REPARENTED}
       LEFT JOIN packing_interval i ON i.child = c.child AND i.ended_seq = c.seq
       ORDER BY c.child, c.seq`,
    );
  }

  /** When they were in containers; of each item the last are told. */
  stays(items: readonly number[]): Map<number, Stay[]> {
    const stays = new Map<number, Stay[]>();
    for (const row of this.intervals.all(JSON.stringify(items))) {
      const [child, time, recordTime, seq, ended, endedRecord, endedSeq] = row;
      const from = { time, recordTime, seq };
      const isOver = ended !== ENDLESS && endedRecord !== null && endedSeq !== null;
      const to = isOver ? { time: ended, recordTime: endedRecord, seq: endedSeq } : undefined;
      let list = stays.get(child);
      if (!list) stays.set(child, (list = []));
      if (list.length === STAYS_MAX) list.shift();
      list.push({ from, to });
    }
    return stays;
  }

  reparentings(items: readonly number[]): Map<number, Reparenting[]> {
    const rows = this.conflicts.all(JSON.stringify(items));
    const seqs = rows.flatMap(([, seq, former]) => (former === null ? [seq] : [seq, former]));
    const events = this.events.load(seqs);
    const found = new Map<number, Reparenting[]>();
    for (const [child, seq, former] of rows) {
      const event = events.get(seq);
      if (!event) continue;
      const list = found.get(child) ?? [];
      list.push({ event, former: former === null ? undefined : events.get(former) });
      found.set(child, list);
    }
    return found;
  }
}
