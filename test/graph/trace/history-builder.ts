import type { ItemRole } from '../../../src/graph/event/mention-role.js';
import type {
  HistoryEntry,
  HistorySource,
  TraceEvent,
} from '../../../src/graph/trace/trace-event.js';
import { HOUR_MS, NOON } from './trace-log.js';

interface EntrySpec extends Partial<TraceEvent> {
  source?: HistorySource;
  role?: ItemRole;
}

/** Entries an hour apart, by position. */
export function historyOf(...specs: EntrySpec[]): HistoryEntry[] {
  return specs.map(({ source = { kind: 'SELF' }, role = 'EPC', ...event }, seq) => {
    const time = NOON + seq * HOUR_MS;
    return {
      event: { seq, time, recordTime: time, at: time, type: 'ObjectEvent', ...event },
      source,
      role,
    };
  });
}

export const IN_CASE: HistorySource = { kind: 'CONTAINER', epc: 'case', level: 1 };
