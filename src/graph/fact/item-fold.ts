import { PARTY } from '../../record/cbv/known-term.js';
import { ITEM_ROLES } from '../event/mention-role.js';
import { StateFold, type ItemState } from '../trace/item-state.js';
import { passageOf } from '../trace/passage.js';
import { siteOf } from '../trace/site.js';
import type { HistoryEntry, TraceEvent } from '../trace/trace-event.js';

/** Half-open in event time, ms; `closed` and `until` are absent while it lasts. */
interface Span {
  since: number;
  until?: number;
  opened: number;
  closed?: number;
}

/** At a place. */
export interface Stay extends Span {
  place: string;
  site: string;
}

/** In the hands of a party, or of a site where no party is named. */
export interface Hold extends Span {
  custodian: string;
}

/** Sent, and received where that is known. */
export interface Transfer {
  sender?: string;
  receiver?: string;
  sent: number;
  received?: number;
  sentSeq: number;
  receivedSeq?: number;
}

export interface ItemCourse {
  stays: Stay[];
  holds: Hold[];
  transfers: Transfer[];
  state: ItemState;
}

/** Named by a container of the item rather than by the event itself; the fold asks for no more. */
const INHERITED = { kind: 'CONTAINER', epc: '', level: 1 } as const;
const SELF = { kind: 'SELF' } as const;

/**
 * Follows one item through its history: where it was, who had it, when it was sent. What an event means is
 * for graph/trace to say, so a figure and the trace of an item never differ.
 *
 * @param entries in the order of events, each as one number: position * 16 + role * 2 + 1 if it was inherited. Two items with the
 *   same numbers had the same course
 */
export function followItem(
  entries: readonly number[],
  eventOf: (seq: number) => TraceEvent | undefined,
): ItemCourse {
  const course = new Course();
  for (const code of entries) {
    const event = eventOf(Math.floor(code / 16));
    if (!event) continue;
    const role = ITEM_ROLES[(code >> 1) & 7]!;
    course.add({ event, role, source: code & 1 ? INHERITED : SELF });
  }
  return course.end();
}

class Course {
  private readonly fold = new StateFold();
  private readonly stays: Stay[] = [];
  private readonly holds: Hold[] = [];
  private readonly transfers: Transfer[] = [];
  private stay?: Stay;
  private underWay?: Transfer;
  private leftSite?: string;

  add(entry: HistoryEntry): void {
    const { fold } = this;
    const before = { custodian: fold.state.custodian, site: fold.state.site };
    fold.add(entry);
    this.stayAt(entry.event);
    this.holdBy(entry.event, before.custodian);
    this.send(entry, before);
  }

  end(): ItemCourse {
    const { stays, holds, transfers, fold } = this;
    return { stays, holds, transfers, state: fold.state };
  }

  private stayAt({ time, seq }: TraceEvent): void {
    const { status, bizLocation, readPoint } = this.fold.state;
    const place = status === 'AT_SITE' ? (bizLocation ?? readPoint) : undefined;
    if (place === this.stay?.place) return;
    if (this.stay) Object.assign(this.stay, { until: time, closed: seq });
    this.stay = undefined;
    if (place === undefined) return;
    this.stay = { place, site: siteOf(place), since: time, opened: seq };
    this.stays.push(this.stay);
  }

  private holdBy({ time, seq }: TraceEvent, before: string | undefined): void {
    const { custodian } = this.fold.state;
    if (custodian === undefined || custodian === before) return;
    const last = this.holds.at(-1);
    if (last) Object.assign(last, { until: time, closed: seq });
    this.holds.push({ custodian, since: time, opened: seq });
  }

  /** Loading and departing after shipping are one journey; it ends where the item is next shown to be. */
  private send(entry: HistoryEntry, before: { custodian?: string; site?: string }): void {
    const { event } = entry;
    const { status, custodian, site } = this.fold.state;
    if (passageOf(entry) === 'DEPART' && status === 'IN_TRANSIT') {
      this.depart(event, before);
      return;
    }
    if (!this.underWay || status === 'IN_TRANSIT') return;
    const place = event.bizLocation ?? event.readPoint;
    const isElsewhere = place !== undefined && siteOf(place) !== this.leftSite;
    if (passageOf(entry) === 'ARRIVE' || isElsewhere) {
      const receiver = custodian ?? site;
      Object.assign(this.underWay, {
        ...(receiver !== undefined && { receiver }),
        received: event.time,
        receivedSeq: event.seq,
      });
    }
    this.underWay = undefined;
  }

  private depart(event: TraceEvent, before: { custodian?: string; site?: string }): void {
    if (this.underWay) return;
    const { custodian, site } = this.fold.state;
    const from = partyOf(event.sources) ?? before.custodian ?? before.site ?? site;
    const to = partyOf(event.destinations);
    this.leftSite = site;
    this.underWay = {
      ...(from !== undefined && { sender: from }),
      ...(to !== undefined && { receiver: to }),
      sent: event.time,
      sentSeq: event.seq,
    };
    // a party that has it already while it is under way is its sender, unless the event hands it over
    if (from === undefined && custodian !== undefined) this.underWay.sender = custodian;
    this.transfers.push(this.underWay);
  }
}

function partyOf(list: TraceEvent['sources']): string | undefined {
  return list?.find(({ type }) => type === PARTY.possessing_party)?.value;
}
