import type { Viewer } from '../../access/viewer.js';
import { Reader } from '../../query/reader.js';
import type { Rooms } from '../rooms.js';

/** What a resolver is given: the rooms, and the reader that knows who asks and until when. */
export interface ApiContext {
  rooms: Rooms;
  viewer: Viewer;
  requestId: string;
  /** Replaced for each event of a subscription, so that nothing stale is served. */
  reader: Reader;
  /** Aborts when the caller has gone. */
  signal: AbortSignal | undefined;
}

/** One for each request, never shared: its loaders cache what this viewer may see. */
export function createContext(options: {
  rooms: Rooms;
  viewer: Viewer;
  requestId: string;
  signal?: AbortSignal;
}): ApiContext {
  const { rooms, viewer, requestId, signal } = options;
  return { rooms, viewer, requestId, signal, reader: new Reader(rooms, viewer, signal) };
}
