import { possessorsOf } from './party.js';
import { passageOf } from './passage.js';
import { siteOf } from './site.js';
import type { HistoryEntry } from './trace-event.js';

/**
 * Who has a thing, event after event: the possessing party an event hands it to; where none is named, the site that
 * receives it or first shows it. What was handed to a party while it was sent stays with that party when it arrives.
 */
export class CustodyFold {
  custodian?: string;
  /** Named by an event, rather than taken from a place. */
  private isParty = false;
  /** Sent to a party, not arrived yet. */
  private isPromised = false;

  add(entry: HistoryEntry): void {
    const { from, to } = possessorsOf(entry.event);
    const passage = passageOf(entry);
    if (to !== undefined) this.set(to, true);
    else if (passage !== 'ARRIVE' && from !== undefined) this.set(from, true);
    else if (!(this.isParty && (passage !== 'ARRIVE' || this.isPromised))) this.settle(entry);
    if (passage === 'DEPART') this.isPromised = to !== undefined;
    else if (passage === 'ARRIVE') this.isPromised = false;
  }

  private settle(entry: HistoryEntry): void {
    const { bizLocation, readPoint } = entry.event;
    const place = bizLocation ?? readPoint;
    if (place !== undefined) this.set(siteOf(place), false);
  }

  private set(custodian: string, isParty: boolean): void {
    this.custodian = custodian;
    this.isParty = isParty;
  }
}
