import type { Capture } from '../capture/capture.js';
import type { JobStore } from '../capture/job-store.js';
import type { QueryRooms } from '../query/reader.js';
import type { Watch } from '../watch/watch.js';

/** What the outside is built upon: every room of a running node, opened by the app. */
export interface Rooms extends QueryRooms {
  capture: Capture;
  jobs: JobStore;
  watch: Watch;
  /** Where files of exports are prepared; nothing in it outlives the process. */
  exportDirectory: string;
}
