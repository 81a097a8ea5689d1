import type { Viewer } from '../../access/viewer.js';
import { Reader } from '../../query/reader.js';
import type { Rooms } from '../rooms.js';
import type { Splices } from './splice.js';

/** What a resolver is given: the rooms, and the reader that knows who asks and until when. */
export interface ApiContext {
  rooms: Rooms;
  viewer: Viewer;
  requestId: string;
  reader: Reader;
  /** Aborts when the caller has gone. */
  signal: AbortSignal | undefined;
  /** Where the caller puts parts of the answer that are text already; absent when it wants objects. */
  splices: Splices | undefined;
}

/** One for each request, never shared: its loaders remember what this viewer was shown. */
export function createContext(options: {
  rooms: Rooms;
  viewer: Viewer;
  requestId: string;
  signal?: AbortSignal;
  splices?: Splices;
}): ApiContext {
  const { rooms, viewer, requestId, signal, splices } = options;
  const reader = new Reader(rooms, viewer, signal);
  return { rooms, viewer, requestId, signal, splices, reader };
}

/** Each event of a subscription begins anew: with its own time, and nothing remembered from the one before. */
export function renewReader(context: ApiContext): void {
  context.reader = new Reader(context.rooms, context.viewer, context.signal);
}
