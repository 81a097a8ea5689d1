import type { DatabaseSync } from 'node:sqlite';
import { classOfInstance } from '../../record/gs1/class.js';
import { comparePositions } from '../containment/position.js';
import { encodeRole, ITEM_ROLES, type ItemRole } from '../event/mention-role.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { MentionReader } from '../trace/mention-reader.js';
import type { HistoryEntry } from '../trace/trace-event.js';
import { counts, type StoredEvent } from '../trace/trace-event-reader.js';
import type { EventCache } from './event-cache.js';

/** An item and the events that name it. */
export interface OwnHistory {
  item: number;
  epc: string;
  /** Class of an instance. */
  gtin?: { id: number; text: string };
  /** Those that count, in order of position; each event once. */
  entries: HistoryEntry[];
  /** Those that do not. */
  others: HistoryEntry[];
}

/** Of a thing with more events (a lorry, a tote) the newest are looked at, and how it came into being. */
export const OWN_ENTRIES_MAX = 1_000;

/** Of a thing that came into being more often, so many of them by ledger position. */
const BEGINNINGS_MAX = 100;

/** Mentions held at once. */
const HELD_MAX = 2_000;

/** An event may name an item in several roles; what it is about weighs most. */
const PREFERRED: readonly ItemRole[] = ['EPC', 'OUTPUT', 'PARENT', 'CHILD', 'INPUT'];
const RANKS = ITEM_ROLES.map((role) => PREFERRED.indexOf(role));
const BEGINNING_ROLES = (['EPC', 'OUTPUT'] satisfies ItemRole[]).map(encodeRole);
const SELF = { kind: 'SELF' } as const;
const EVER = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** Reads the own events of many items at once. */
export class OwnReader {
  private readonly mentions: Select<[role: number, seq: number]>;
  private readonly beginnings: Select<[role: number, seq: number]>;
  private readonly newest: MentionReader;
  private readonly terms: TermReader;
  /** Items of one event in one role share the entry. */
  private readonly shared = new Map<StoredEvent, HistoryEntry[]>();

  constructor(
    database: DatabaseSync,
    private readonly events: EventCache,
  ) {
    this.mentions = new Select(
      database,
      `SELECT role, seq FROM mention WHERE what = ? AND role <= ${encodeRole('OUTPUT')}
       LIMIT ${OWN_ENTRIES_MAX + 1}`,
    );
    this.beginnings = new Select(
      database,
      `SELECT m.role, m.seq FROM unit u CROSS JOIN mention m
         ON m.what = u.item AND m.role IN (${BEGINNING_ROLES.join()}) AND m.time = u.time AND m.seq = u.seq
       WHERE u.item = ? ORDER BY u.seq LIMIT ${BEGINNINGS_MAX}`,
    );
    this.newest = new MentionReader(database);
    this.terms = new TermReader(database);
  }

  /** Of as many of the first of these items as may be held in memory; at least of one. */
  load(items: readonly number[]): OwnHistory[] {
    const named: Map<number, number>[] = [];
    for (let i = 0, held = 0; i < items.length && held < HELD_MAX; i++) {
      named.push(this.rolesOf(items[i]!));
      held += named[i]!.size;
    }
    const seqs = named.flatMap((roles) => [...roles.keys()]);
    const events = this.events.load(seqs);
    this.shared.clear();
    return named.map((roles, i) => this.format(items[i]!, roles, events));
  }

  private rolesOf(item: number): Map<number, number> {
    const rows = this.mentions.all(item);
    const roles = new Map<number, number>();
    const isMany = rows.length > OWN_ENTRIES_MAX;
    for (const [role, seq] of isMany ? this.newestOf(item) : rows) {
      const former = roles.get(seq);
      if (former === undefined || RANKS[role]! < RANKS[former]!) roles.set(seq, role);
    }
    return roles;
  }

  private newestOf(item: number): [role: number, seq: number][] {
    const found = this.newest.list(item, ITEM_ROLES, EVER, OWN_ENTRIES_MAX);
    const newest = found.map(({ role, seq }): [number, number] => [encodeRole(role), seq]);
    return [...newest, ...this.beginnings.all(item)];
  }

  private format(
    item: number,
    roles: ReadonlyMap<number, number>,
    events: ReadonlyMap<number, StoredEvent>,
  ): OwnHistory {
    const epc = this.terms.textOf(item);
    const entries: HistoryEntry[] = [];
    const others: HistoryEntry[] = [];
    for (const [seq, role] of roles) {
      const event = events.get(seq);
      if (event) (counts(event) ? entries : others).push(this.entryOf(event, role));
    }
    entries.sort((a, b) => comparePositions(a.event, b.event));
    const text = classOfInstance(epc);
    const id = text === undefined ? undefined : this.newest.idOf(text);
    return {
      item,
      epc,
      ...(text !== undefined && id !== undefined && { gtin: { id, text } }),
      entries,
      others,
    };
  }

  private entryOf(event: StoredEvent, role: number): HistoryEntry {
    let entries = this.shared.get(event);
    if (!entries) this.shared.set(event, (entries = []));
    return (entries[role] ??= { event, source: SELF, role: ITEM_ROLES[role]! });
  }
}
