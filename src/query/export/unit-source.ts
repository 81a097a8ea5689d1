import { RECALL_BUCKETS } from '../../graph/trace/recall.js';
import { checkEventReader } from '../event-list.js';
import { listRecallUnits, type RecallUnitView } from '../recall.js';
import { parseRecallSubject } from '../recall-subject.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_ROWS, type ExportSource } from './export-source.js';
import { checkExporter } from './record-source.js';

const COLUMNS: readonly ExportColumn[] = [
  { name: 'epc', kind: 'text' },
  { name: 'bucket', kind: 'text' },
  { name: 'status', kind: 'text' },
  { name: 'bizStep', kind: 'text' },
  { name: 'disposition', kind: 'text' },
  { name: 'isRecalled', kind: 'boolean' },
  { name: 'site', kind: 'text' },
  { name: 'custodian', kind: 'text' },
  { name: 'owner', kind: 'text' },
  { name: 'since', kind: 'time' },
  { name: 'lot', kind: 'text' },
  { name: 'expiry', kind: 'time' },
  { name: 'lastSeq', kind: 'integer' },
  { name: 'isComplete', kind: 'boolean' },
];

/** The units of a recall, by `lot`, `gtin` or `item`, and `bucket`. */
export function openUnits(reader: Reader, parameters: ExportParameters): ExportSource {
  checkEventReader(reader);
  checkExporter(reader, ['epcis.event']);
  const wish = {
    lot: parameters.one('lot'),
    gtin: parameters.one('gtin'),
    item: parameters.one('item'),
  };
  const subject = parseRecallSubject(wish);
  const bucket = parameters.word('bucket', RECALL_BUCKETS);
  const asOf = parameters.time('asOf');
  return {
    columns: COLUMNS,
    pageSize: PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const request = { ...subject, asOf: asOf ?? reader.rooms.now(), knownAt: knownAt + 1 };
      const recall = { request, question: { ...wish, asOf, knownAt } };
      const { nodes, hasNext, cursorOf } = await listRecallUnits(reader, recall, {
        ...{ bucket, first, after },
      });
      const last = nodes.at(-1);
      return {
        rows: nodes.map(formatRow),
        cursorOf: (row) => cursorOf(nodes[row]!),
        ...(nodes.some(({ isComplete }) => !isComplete) && { reason: 'MISSING_BLOCK' }),
        ...(hasNext && last && { next: cursorOf(last) }),
      };
    },
  };
}

function formatRow(unit: RecallUnitView): ExportRow {
  const { epc, bucket, status, bizStep, disposition, isRecalled, site, custodian, owner } = unit;
  const { since, lot, expiry, lastSeq, isComplete } = unit;
  const what = [epc, bucket, status, bizStep, disposition, isRecalled, site, custodian, owner];
  return [...what, since, lot, expiry, lastSeq, isComplete];
}
