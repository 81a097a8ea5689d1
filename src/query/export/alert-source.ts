import { ALERT_TYPES } from '../../graph/alert/suspicion.js';
import { listAlerts, parseAlertQuestion, type AlertView } from '../alert.js';
import { checkEventReader } from '../event-list.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_ROWS, type ExportSource } from './export-source.js';
import { checkExporter } from './record-source.js';

const COLUMNS: readonly ExportColumn[] = [
  { name: 'id', kind: 'text' },
  { name: 'type', kind: 'text' },
  { name: 'status', kind: 'text' },
  { name: 'item', kind: 'text' },
  { name: 'raisedAt', kind: 'time' },
  { name: 'knownAt', kind: 'integer' },
  { name: 'reasons', kind: 'json' },
  { name: 'evidence', kind: 'json' },
];

/**
 * Alerts by the filter of `alerts`, newest first: those of the moment at which each page is read that rest on what was
 * known at the position. Evidence is ledger positions.
 */
export function openAlerts(reader: Reader, parameters: ExportParameters): ExportSource {
  checkEventReader(reader);
  checkExporter(reader, ['epcis.event']);
  const question = {
    types: parameters.words('type', ALERT_TYPES),
    item: parameters.one('item'),
    gtin: parameters.one('gtin'),
    place: parameters.one('place'),
    raisedFrom: parameters.time('raisedFrom'),
    raisedBefore: parameters.time('raisedBefore'),
  };
  parseAlertQuestion(question);
  return {
    columns: COLUMNS,
    pageSize: PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const page = await listAlerts(reader, { question, first, after });
      const { nodes, hasNext, cursorOf, pending } = page;
      const shown = nodes.filter((view) => view.knownAt <= knownAt);
      const last = nodes.at(-1);
      return {
        rows: shown.map(formatRow),
        cursorOf: (row) => cursorOf(shown[row]!),
        ...(pending > 0 && { reason: 'PENDING' }),
        ...(hasNext && last && { next: cursorOf(last) }),
      };
    },
  };
}

function formatRow({ id, type, status, item, raisedAt, knownAt, node }: AlertView): ExportRow {
  const lists = [node.reasons, node.evidence].map((list) => JSON.stringify(list));
  return [id, type, status, item, raisedAt, knownAt, ...lists];
}
