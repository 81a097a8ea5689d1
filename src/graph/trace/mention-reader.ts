import type { DatabaseSync } from 'node:sqlite';
import { encodeRole, type MentionRole } from '../event/mention-role.js';
import { Select } from '../select.js';

/** Event times in ms, both ends included. */
export interface TimeSpan {
  from: number;
  to: number;
}

export interface Mention<Role> {
  seq: number;
  /** Event time, ms. */
  time: number;
  role: Role;
}

/** Which events name a thing, within a span of time: one range of the index for each role. */
export class MentionReader {
  private readonly newest: Select<[time: number, seq: number]>;
  private readonly termOf: Select<[id: number]>;

  constructor(database: DatabaseSync) {
    this.newest = new Select(
      database,
      `SELECT time, seq FROM mention
       WHERE what = ? AND role = ? AND time BETWEEN ? AND ? AND seq < ?
       ORDER BY time DESC, seq DESC LIMIT +?`,
    );
    this.termOf = new Select(database, 'SELECT id FROM term WHERE text = ?');
  }

  /** The id of a text, if anything names it. */
  idOf(text: string): number | undefined {
    return this.termOf.get(text)?.[0];
  }

  /** The newest of all roles by event time, newest first. */
  list<Role extends MentionRole>(
    what: number,
    roles: readonly Role[],
    { from, to }: TimeSpan,
    limit: number,
    knownAt = Number.MAX_SAFE_INTEGER,
  ): Mention<Role>[] {
    const found = roles.flatMap((role) =>
      this.newest
        .all(what, encodeRole(role), from, to, knownAt, limit)
        .map(([time, seq]) => ({ seq, time, role })),
    );
    return found.sort((a, b) => b.time - a.time || b.seq - a.seq).slice(0, limit);
  }
}
