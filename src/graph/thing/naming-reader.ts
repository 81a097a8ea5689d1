import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';
import { countsSql, termSql } from './known-sql.js';
import { THING_ROLE_MAX } from './thing-path.js';

/** That an event that counts names a thing. */
export interface Naming {
  /** Index of the thing in what was asked. */
  place: number;
  role: number;
  /** ms */
  time: number;
  /** Record time, ms: decides the order of events of one time. */
  record: number;
  seq: number;
  type: EventKind;
  /** Code of the action. */
  action: number | null;
  /** JSON of TypedFact[], where the event has any destination. */
  destinations: string | null;
}

/** Types of event that decide what a naming means. */
export const EVENT_KINDS = ['OTHER', 'OBJECT', 'TRANSFORMATION'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The code of an event's kind, from its type. */
export const EVENT_KIND_SQL = `CASE e.type WHEN ${termSql('ObjectEvent')} THEN 1
  WHEN ${termSql('TransformationEvent')} THEN 2 ELSE 0 END`;

type NamingRow = [
  ...[place: number, role: number, time: number, record: number, seq: number, kind: number],
  ...[action: number | null, destinations: string | null],
];

const COLUMNS = `m.role, m.time, e.record, m.seq, ${EVENT_KIND_SQL}, e.action,
  CASE WHEN instr(e.detail, '"destinations"') > 0 THEN e.detail ->> '$.destinations' END`;

/** Which events name a thing: its history, one range of the index. */
export class NamingReader {
  private readonly ofMany: Select<NamingRow>;
  private readonly ofOne: Select<NamingRow>;

  constructor(database: DatabaseSync) {
    this.ofMany = new Select(
      database,
      `SELECT j.key, ${COLUMNS} FROM json_each(?1) j
       CROSS JOIN mention m ON m.what = j.value AND m.role BETWEEN 0 AND ${THING_ROLE_MAX}
       CROSS JOIN event e ON e.seq = m.seq WHERE ${countsSql('?2')} LIMIT +?3`,
    );
    const arms = Array.from(
      { length: THING_ROLE_MAX + 1 },
      (_, role) => `SELECT role, time, seq FROM mention
        WHERE what = ?1 AND role = ${role} AND (time, seq) > (?3, ?4)`,
    );
    // each role is in order of time, so they are merged, and no more is read than is answered
    const merged = `${arms.join(' UNION ALL ')} ORDER BY time, seq LIMIT +?5`;
    this.ofOne = new Select(
      database,
      `SELECT ${countsSql('?2')}, ${COLUMNS} FROM (${merged}) m
       CROSS JOIN event e ON e.seq = m.seq ORDER BY m.time, m.seq, m.role`,
    );
  }

  /** Of many things, in order of place, role and time; `limit` at most: it may end inside a place. */
  many(things: readonly number[], upTo: number, limit: number): Naming[] {
    return this.ofMany.all(JSON.stringify(things), upTo, limit).map(decode);
  }

  /** All of one thing in order of event time, then position, in pages. */
  *one(thing: number, upTo: number, limit: number): Generator<Naming[]> {
    let [time, seq] = [Number.MIN_SAFE_INTEGER, -1];
    for (;;) {
      const rows = this.ofOne.all(thing, upTo, time, seq, limit);
      const last = rows[rows.length - 1];
      // an event may name it in several roles: its rows are not to be parted
      const whole = rows.length < limit ? rows : rows.filter((row) => row[4] !== last![4]);
      yield whole.filter(([counts]) => counts === 1).map(decodeOne);
      if (rows.length < limit) return;
      [, , time, , seq] = whole[whole.length - 1]!;
    }
  }
}

function decodeOne([, ...row]: NamingRow): Naming {
  return decode([0, ...row]);
}

function decode(row: NamingRow): Naming {
  const [place, role, time, record, seq, kind, action, destinations] = row;
  return { place, role, time, record, seq, type: EVENT_KINDS[kind]!, action, destinations };
}
