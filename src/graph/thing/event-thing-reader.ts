import type { DatabaseSync } from 'node:sqlite';
import { parseItems } from '../event/event-item.js';
import type { ScanMoment } from '../edge/edge-scan.js';
import { Select } from '../select.js';
import { countsSql } from './known-sql.js';
import { EVENT_KIND_SQL, EVENT_KINDS, type EventKind } from './naming-reader.js';

/** Lists read at once, in bytes: those of one event whatever their length, of more than one while they fit. */
const BYTES_AT_ONCE = 256 * 1024;

/** A thing an event names, and as what. */
export interface NamedThing {
  id: number;
  role: number;
}

/** An event that counts, with what it names. */
export interface NamingEvent {
  place: number;
  seq: number;
  /** ms */
  time: number;
  type: EventKind;
  action: number | null;
  things: NamedThing[];
}

type HeadRow = [
  ...[place: number, seq: number, time: number, kind: number, action: number | null],
  bytes: number,
];
type ListRow = [place: number, named: string, classes: string | null];

/** What events name. */
export class EventThingReader {
  private readonly heads: Select<HeadRow>;
  private readonly lists: Select<ListRow>;

  constructor(database: DatabaseSync) {
    this.heads = new Select(
      database,
      `SELECT j.key, e.seq, e.time, ${EVENT_KIND_SQL}, e.action,
         octet_length(i.named) + coalesce(octet_length(i.classes), 0)
       FROM json_each(?1) j CROSS JOIN event e ON e.seq = j.value
       CROSS JOIN event_item i ON i.seq = e.seq
       WHERE ${countsSql('?2')} AND e.time <= ?3`,
    );
    this.lists = new Select(
      database,
      `SELECT j.key, i.named, i.classes
       FROM json_each(?) j CROSS JOIN event_item i ON i.seq = j.value`,
    );
  }

  /**
   * Those of the events that count; others are passed over.
   *
   * @returns `done`: how many of `seqs` are answered; one at least
   */
  read(
    seqs: readonly number[],
    { upTo, asOf = Number.MAX_SAFE_INTEGER }: ScanMoment,
  ): { events: NamingEvent[]; done: number } {
    const heads = this.heads.all(JSON.stringify(seqs), upTo, asOf);
    const read: HeadRow[] = [];
    let bytes = 0;
    for (const head of heads) {
      bytes += head[5];
      if (read.length > 0 && bytes > BYTES_AT_ONCE) break;
      read.push(head);
    }
    const done = read.length < heads.length ? heads[read.length]![0] : seqs.length;
    return { events: this.withThings(read), done };
  }

  private withThings(heads: readonly HeadRow[]): NamingEvent[] {
    if (heads.length === 0) return [];
    const lists = this.lists.all(JSON.stringify(heads.map(([, seq]) => seq)));
    return lists.map(([at, named, classes]) => {
      const [place, seq, time, kind, action] = heads[at]!;
      const things = listThings(named).concat(classes === null ? [] : listThings(classes));
      return { place, seq, time, type: EVENT_KINDS[kind]!, action, things };
    });
  }
}

function listThings(text: string): NamedThing[] {
  return parseItems(text).flatMap(([role, ...ids]) => ids.map((id) => ({ id, role })));
}
