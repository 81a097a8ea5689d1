import { iso } from '../coding.js';
import type { Random } from '../random.js';
import { placeOf, type Organisation, type Room } from './organisation.js';

/** A bare EPCIS 2.0 event, without its context. */
export interface SupplyEvent {
  type: string;
  eventID: string;
  eventTime: string;
  [member: string]: unknown;
}

/** An event and when it comes to be captured. */
export interface Step {
  /** ms since the epoch */
  time: number;
  event: SupplyEvent;
  /** From the event to its capture; absent where nothing hangs on it. */
  delayMs?: number;
}

/** Readpoint and business location; neither while things are on the road. */
export interface Where {
  zone: string;
  readPoint?: { id: string };
  bizLocation?: { id: string };
}

/** What happened in the life of one lot, as it is told. */
export class Journal {
  readonly steps: Step[] = [];

  constructor(private readonly random: Random) {}

  /** Notes an event and gives its id. */
  write(
    time: number,
    type: string,
    { zone, ...place }: Where,
    members: object,
    delayMs?: number,
  ): string {
    const eventID = `urn:uuid:${this.random.uuid()}`;
    const when = { eventTime: iso(time), eventTimeZoneOffset: zone };
    this.steps.push({ time, event: { type, eventID, ...when, ...members, ...place }, delayMs });
    return eventID;
  }
}

export function at(organisation: Organisation, room: Room = '0'): Where {
  const place = { id: placeOf(organisation, room) };
  return { zone: organisation.zone, readPoint: place, bizLocation: place };
}

/** Seen at the gate; where it will be next nobody can say. */
export function leaving({ zone, ...organisation }: Organisation): Where {
  return { zone, readPoint: { id: placeOf({ zone, ...organisation }) } };
}

export function onTheRoad({ zone }: Organisation): Where {
  return { zone };
}
