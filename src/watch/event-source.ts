import type { Viewer } from '../access/viewer.js';
import { isAppError } from '../error.js';
import type { EventFilter } from '../graph/event/event-filter.js';
import type { Content } from '../query/content.js';
import { openEvent, shapeEvent, type EventView } from '../query/event.js';
import { checkEventReader } from '../query/event-list.js';
import { withRecordTime } from '../query/event-text.js';
import { Reader, type QueryRooms } from '../query/reader.js';

export interface LookRequest {
  viewer: Viewer;
  filter: EventFilter;
  /** The first ledger position meant. */
  from: number;
  /** The first that is not meant any more; as far as the index is when left out. */
  to?: number;
  eventsMax: number;
  /** When there are more, no further event is added. */
  charactersMax: number;
}

/** What a look finds. All that is before `next` has been looked at; that is nothing when the index is not so far. */
export type Look =
  | { kind: 'FORBIDDEN' }
  /** The event before `next` cannot be read now, nor those before it that are to be delivered first. */
  | { kind: 'UNREADABLE'; next: number }
  | { kind: 'FOUND'; next: number; events: FoundEvent[]; withheld: number };

/** An event as the viewer may see it: JSON as captured, with the log's recordTime. */
export interface FoundEvent {
  seq: number;
  text: string;
}

const LOOK_MS = 30_000;
/** Contents opened at a time. */
const OPEN_AT_ONCE = 20;

/**
 * Where deliveries come from: the events of a filter, in the order of the log, as a viewer may see them now.
 */
export class EventSource {
  private readonly rooms: QueryRooms;
  /** How far the index is, once it has told. */
  private applied = Infinity;

  constructor(rooms: QueryRooms) {
    // nobody waits for a delivery as one does for an answer
    const limits = { ...rooms.limits, deadlineMs: LOOK_MS, contentCharactersMax: Infinity };
    this.rooms = { ...rooms, limits };
  }

  /** Called when there may be more. */
  onMore(listener: () => void): () => void {
    return this.rooms.follower.onApplied((cursor) => {
      this.applied = cursor;
      listener();
    });
  }

  /**
   * None before `next` is left out but those counted as withheld: erased, or not for the viewer. At least one position is
   * passed when the index holds `from`.
   *
   * @throws AppError DEADLINE, QUERY_TOO_COMPLEX, STORE_FAILED
   */
  async look(request: LookRequest, signal: AbortSignal): Promise<Look> {
    const { viewer, filter, from, to = Infinity, eventsMax } = request;
    const reader = new Reader(this.rooms, viewer, signal);
    if (from >= this.applied) return { kind: 'FOUND', next: from, events: [], withheld: 0 };
    if (!mayReadEvents(reader)) return { kind: 'FORBIDDEN' };
    const window = { and: [filter], afterSeq: from - 1, ...(to < Infinity && { beforeSeq: to }) };
    const listing = await reader.ask((read) => read.listEvents(window, 'RECORD_ASC', eventsMax));
    const { events, hasNext, end, cursor } = listing;
    // an index that is being built again knows less than it did
    const next = Math.max(from, hasNext && end ? end.seq + 1 : Math.min(to, cursor));
    const views = events.map((event) => shapeEvent(event));
    return this.openAll(reader, views, next, request.charactersMax);
  }

  private async openAll(
    reader: Reader,
    views: readonly EventView[],
    next: number,
    charactersMax: number,
  ): Promise<Look> {
    const events: FoundEvent[] = [];
    let withheld = 0;
    let left = charactersMax;
    for (let i = 0; i < views.length; i += OPEN_AT_ONCE) {
      const chunk = views.slice(i, i + OPEN_AT_ONCE);
      const contents = await Promise.all(chunk.map((view) => open(reader, view)));
      for (const [k, { state, text }] of contents.entries()) {
        const { seq, recordTime } = chunk[k]!;
        const isFull = events.length > 0 && text !== undefined && text.length > left;
        if (isFull) return { kind: 'FOUND', next: seq, events, withheld };
        if (state === 'UNAVAILABLE') {
          if (events.length > 0) return { kind: 'FOUND', next: seq, events, withheld };
          return { kind: 'UNREADABLE', next: seq + 1 };
        }
        if (text === undefined) withheld++;
        else {
          events.push({ seq, text: withRecordTime(text, recordTime) });
          left -= text.length;
        }
      }
    }
    return { kind: 'FOUND', next, events, withheld };
  }
}

/** An event whose record is not for the viewer is like one that is sealed. */
async function open(reader: Reader, view: EventView): Promise<Content> {
  try {
    return await openEvent(reader, view);
  } catch (error) {
    if (isAppError(error, 'NOT_FOUND')) return { state: 'SEALED' };
    throw error;
  }
}

function mayReadEvents(reader: Reader): boolean {
  try {
    checkEventReader(reader);
    return true;
  } catch (error) {
    if (isAppError(error, 'FORBIDDEN') || isAppError(error, 'UNAUTHENTICATED')) return false;
    throw error;
  }
}
