import { CustodyFold } from './custody-fold.js';
import { ownersOf } from './party.js';
import { isReturn, passageOf, type Passage } from './passage.js';
import { siteOf } from './site.js';
import type { HistoryEntry, TraceEvent } from './trace-event.js';

export type ItemStatus =
  'AT_SITE' | 'IN_TRANSIT' | 'DISPENSED' | 'DESTROYED' | 'DECOMMISSIONED' | 'CONSUMED' | 'UNKNOWN';

/** What a history comes to. */
export interface ItemState {
  status: ItemStatus;
  /** Of the newest event that says so; terms are full URIs. */
  bizStep?: string;
  disposition?: string;
  /** Set and not unset since, each with the event that set it. */
  persistent: { disposition: string; seq: number }[];
  /** Where it was seen last. */
  readPoint?: string;
  /** Where it is until something else is said; nothing while it is under way. */
  bizLocation?: string;
  /** The site of the place it was last at (GLN without extension): while under way, the one it left. */
  site?: string;
  /** A party, or the site that has it when no party is named. */
  custodian?: string;
  owner?: string;
  /** Event time from which the status holds at this site, ms. */
  since?: number;
  /** The newest event in the order of events. */
  lastSeq?: number;
  /** From its commissioning. */
  lot?: string;
  expiry?: number;
}

/** Ends of life, and the passages that change them. */
const ENDS: Partial<Record<Passage, ItemStatus>> = {
  CONSUME: 'CONSUMED',
  DESTROY: 'DESTROYED',
  DISPENSE: 'DISPENSED',
  DECOMMISSION: 'DECOMMISSIONED',
};
const REVIVALS: Partial<Record<ItemStatus, readonly Passage[]>> = {
  CONSUMED: ['COMMISSION', 'DESTROY'],
  DESTROYED: ['COMMISSION'],
  DISPENSED: ['COMMISSION', 'DESTROY', 'DECOMMISSION'],
  DECOMMISSIONED: ['COMMISSION', 'DESTROY'],
};

/** @param history in the order of events, as `ItemReader.history` answers it */
export function stateOf(history: readonly HistoryEntry[]): ItemState {
  const fold = new StateFold();
  for (const entry of history) fold.add(entry);
  return fold.state;
}

/** The state after each event of a history, one event after the other. */
export class StateFold {
  readonly state: ItemState = { status: 'UNKNOWN', persistent: [] };
  private readonly custody = new CustodyFold();

  /** What a sensor elsewhere says changes nothing about the item itself. */
  add(entry: HistoryEntry): void {
    if (!isOfItem(entry)) return;
    const { event } = entry;
    const passage = passageOf(entry);
    const former = { status: this.state.status, site: this.state.site };
    this.place(event, passage);
    this.state.status = this.nextStatus(event, passage);
    if (passage !== 'CONSUME') this.qualify(event);
    if (entry.source.kind === 'SELF') this.describe(event, passage);
    this.custody.add(entry);
    this.state.custodian = this.custody.custodian;
    const owners = ownersOf(event);
    this.state.owner = owners.to ?? this.state.owner ?? owners.from;
    this.state.lastSeq = event.seq;
    if (former.status !== this.state.status || former.site !== this.state.site) {
      this.state.since = event.time;
    }
  }

  private place({ readPoint, bizLocation }: TraceEvent, passage: Passage): void {
    const { state } = this;
    if (readPoint !== undefined) state.readPoint = readPoint;
    else if (bizLocation !== undefined) state.readPoint = undefined;
    if (bizLocation !== undefined) state.bizLocation = bizLocation;
    else if (passage === 'DEPART' || isElsewhere(readPoint, state.bizLocation)) {
      state.bizLocation = undefined;
    }
    const place = bizLocation ?? readPoint;
    if (place !== undefined) state.site = siteOf(place);
  }

  private nextStatus(event: TraceEvent, passage: Passage): ItemStatus {
    const { status, site } = this.state;
    const revivals = REVIVALS[status];
    const isRevived = status === 'DISPENSED' && isReturn(event);
    if (revivals && !isRevived && !revivals.includes(passage)) return status;
    const end = ENDS[passage];
    if (end) return end;
    if (passage === 'DEPART') return 'IN_TRANSIT';
    const isStill =
      passage === 'OTHER' && status === 'IN_TRANSIT' && event.bizLocation === undefined;
    if (isStill) return status;
    return site === undefined ? 'UNKNOWN' : 'AT_SITE';
  }

  private qualify({ bizStep, disposition, set = [], unset = [], seq }: TraceEvent): void {
    const { state } = this;
    if (bizStep !== undefined) state.bizStep = bizStep;
    if (disposition !== undefined) state.disposition = disposition;
    if (set.length + unset.length === 0) return;
    const kept = state.persistent.filter((one) => !unset.includes(one.disposition));
    const isNew = (term: string) => !kept.some((one) => one.disposition === term);
    const added = set.filter(isNew).map((term) => ({ disposition: term, seq }));
    state.persistent = [...kept, ...added];
  }

  private describe({ lot, expiry }: TraceEvent, passage: Passage): void {
    if (passage !== 'COMMISSION') return;
    if (lot !== undefined) this.state.lot = lot;
    if (expiry !== undefined) this.state.expiry = expiry;
  }
}

/** Events of the item itself or of what it was in. */
export function isOfItem({ source }: HistoryEntry): boolean {
  return source.kind === 'SELF' || source.kind === 'CONTAINER';
}

function isElsewhere(seenAt: string | undefined, place: string | undefined): boolean {
  return seenAt !== undefined && place !== undefined && siteOf(seenAt) !== siteOf(place);
}
