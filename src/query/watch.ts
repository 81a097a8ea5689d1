import { AppError } from '../error.js';
import { decodeEntry } from '../ledger/entry.js';
import { Bell } from './bell.js';
import { shapeEntry, type EntryView } from './entry.js';
import type { QueryRooms } from './reader.js';

/** Entries read ahead of a listener: what one who is slow makes us hold. */
const CHUNK = 64;

/**
 * Every entry after a position, from now on when none is given: first what is in the log already, then what
 * comes, none twice and none left out. An entry is answered only after the index has applied it, so whoever hears
 * of it can query it. Ends when the listener goes, or its signal aborts.
 *
 * @throws AppError BAD_USER_INPUT for a position the log has not reached
 */
export function watchEntries(
  rooms: QueryRooms,
  { after, signal }: { after?: number; signal?: AbortSignal },
): AsyncIterableIterator<EntryView> {
  const { size } = rooms.ledger.head();
  if (after !== undefined && after >= size) {
    throw new AppError('BAD_USER_INPUT', `the log has ${size} entries: none has come after that`, {
      limit: size,
    });
  }
  const bell = new Bell(rooms, signal);
  const entries = follow(rooms, bell, after === undefined ? size : after + 1);
  return {
    next: () => entries.next(),
    // a generator that waits cannot be told to stop: it must be woken first
    return: async () => {
      bell.stop();
      return entries.return(undefined);
    },
    throw: async (error: unknown) => {
      bell.stop();
      return entries.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  rooms: QueryRooms,
  bell: Bell,
  from: number,
): AsyncGenerator<EntryView, undefined> {
  try {
    for (let seq = from; !bell.isStopped;) {
      const to = Math.min(bell.applied, rooms.ledger.head().size, seq + CHUNK);
      if (seq >= to) {
        await bell.rung();
        continue;
      }
      for await (const { bytes } of rooms.ledger.entries(seq, to)) {
        if (bell.isStopped) return;
        yield shapeEntry(rooms, { bytes, entry: decodeEntry(bytes) });
      }
      seq = to;
    }
  } finally {
    bell.stop();
  }
}
