import { formatCsvLine, type CsvValue } from './csv.js';
import type { ReportedEntry, TraceReport } from './trace-report.js';

const COLUMNS: Record<string, (entry: ReportedEntry) => CsvValue> = {
  eventTime: ({ event }) => event.eventTime,
  recordTime: ({ event }) => event.recordTime,
  seq: ({ event }) => event.seq,
  eventID: ({ event }) => event.eventID,
  type: ({ event }) => event.type,
  action: ({ event }) => event.action,
  bizStep: ({ event }) => event.bizStep,
  disposition: ({ event }) => event.disposition,
  readPoint: ({ event }) => event.readPoint,
  bizLocation: ({ event }) => event.bizLocation,
  parentID: ({ event }) => event.parentID,
  source: ({ source }) => source.kind,
  sourceEpc: ({ source }) => source.epc,
  sourceLevel: ({ source }) => source.level,
  sourcePlace: ({ source }) => source.place,
  role: ({ role }) => role,
};

/** The history of an item as CSV, a line an event, the item first in each. */
export function formatTraceCsv({ epc, history }: TraceReport): string {
  const head = formatCsvLine(['epc', ...Object.keys(COLUMNS)]);
  const lines = history.map((entry) =>
    formatCsvLine([epc, ...Object.values(COLUMNS).map((column) => column(entry))]),
  );
  return [head, ...lines].join('');
}
