import type { DatabaseSync } from 'node:sqlite';
import { isTelling } from './excursion.js';
import { TraceEventReader, type StoredEvent } from '../trace/trace-event-reader.js';

/** Events held: the units of a case share all of theirs. */
const EVENTS_MAX = 4_000;

/** Without what no alert asks for: one may have a hundred sensor reports. */
function lighten(event: StoredEvent): StoredEvent {
  const { sensors, bizTransactions } = event;
  if (!sensors && !bizTransactions) return event;
  const telling = sensors?.filter(isTelling).map(({ type, unit, numbers, exception }) => {
    return { type, unit, numbers, exception };
  });
  return { ...event, bizTransactions: undefined, sensors: telling };
}

/** Events read once for all the items that share them. To be cleared whenever the tables may have changed. */
export class EventCache {
  private readonly reader: TraceEventReader;
  private readonly known = new Map<number, StoredEvent>();

  constructor(database: DatabaseSync) {
    this.reader = new TraceEventReader(database);
  }

  /** The events at these positions, where there are any. */
  load(seqs: Iterable<number>): ReadonlyMap<number, StoredEvent> {
    const wanted = new Set(seqs);
    const missing = [...wanted].filter((seq) => !this.known.has(seq));
    if (this.known.size + missing.length > EVENTS_MAX && missing.length > 0) {
      this.known.clear();
      missing.splice(0, Infinity, ...wanted);
    }
    for (const event of this.reader.each(missing)) this.known.set(event.seq, lighten(event));
    return this.known;
  }

  clear(): void {
    this.known.clear();
  }
}
