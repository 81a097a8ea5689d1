import type { Moment } from '../containment/containment-reader.js';
import { covers } from '../containment/interval.js';
import { BEFORE_ALL, comparePositions, type Position } from '../containment/position.js';
import type { ItemRole, MentionRole } from '../event/mention-role.js';
import { positionOf } from './dwell.js';
import type { MentionReader } from './mention-reader.js';
import {
  counts,
  DetailBudget,
  type StoredEvent,
  type TraceEventReader,
} from './trace-event-reader.js';
import type { HistoryEntry, HistorySource } from './trace-event.js';

/** Positions, half-open; a side left out is open. */
export interface Reach {
  from?: Position;
  to?: Position;
}

/** Why events that name a thing belong to the history. */
export interface Claim {
  source: HistorySource;
  reach: Reach;
  /** All that names it there, when left out. */
  isMeant?: (event: StoredEvent, role: ItemRole) => boolean;
}

/** Roles other than those of items, and what they come to in a history. */
const AS_ITEM: Partial<Record<MentionRole, ItemRole>> = {
  TRANSACTION_PARENT: 'PARENT',
  // a sensor of a place names no item at all
  SENSOR_PLACE: 'EPC',
};

/** Of the details of all events, in characters; in memory they take some times as much. */
const DETAIL_MAX = 16 * 1024 * 1024;

interface Candidate {
  role: ItemRole;
  claim: Claim;
}

/**
 * Collects an item's history source by source, the nearest first: an event that several sources bring belongs to the
 * first that has a claim to it. Keeps count of the events looked at.
 */
export class Gathering {
  /** False when there was more than may be looked at. */
  isComplete = true;
  private readonly candidates = new Map<number, Candidate[]>();
  private readonly given = new Set<number>();
  private readonly budget = new DetailBudget(DETAIL_MAX);

  constructor(
    private readonly mentions: MentionReader,
    private readonly events: TraceEventReader,
    private readonly moment: Moment,
    private left: number,
  ) {}

  /** The events that name a thing in these roles. */
  gather(what: number, roles: readonly MentionRole[], claim: Claim): void {
    const { asOf, knownAt } = this.moment;
    const { from = BEFORE_ALL, to } = claim.reach;
    const span = { from: from.time, to: Math.min(to?.time ?? asOf, asOf) };
    const found = this.mentions.list(what, roles, span, this.left + 1, knownAt);
    if (found.length > this.left) {
      this.isComplete = false;
      found.length = this.left;
    }
    this.left -= found.length;
    for (const { seq, role } of found) {
      const candidate = { role: AS_ITEM[role] ?? (role as ItemRole), claim };
      const others = this.candidates.get(seq);
      if (others) others.push(candidate);
      else this.candidates.set(seq, [candidate]);
    }
  }

  /** What has been gathered since the last call and counts, in the order of events. */
  entries(): HistoryEntry[] {
    const seqs = [...this.candidates.keys()];
    const events = this.events.events(seqs, this.moment.knownAt, this.budget);
    this.isComplete &&= !this.budget.isSpent;
    const entries: HistoryEntry[] = [];
    for (const [seq, candidates] of this.candidates) {
      const event = events.get(seq);
      if (!event || !counts(event) || this.given.has(seq)) continue;
      const meant = candidates.find((candidate) => isClaimed(event, candidate));
      if (!meant) continue;
      this.given.add(seq);
      entries.push({ event, source: meant.claim.source, role: meant.role });
    }
    this.candidates.clear();
    return entries.sort(byPosition);
  }
}

export function byPosition(a: HistoryEntry, b: HistoryEntry): number {
  return comparePositions(positionOf(a.event), positionOf(b.event));
}

function isClaimed(event: StoredEvent, { role, claim }: Candidate): boolean {
  const { reach, isMeant } = claim;
  const isWithin = covers({ from: reach.from ?? BEFORE_ALL, to: reach.to }, positionOf(event));
  return isWithin && (!isMeant || isMeant(event, role));
}
