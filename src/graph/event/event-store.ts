import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { EpcisAction, EventFacts } from '../../record/epcis/fact/event-fact.js';
import { classOfInstance } from '../../record/gs1/class.js';
import { BulkInsert } from '../bulk-insert.js';
import type { Change, NewVersion } from '../change.js';
import type { Position } from '../containment/position.js';
import { Select } from '../select.js';
import type { TermWriter } from '../term.js';
import { THING_PATHS } from '../thing/thing-path.js';
import { formatDetail } from './event-detail.js';
import { MentionFormatter } from './event-mention.js';
import { EventNames } from './event-name.js';
import { listClasses, listItems, parseItems, type NamedItems } from './event-item.js';
import { encodeRole, type MentionRole } from './mention-role.js';
import { MovementFeed } from './movement-feed.js';
import { UnitTable } from './unit-table.js';

/** Position is the stored code. */
export const ACTIONS: readonly EpcisAction[] = ['ADD', 'OBSERVE', 'DELETE'];

/** What `event.voids` says. */
const COUNTS = 0;
const DECLARES = 1;
const REPEATS = 2;

/** What a run of events changed; for whoever derives more from it. */
export interface EventNotes {
  /** Items named by the events, or by events that count no longer, with the earliest event time among these, ms. */
  items: Map<number, number>;
  /** Items whose containers or associations are others now. */
  moved: Set<number>;
  /** Events that count no longer. */
  voided: Set<number>;
}

/** Roles the vocabulary in use is listed by. */
const LISTED: ReadonlySet<MentionRole> = new Set([
  'TYPE',
  'BIZ_STEP',
  'DISPOSITION',
  'READ_POINT',
  'BIZ_LOCATION',
]);
const LISTED_CODES = new Set([...LISTED].map(encodeRole));
const ITEM_CODE_MAX = encodeRole('OUTPUT');

/** Writes what EPCIS events tell, inside the caller's transaction. */
export class EventStore {
  private readonly names: EventNames;
  private readonly formatter: MentionFormatter;
  private readonly feed: MovementFeed;
  private readonly units: UnitTable;
  private readonly insert: Record<
    'event' | 'event_item' | 'mention' | 'measure' | 'known',
    BulkInsert
  >;
  private readonly markVoid: StatementSync;
  private readonly itemsOf: Select<[named: string, time: number]>;
  private rows: Record<'event' | 'event_item' | 'mention' | 'measure', SQLInputValue[]>;
  /** Events that this run declares erroneous. */
  private declared: { seq: number; by: number }[] = [];
  private notes: EventNotes;

  constructor(
    database: DatabaseSync,
    private readonly terms: TermWriter,
  ) {
    this.names = new EventNames(database);
    this.formatter = new MentionFormatter(terms, classOfInstance);
    this.feed = new MovementFeed(database);
    this.units = new UnitTable(database, terms);
    this.insert = {
      event: new BulkInsert(database, 'event', 16),
      event_item: new BulkInsert(database, 'event_item', 3),
      mention: new BulkInsert(database, 'mention', 4),
      measure: new BulkInsert(database, 'measure', 4),
      known: new BulkInsert(database, 'known', 2),
    };
    this.markVoid = database.prepare(
      'UPDATE event SET voided = min(?, coalesce(voided, ?)) WHERE seq = ?',
    );
    this.itemsOf = new Select(
      database,
      'SELECT i.named, e.time FROM event_item i JOIN event e ON e.seq = i.seq WHERE i.seq = ?',
    );
    this.rows = emptyRows();
    this.notes = emptyNotes();
  }

  /** The events among these versions, in ledger order. */
  write({ versions, superseded }: Pick<Change, 'versions' | 'superseded'>): EventNotes {
    const replaced = new Map(superseded.map(({ seq, by }) => [by, seq]));
    for (const { row, until } of versions) {
      if (until !== undefined && until !== row.seq) replaced.set(until, row.seq);
    }
    for (const version of versions) this.add(version, replaced.get(version.row.seq));
    const voided = [...replaced].map(([by, seq]) => ({ seq, by }));
    return this.flush(voided);
  }

  /** After a rollback. */
  forget(): void {
    this.rows = emptyRows();
    this.notes = emptyNotes();
    this.declared = [];
    this.feed.clear();
    this.units.clear();
  }

  private add({ row, extract, until }: NewVersion, replaces: number | undefined): void {
    const { event: facts, occurredAt: time } = extract ?? {};
    if (row.class !== 'epcis.event' || !extract || !facts || time === undefined) return;
    const { type, id } = extract;
    const { terms, rows } = this;
    const eventId = id === undefined ? undefined : terms.idOf(id);
    const author = terms.idOf(row.author);
    const position = { time, recordTime: facts.recordTime ?? row.at, seq: row.seq };
    // a claim to a version there is already never counts, and claims no name
    const isLost = until === row.seq;
    const standing = isLost
      ? { voids: facts.error ? DECLARES : COUNTS, voided: until }
      : this.standingOf({ eventId, author, seq: row.seq, facts, replaces });
    const { voided } = standing;
    const { action, bizStep, disposition, readPoint, bizLocation, parent } = facts;
    rows.event.push(
      ...[row.seq, time, position.recordTime, row.at, terms.idOf(type)],
      action === undefined ? null : ACTIONS.indexOf(action),
      ...[bizStep, disposition, readPoint, bizLocation, parent].map((text) => this.idOrNull(text)),
      ...[eventId ?? null, author, voided ?? null, standing.voids, formatDetail(facts)],
    );
    this.mention(type, id, facts, position);
    this.noteItems(position, facts);
    if (standing.voids !== COUNTS || voided !== undefined) return;
    this.feed.add({ type, facts, position, idOf: (text) => terms.idOf(text) });
    this.units.add(type, facts, position);
  }

  private standingOf(event: {
    eventId: number | undefined;
    author: number;
    seq: number;
    facts: EventFacts;
    replaces: number | undefined;
  }): { voids: number; voided?: number } {
    const { eventId, author, seq, facts, replaces } = event;
    if (facts.error) {
      const erroneous =
        eventId === undefined ? undefined : this.names.declare(eventId, author, seq);
      if (erroneous !== undefined) this.declared.push({ seq: erroneous, by: seq });
      return { voids: DECLARES };
    }
    if (eventId === undefined) return { voids: COUNTS };
    const { isRepeat, voided } = this.names.claim(eventId, author, seq, replaces);
    return { voids: isRepeat ? REPEATS : COUNTS, ...(voided !== undefined && { voided }) };
  }

  private mention(
    type: string,
    id: string | undefined,
    facts: EventFacts,
    position: Position,
  ): void {
    const { time, seq } = position;
    const { mentions, measures } = this.formatter.format(type, id, facts);
    for (let i = 0; i < mentions.length; i += 2) {
      this.rows.mention.push(mentions[i]!, mentions[i + 1]!, time, seq);
    }
    for (let i = 0; i < measures.length; i += 2) {
      this.rows.measure.push(measures[i]!, measures[i + 1]!, time, seq);
    }
  }

  private noteItems({ seq, time }: Position, facts: EventFacts): void {
    const items = listItems(facts, this.terms);
    const classes = listClasses(facts, this.terms);
    if (items.length === 0 && classes.length === 0) return;
    const classText = classes.length === 0 ? null : JSON.stringify(classes);
    this.rows.event_item.push(seq, JSON.stringify(items), classText);
    this.touch(items, time);
  }

  private touch(items: NamedItems, time: number): void {
    const noted = this.notes.items;
    for (const [, ...ids] of items) {
      for (const id of ids) noted.set(id, Math.min(noted.get(id) ?? time, time));
    }
  }

  private flush(replaced: { seq: number; by: number }[]): EventNotes {
    const { insert, rows } = this;
    if (rows.event.length > 0) for (const path of THING_PATHS) this.terms.idOf(path);
    insert.event.run(rows.event);
    insert.event_item.run(rows.event_item);
    insert.mention.run(rows.mention);
    insert.measure.run(rows.measure);
    insert.known.run(knownIn(rows.mention as number[]));
    this.units.flush();
    for (const { seq, by } of [...replaced, ...this.declared]) this.void(seq, by);
    for (const item of this.feed.flush()) this.notes.moved.add(item);
    const { notes } = this;
    this.forget();
    return notes;
  }

  private void(seq: number, by: number): void {
    if (Number(this.markVoid.run(by, by, seq).changes) === 0) return;
    this.notes.voided.add(seq);
    this.feed.void(seq, by);
    const named = this.itemsOf.get(seq);
    if (named) this.touch(parseItems(named[0]), named[1]);
  }

  private idOrNull(text: string | undefined): number | null {
    return text === undefined ? null : this.terms.idOf(text);
  }
}

/** Pairs of role and thing for the lists of what is in use. */
function knownIn(mentions: readonly number[]): number[] {
  const known: number[] = [];
  const seen = new Set<number>();
  for (let i = 0; i < mentions.length; i += 4) {
    const [what, code] = [mentions[i]!, mentions[i + 1]!];
    const isItem = code <= ITEM_CODE_MAX;
    if (!isItem && !LISTED_CODES.has(code)) continue;
    const role = isItem ? 0 : code;
    const key = what * 64 + role;
    if (seen.has(key)) continue;
    seen.add(key);
    known.push(role, what);
  }
  return known;
}

function emptyRows(): Record<'event' | 'event_item' | 'mention' | 'measure', SQLInputValue[]> {
  return { event: [], event_item: [], mention: [], measure: [] };
}

function emptyNotes(): EventNotes {
  return { items: new Map(), moved: new Set(), voided: new Set() };
}
