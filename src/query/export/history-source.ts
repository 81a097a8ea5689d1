import { AppError } from '../../error.js';
import { checkEventReader } from '../event-list.js';
import { traceItem } from '../item.js';
import { listHistory, type HistoryEntryView } from '../item-history.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_ROWS, type ExportSource } from './export-source.js';
import { checkExporter } from './record-source.js';

const COLUMNS: readonly ExportColumn[] = [
  { name: 'seq', kind: 'integer' },
  { name: 'source', kind: 'text' },
  { name: 'sourceEpc', kind: 'text' },
  { name: 'sourceLevel', kind: 'integer' },
  { name: 'sourcePlace', kind: 'text' },
  { name: 'role', kind: 'text' },
  { name: 'eventID', kind: 'text' },
  { name: 'type', kind: 'text' },
  { name: 'action', kind: 'text' },
  { name: 'eventTime', kind: 'time' },
  { name: 'recordTime', kind: 'time' },
  { name: 'bizStep', kind: 'text' },
  { name: 'disposition', kind: 'text' },
  { name: 'readPoint', kind: 'text' },
  { name: 'bizLocation', kind: 'text' },
  { name: 'parentID', kind: 'text' },
];

/** The history of an item, own and inherited, oldest first. */
export function openHistory(reader: Reader, parameters: ExportParameters): ExportSource {
  checkEventReader(reader);
  checkExporter(reader, ['epcis.event']);
  const epc = parameters.one('epc');
  if (epc === undefined) throw parameters.refuse('epc', 'is missing: an item, in any form');
  const asOf = parameters.time('asOf');
  return {
    columns: COLUMNS,
    pageSize: PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const item = await traceItem(reader, { epc, asOf, knownAt });
      if (!item) throw new AppError('NOT_FOUND', 'nothing is known of this item');
      const { nodes, hasNext, cursorOf } = listHistory(reader, item, { first, after });
      const last = nodes.at(-1);
      return {
        rows: nodes.map(formatRow),
        cursorOf: (row) => cursorOf(nodes[row]!),
        ...(item.reason !== null && { reason: item.reason }),
        ...(hasNext && last && { next: cursorOf(last) }),
      };
    },
  };
}

function formatRow({ source, role, event }: HistoryEntryView): ExportRow {
  const { kind, epc, level, place } = source;
  const { seq, eventID, type, action, eventTime, recordTime, bizStep, disposition } = event;
  const { readPoint, bizLocation, parentID } = event;
  const what = [seq, kind, epc, level, place, role, eventID, type, action, eventTime, recordTime];
  return [...what, bizStep, disposition, readPoint, bizLocation, parentID];
}
