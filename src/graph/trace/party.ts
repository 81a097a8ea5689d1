import { PARTY } from '../../record/cbv/known-term.js';
import type { TraceEvent } from './trace-event.js';

export interface Parties {
  from?: string;
  to?: string;
}

/** Between whom an event passes ownership on. */
export function ownersOf(event: TraceEvent): Parties {
  return partiesOf(event, PARTY.owning_party);
}

/** Between whom an event passes the thing itself on. */
export function possessorsOf(event: TraceEvent): Parties {
  return partiesOf(event, PARTY.possessing_party);
}

function partiesOf({ sources, destinations }: TraceEvent, wanted: string): Parties {
  return {
    from: sources?.find(({ type }) => type === wanted)?.value,
    to: destinations?.find(({ type }) => type === wanted)?.value,
  };
}
