import type { TraceEvent } from '../trace/trace-event.js';
import { suspect, type Suspicion } from './suspicion.js';

/** Put into a container without having been taken out of another. */
export interface Reparenting {
  event: TraceEvent;
  /** By which it had got into the other, where that is known. */
  former?: TraceEvent;
}

export function findReparentings(reparentings: readonly Reparenting[]): Suspicion[] {
  return reparentings.map(({ event, former }) =>
    suspect('REPARENTED', 'REPARENTED_WITHOUT_DELETE', former ? [event, former] : [event]),
  );
}
