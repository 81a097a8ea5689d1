import type { DatabaseSync } from 'node:sqlite';
import { canonicalEpc } from '../../record/gs1/identifier.js';
import { ContainmentReader, type Moment } from '../containment/containment-reader.js';
import { comparePositions } from '../containment/position.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import type { Stretch, Stretches } from '../containment/stretch.js';
import { ITEM_ROLES, type ItemRole } from '../event/mention-role.js';
import { TermReader } from '../term.js';
import { AssociateReader } from './associate-reader.js';
import { dwellsOf } from './dwell.js';
import { byPosition, Gathering, type Reach } from './gathering.js';
import { INHERITED_MENTIONS, isInherited } from './inheritance.js';
import { MentionReader } from './mention-reader.js';
import { TraceEventReader, type StoredEvent } from './trace-event-reader.js';
import type { HistoryEntry } from './trace-event.js';

/** A container the item is in, from the innermost (level 1) outwards. */
export interface ChainLink {
  /** What is in it: the item, or the container one level below. */
  child: string;
  parent: string;
  level: number;
  /** Event time of the packing, ms, and its event. */
  since: number;
  seq: number;
}

/** What has happened to an item up to a moment, as far as was known then. */
export interface ItemHistory {
  /** Canonical. */
  epc: string;
  /** In the order of events: event time, record time, ledger position. An event is in it once, from the nearest source. */
  entries: HistoryEntry[];
  /** What it is in at that moment. */
  chain: ChainLink[];
  /** False when it goes on beyond the levels allowed. */
  isChainComplete: boolean;
  /** False when bounds were reached: there may be more entries, or more containers. */
  isComplete: boolean;
}

export const ENTRIES_MAX = 10_000;

/** Times in which something was associated with the item or what it was in; more than any real item has. */
const ASSOCIATES_MAX = 2_000;

/** As what an event names a logger or an asset whose sensors speak. */
const ASSOCIATE_ROLES = ['EPC', 'CHILD', 'PARENT'] as const satisfies ItemRole[];

/**
 * Histories of items: own events, those of containers while the item was in them, of sensors where it was and of things
 * associated with it (DOMAIN 2). Of a container, a place or a logger only the time that matters is read, however much
 * else has happened to it.
 */
export class ItemReader {
  private readonly mentions: MentionReader;
  private readonly events: TraceEventReader;
  private readonly packing: ContainmentReader;
  private readonly associates: AssociateReader;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    this.mentions = new MentionReader(database);
    this.events = new TraceEventReader(database);
    this.packing = new ContainmentReader(new SqliteContainmentStore(database, 'packing'));
    this.associates = new AssociateReader(database);
    this.terms = new TermReader(database);
  }

  /** The id of an EPC in any form, if any event names it. */
  itemOf(epc: string): number | undefined {
    return this.mentions.idOf(canonicalEpc(epc));
  }

  /**
   * Events up to and including `asOf`. Of an item nobody knows, empty and complete.
   *
   * @param entriesMax how many events are looked at; the newest of each source are
   * @throws AppError QUERY_TOO_COMPLEX (with knownAt)
   */
  history(epc: string, moment: Moment, entriesMax = ENTRIES_MAX): ItemHistory {
    const canonical = canonicalEpc(epc);
    const item = this.mentions.idOf(canonical);
    if (item === undefined) return emptyHistory(canonical);
    const gathering = new Gathering(this.mentions, this.events, moment, entriesMax);
    gathering.gather(item, ITEM_ROLES, { source: { kind: 'SELF' }, reach: {} });
    const { stretches, isComplete: hasAllContainers } = this.stretchesOf(item, moment);
    for (const stretch of stretches) this.gatherContainer(stretch, gathering);
    const hasAllAssociates = this.gatherAssociates(item, stretches, moment, gathering);
    const entries = gathering.entries();
    this.gatherPlaces(entries, gathering);
    const sensed = gathering.entries();
    const chain = this.packing.chainAt(item, moment);
    return {
      epc: canonical,
      entries: sensed.length > 0 ? [...entries, ...sensed].sort(byPosition) : entries,
      chain: chain.links.map(({ child, parent, from }, i) => ({
        child: this.terms.textOf(child),
        parent: this.terms.textOf(parent),
        level: i + 1,
        since: from.time,
        seq: from.seq,
      })),
      isChainComplete: chain.isComplete,
      isComplete: gathering.isComplete && hasAllContainers && hasAllAssociates && chain.isComplete,
    };
  }

  /** Level by level, the newest first: where bounds are reached, the oldest are missing. */
  private stretchesOf(item: number, { asOf, knownAt }: Moment): Stretches {
    const { stretches, isComplete } = this.packing.stretchesOf(item, { to: asOf + 1 }, knownAt);
    const isBefore = (a: Stretch, b: Stretch) =>
      a.level - b.level || comparePositions(b.from, a.from);
    return { stretches: [...stretches].sort(isBefore), isComplete };
  }

  private gatherContainer({ container, level, from, to }: Stretch, gathering: Gathering): void {
    const source = { kind: 'CONTAINER', epc: this.terms.textOf(container), level } as const;
    gathering.gather(container, INHERITED_MENTIONS, {
      source,
      reach: { from, to },
      isMeant: isInherited,
    });
  }

  /** Of the item and of all it was in. @returns whether these are all */
  private gatherAssociates(
    item: number,
    stretches: readonly Stretch[],
    moment: Moment,
    gathering: Gathering,
  ): boolean {
    let left = ASSOCIATES_MAX;
    for (const [thing, reaches] of reachesOf(item, stretches)) {
      const found = this.associates.associatesOf(thing, reaches, moment, left);
      left -= found.associates.length;
      for (const { id, reach } of found.associates) {
        const source = { kind: 'ASSOCIATION', epc: this.terms.textOf(id) } as const;
        gathering.gather(id, ASSOCIATE_ROLES, { source, reach, isMeant: hasSensors });
      }
      if (!found.isComplete) return false;
    }
    return true;
  }

  private gatherPlaces(entries: readonly HistoryEntry[], gathering: Gathering): void {
    for (const { place, from, to } of dwellsOf(entries)) {
      const id = this.mentions.idOf(place);
      if (id === undefined) continue;
      const source = { kind: 'LOCATION_SENSOR', place } as const;
      gathering.gather(id, ['SENSOR_PLACE'], { source, reach: { from, to } });
    }
  }
}

/** Things whose associates' sensors speak of the item, and while they do; the nearest first. */
function reachesOf(item: number, stretches: readonly Stretch[]): Map<number, Reach[]> {
  const reaches = new Map<number, Reach[]>([[item, [{}]]]);
  for (const { container, from, to } of stretches) {
    const others = reaches.get(container);
    if (others) others.push({ from, to });
    else reaches.set(container, [{ from, to }]);
  }
  return reaches;
}

function hasSensors({ sensors }: StoredEvent): boolean {
  return sensors !== undefined && sensors.length > 0;
}

function emptyHistory(epc: string): ItemHistory {
  return { epc, entries: [], chain: [], isChainComplete: true, isComplete: true };
}
