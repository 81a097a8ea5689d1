import type { EventFilter } from '../graph/event/event-filter.js';
import { AppError } from '../error.js';
import { checkEventReader } from './event-list.js';
import { shapeEvent, type EventView } from './event.js';
import { Bell } from './bell.js';
import type { Reader } from './reader.js';

/** Events read ahead of a listener: what one who is slow makes us hold. */
const CHUNK = 64;

/**
 * Every event of the filter after a position, from now on when none is given: first what is in the log already, then what
 * comes, in the order of the log, none twice and none left out. It is told of as it stands when it is told: whether it
 * is voided may change later, and is not told again. Ends when the listener goes, or its signal aborts.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, QUERY_TOO_COMPLEX, BAD_USER_INPUT for a position the log has not reached
 */
export function watchEvents(
  reader: Reader,
  { filter = {}, after, signal }: { filter?: EventFilter; after?: number; signal?: AbortSignal },
): AsyncIterableIterator<EventView> {
  checkEventReader(reader);
  const { rooms } = reader;
  const { size } = rooms.ledger.head();
  if (after !== undefined && after >= size) {
    throw new AppError('BAD_USER_INPUT', `the log has ${size} entries: none has come after that`, {
      limit: size,
    });
  }
  const bell = new Bell(rooms, signal);
  const events = follow(reader, bell, filter, (after ?? size - 1) + 1);
  return {
    next: () => events.next(),
    // a generator that waits cannot be told to stop: it must be woken first
    return: async () => {
      bell.stop();
      return events.return(undefined);
    },
    throw: async (error: unknown) => {
      bell.stop();
      return events.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  reader: Reader,
  bell: Bell,
  filter: EventFilter,
  from: number,
): AsyncGenerator<EventView, undefined> {
  const { graph } = reader.rooms;
  try {
    for (let seq = from; !bell.isStopped;) {
      const to = bell.applied;
      if (seq >= to) {
        await bell.rung();
        continue;
      }
      const asked = { and: [filter], afterSeq: seq - 1, beforeSeq: to };
      const page = await graph.read.listEvents(asked, 'RECORD_ASC', CHUNK);
      for (const event of page.events) {
        if (bell.isStopped) return;
        yield shapeEvent(event);
      }
      if (page.hasNext && page.end) seq = page.end.seq + 1;
      else seq = Math.max(seq, Math.min(to, page.cursor));
      // the index was thrown away meanwhile: it is being built again
      if (page.cursor < to && bell.applied === to) await bell.rung();
    }
  } finally {
    bell.stop();
  }
}
