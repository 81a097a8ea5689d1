import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BulkInsert } from '../bulk-insert.js';
import { Select } from '../select.js';
import type { Space } from './containment-schema.js';
import type { MovementStore } from './containment-store.js';
import {
  namedBy,
  sweptBy,
  touchOf,
  type Movement,
  type StoredMovement,
  type Touch,
  type Voiding,
} from './movement.js';
import type { Position } from './position.js';

/** Stored codes of touch.kind (the index on touch counts on ADD being 0) and movement.kind: add at the end. */
const TOUCH_KINDS = ['ADD', 'DELETE', 'OBSERVE', 'CONSUME', 'SWEEP'] as const;
const MOVEMENT_KINDS = ['ADD', 'DELETE', 'OBSERVE', 'CONSUME', 'END'] as const;

type MovementRow = [
  ...[seq: number, time: number, record: number, kind: number, parent: number | null],
  ...[voided: number | null, children: string],
];
type TouchRow = [
  ...[time: number, record: number, seq: number, kind: number],
  ...[parent: number | null, voided: number | null],
];
type PositionRow = [time: number, record: number, seq: number];
type SweepRow = [...PositionRow, voided: number | null];

const TOUCH = 'time, record, seq, kind, parent, voided';
const IN_ORDER = 'ORDER BY time, record, seq';

/** The captured movements in SQLite. */
export class MovementTable implements MovementStore {
  private readonly insert: Record<'movement' | 'touch' | 'sweep' | 'voiding', BulkInsert>;
  private readonly run: Record<'movement' | 'touch' | 'sweep', StatementSync>;
  private readonly ends: Select<[movement: number | null, voiding: number | null]>;
  private readonly bySeq: Select<MovementRow>;
  private readonly known: Select<[1]>;
  private readonly voiding: Select<[seq: number | null]>;
  private readonly unpacked: Select<[parent: number, ...PositionRow]>;
  private readonly at: Select<TouchRow>;
  private readonly next: Select<TouchRow>;
  private readonly touches: Select<TouchRow>;
  private readonly added: Select<[child: number]>;
  private readonly nextEmptying: Select<PositionRow>;
  private readonly emptyings: Select<SweepRow>;

  constructor(database: DatabaseSync, space: Space) {
    const select = <Row extends (string | number | null)[]>(sql: string) =>
      new Select<Row>(database, sql.replaceAll('$', `${space}_`));
    const update = (sql: string) => database.prepare(sql.replaceAll('$', `${space}_`));
    this.insert = {
      movement: new BulkInsert(database, `${space}_movement`, 8),
      touch: new BulkInsert(database, `${space}_touch`, 7),
      sweep: new BulkInsert(database, `${space}_sweep`, 5),
      voiding: new BulkInsert(database, `${space}_voiding`, 2),
    };
    const there = '(SELECT value FROM json_each(?)) AND time = ? AND record = ? AND seq = ?';
    this.run = {
      movement: update('UPDATE $movement SET voided = ? WHERE seq = ?'),
      touch: update(`UPDATE $touch SET voided = ? WHERE child IN ${there}`),
      sweep: update(`UPDATE $sweep SET voided = ? WHERE parent IN ${there}`),
    };
    this.ends = select('SELECT (SELECT max(seq) FROM $movement), (SELECT max(seq) FROM $voiding)');
    this.bySeq = select(
      'SELECT seq, time, record, kind, parent, voided, children FROM $movement WHERE seq = ?',
    );
    this.known = select('SELECT 1 FROM $movement WHERE seq = ?');
    this.voiding = select('SELECT min(seq) FROM $voiding WHERE voids = ?');
    this.unpacked = select(
      `SELECT parent, time, record, seq FROM $movement
       WHERE seq = ? AND kind = ${MOVEMENT_KINDS.indexOf('DELETE')} AND voided IS NULL AND children = '[]'`,
    );
    this.at = select(
      `SELECT ${TOUCH} FROM $touch
       WHERE child = ? AND time = ? AND record = ? AND seq = ? AND voided IS NULL`,
    );
    this.next = select(
      `SELECT ${TOUCH} FROM $touch
       WHERE child = ? AND (time, record, seq) > (?, ?, ?) AND voided IS NULL ${IN_ORDER} LIMIT 1`,
    );
    this.touches = select(`SELECT ${TOUCH} FROM $touch WHERE child = ? ${IN_ORDER} LIMIT +?`);
    this.added = select(
      `SELECT DISTINCT child FROM $touch WHERE kind = 0 AND parent = ? AND child >= ?
       ORDER BY child LIMIT +?`,
    );
    this.nextEmptying = select(
      `SELECT time, record, seq FROM $sweep
       WHERE parent = ? AND (time, record, seq) > (?, ?, ?) AND voided IS NULL ${IN_ORDER} LIMIT 1`,
    );
    this.emptyings = select(
      `SELECT time, record, seq, voided FROM $sweep WHERE parent = ? ${IN_ORDER} LIMIT +?`,
    );
  }

  head(): number {
    const [movement, voiding] = this.ends.get()!;
    return Math.max(movement ?? -1, voiding ?? -1) + 1;
  }

  put(movement: Movement, voidedAt: number | null = null): void {
    const { seq, eventTime, recordTime, kind, parent = null } = movement;
    const code = MOVEMENT_KINDS.indexOf(kind);
    const children = JSON.stringify(movement.children);
    this.insert.movement.run([
      ...[seq, eventTime, recordTime, code, parent, voidedAt, children, null],
    ]);
    const touch = TOUCH_KINDS.indexOf(touchOf(movement).kind);
    const touches: SQLInputValue[] = [];
    for (const child of namedBy(movement)) {
      touches.push(child, eventTime, recordTime, seq, touch, parent, voidedAt);
    }
    this.insert.touch.run(touches);
    const sweeps: SQLInputValue[] = [];
    for (const swept of sweptBy(movement)) {
      sweeps.push(swept, eventTime, recordTime, seq, voidedAt);
    }
    this.insert.sweep.run(sweeps);
  }

  get(seq: number): StoredMovement | undefined {
    const row = this.bySeq.get(seq);
    return row && decodeMovement(row);
  }

  has(seq: number): boolean {
    return this.known.get(seq) !== undefined;
  }

  void(movement: Movement, voidedAt: number): void {
    const { seq, eventTime, recordTime } = movement;
    const at = [eventTime, recordTime, seq];
    this.run.movement.run(voidedAt, seq);
    this.run.touch.run(voidedAt, JSON.stringify(namedBy(movement)), ...at);
    this.run.sweep.run(voidedAt, JSON.stringify(sweptBy(movement)), ...at);
  }

  putVoiding({ seq, voids }: Voiding): void {
    this.insert.voiding.run([voids, seq]);
  }

  voidingOf(seq: number): number | undefined {
    return this.voiding.get(seq)![0] ?? undefined;
  }

  unpackedBy(seq: number): { parent: number; position: Position } | undefined {
    const row = this.unpacked.get(seq);
    if (!row) return undefined;
    const [parent, ...position] = row;
    return { parent, position: decodePosition(position) };
  }

  touchAt(child: number, { time, recordTime, seq }: Position): Touch | undefined {
    const row = this.at.get(child, time, recordTime, seq);
    return row && decodeTouch(row);
  }

  nextTouch(child: number, { time, recordTime, seq }: Position): Touch | undefined {
    const row = this.next.get(child, time, recordTime, seq);
    return row && decodeTouch(row);
  }

  touchesOf(child: number, limit: number): Touch[] {
    return this.touches.all(child, limit).map(decodeTouch);
  }

  everAddedTo(parent: number, fromChild: number, limit: number): number[] {
    return this.added.all(parent, fromChild, limit).map(([child]) => child);
  }

  nextSweep(parent: number, { time, recordTime, seq }: Position): Position | undefined {
    const row = this.nextEmptying.get(parent, time, recordTime, seq);
    return row && decodePosition(row);
  }

  sweepsOf(parent: number, limit: number): Touch[] {
    return this.emptyings.all(parent, limit).map(([time, record, seq, voided]) => ({
      position: decodePosition([time, record, seq]),
      kind: 'SWEEP',
      parent,
      voidedAt: voided ?? undefined,
    }));
  }
}

export function decodePosition([time, recordTime, seq]: PositionRow): Position {
  return { time, recordTime, seq };
}

function decodeTouch([time, record, seq, kind, parent, voided]: TouchRow): Touch {
  return {
    position: { time, recordTime: record, seq },
    kind: TOUCH_KINDS[kind]!,
    parent: parent ?? undefined,
    voidedAt: voided ?? undefined,
  };
}

function decodeMovement(row: MovementRow): StoredMovement {
  const [seq, time, record, kind, parent, voided, children] = row;
  return {
    seq,
    eventTime: time,
    recordTime: record,
    kind: MOVEMENT_KINDS[kind]!,
    parent: parent ?? undefined,
    voidedAt: voided ?? undefined,
    children: JSON.parse(children) as number[],
  } as StoredMovement;
}
