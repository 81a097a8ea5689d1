import type { DatabaseSync } from 'node:sqlite';
import { LEVELS_MAX } from '../containment/chain.js';
import { covers, ENDLESS } from '../containment/interval.js';
import { comparePositions } from '../containment/position.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import { listStretches, type Stretch } from '../containment/stretch.js';
import { parseItems } from '../event/event-item.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';
import { isInherited, itemRoleOf } from '../trace/inheritance.js';
import { MentionReader } from '../trace/mention-reader.js';
import type { HistoryEntry } from '../trace/trace-event.js';
import { counts } from '../trace/trace-event-reader.js';
import { ContainerCache } from './container-cache.js';
import type { EventCache } from './event-cache.js';
import type { OwnHistory } from './own-reader.js';

/** Own events and those of the containers, in order of position. */
export interface WholeHistory {
  entries: HistoryEntry[];
  /** All it was ever in, directly or not, and until when; ENDLESS for still. */
  containers: Map<number, number>;
}

/** Behind so many no further stay is looked at. */
const ENTRIES_MAX = 5_000;

/** What happened to an item's containers while it was in them. */
export class InheritedReader {
  private readonly containers: ContainerCache;
  private readonly mentions: MentionReader;
  private readonly terms: TermReader;
  private readonly itemsOf: Select<[named: string]>;

  constructor(
    database: DatabaseSync,
    private readonly events: EventCache,
  ) {
    const { intervals } = new SqliteContainmentStore(database, 'packing');
    this.containers = new ContainerCache(database, intervals);
    this.mentions = new MentionReader(database);
    this.terms = new TermReader(database);
    this.itemsOf = new Select(database, 'SELECT named FROM event_item WHERE seq = ?');
  }

  load({ item, entries }: OwnHistory): WholeHistory {
    const { stretches } = listStretches(this.containers, item, {}, LEVELS_MAX);
    const own = new Set(entries.map(({ event }) => event.seq));
    const all = [...entries];
    for (const stretch of stretches) {
      for (const entry of this.entriesIn(stretch)) {
        if (own.has(entry.event.seq)) continue;
        own.add(entry.event.seq);
        all.push(entry);
      }
      if (all.length > ENTRIES_MAX) break;
    }
    all.sort((a, b) => comparePositions(a.event, b.event));
    const containers = new Map<number, number>();
    for (const { container, to } of stretches) {
      const until = to?.time ?? ENDLESS;
      containers.set(container, Math.max(until, containers.get(container) ?? until));
    }
    return { entries: all, containers };
  }

  /** Whether the event names the container, in whatever role. */
  names(seq: number, container: string): boolean {
    const id = this.mentions.idOf(container);
    const [named] = this.itemsOf.get(seq) ?? ['[]'];
    return parseItems(named).some(([, ...ids]) => id !== undefined && ids.includes(id));
  }

  /** Forgets what it has read. */
  clear(): void {
    this.containers.clear();
  }

  private *entriesIn(stretch: Stretch): Generator<HistoryEntry> {
    const { container, level, from, to } = stretch;
    const span = { from: from.time, to: to?.time ?? Number.MAX_SAFE_INTEGER };
    const source = { kind: 'CONTAINER', epc: this.terms.textOf(container), level } as const;
    const mentions = this.containers.mentionsOf(container, span);
    const inside = mentions.filter(({ time }) => time >= span.from && time <= span.to);
    const events = this.events.load(inside.map(({ seq }) => seq));
    for (const { seq, role: mention } of inside) {
      const event = events.get(seq);
      if (!event || !counts(event) || !covers(stretch, event)) continue;
      const role = itemRoleOf(mention);
      if (isInherited(event, role)) yield { event, source, role };
    }
  }
}
