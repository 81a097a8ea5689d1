import type { Capture } from '../capture/capture.js';
import type { QueryRooms } from '../query/reader.js';

/** What the outside is built upon: every room of a running node, opened by the app. */
export interface Rooms extends QueryRooms {
  capture: Capture;
}
