import type { Capture } from '../capture/capture.js';
import type { QueryRooms } from '../query/reader.js';
import type { Logger } from '../log.js';

/** What the outside is built upon: every room of a running node, opened by the app. */
export interface Rooms extends QueryRooms {
  capture: Capture;
  logger: Logger;
  organisation: { name: string; slug: string };
  /** 32 secret bytes that stay the same over restarts: cursors are authenticated with it. */
  cursorKey: Uint8Array;
}
