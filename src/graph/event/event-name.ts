import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Select } from '../select.js';

/** What is known under one eventID of one author. */
interface Known {
  first: number | null;
  declared: number | null;
}

/** What an event counts for, by its name. */
export interface Standing {
  /** Position from which it does not count, if any. */
  voided?: number;
  /** The same author has captured an event of that name before: this one counts for nothing. */
  isRepeat: boolean;
}

/**
 * One author's eventIDs. An error declaration voids the event of its name from its own position on, and an event that comes
 * after its declaration from the start.
 */
export class EventNames {
  private readonly find: Select<[first: number | null, declared: number | null]>;
  private readonly save: StatementSync;

  constructor(database: DatabaseSync) {
    this.find = new Select(
      database,
      'SELECT first, declared FROM event_name WHERE event = ? AND author = ?',
    );
    this.save = database.prepare('INSERT OR REPLACE INTO event_name VALUES (?, ?, ?, ?)');
  }

  /** @param replaces position of the version of the same record that this event replaces */
  claim(event: number, author: number, seq: number, replaces?: number): Standing {
    const { first, declared } = this.of(event, author);
    if (first !== null && first !== replaces) return { isRepeat: true };
    this.save.run(event, author, seq, declared);
    return { isRepeat: false, ...(declared !== null && { voided: declared }) };
  }

  /** @returns the event that no longer counts, if it is there */
  declare(event: number, author: number, seq: number): number | undefined {
    const { first, declared } = this.of(event, author);
    if (declared !== null) return undefined;
    this.save.run(event, author, first, seq);
    return first ?? undefined;
  }

  private of(event: number, author: number): Known {
    const [first, declared] = this.find.get(event, author) ?? [null, null];
    return { first, declared };
  }
}
