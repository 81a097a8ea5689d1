import { AppError } from '../../error.js';
import { RECORD_CLASSES, type RecordClass } from '../../record/draft.js';
import { listRecords, type RecordQuestion } from '../record-list.js';
import type { Reader } from '../reader.js';
import type { RecordView } from '../record.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_CONTENTS, PAGE_ROWS, type ExportSource } from './export-source.js';

const ORDERS = ['SEQ_ASC', 'SEQ_DESC', 'TIME_ASC', 'TIME_DESC'] as const;

const COLUMNS: readonly ExportColumn[] = [
  { name: 'seq', kind: 'integer' },
  { name: 'cid', kind: 'text' },
  { name: 'rid', kind: 'text' },
  { name: 'version', kind: 'integer' },
  { name: 'class', kind: 'text' },
  { name: 'type', kind: 'text' },
  { name: 'mediaType', kind: 'text' },
  { name: 'sizeBytes', kind: 'integer' },
  { name: 'capturedAt', kind: 'time' },
  { name: 'occurredAt', kind: 'time' },
  { name: 'isLatest', kind: 'boolean' },
  { name: 'author', kind: 'text' },
  { name: 'statementCid', kind: 'text' },
  { name: 'entryCid', kind: 'text' },
];

const CONTENT_COLUMNS: readonly ExportColumn[] = [
  { name: 'state', kind: 'text' },
  { name: 'content', kind: 'json' },
];

/** Records by the filter of `records`; with `content=true` what they say, as far as the viewer may read it. */
export function openRecords(reader: Reader, parameters: ExportParameters): ExportSource {
  checkExporter(reader, RECORD_CLASSES);
  const question = readQuestion(parameters);
  const orderBy = parameters.word('orderBy', ORDERS) ?? 'SEQ_ASC';
  const withContent = parameters.flag('content') ?? false;
  return {
    columns: withContent ? [...COLUMNS, ...CONTENT_COLUMNS] : COLUMNS,
    pageSize: withContent ? PAGE_CONTENTS : PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const asked = { question: { ...question, knownAt }, orderBy, first, after };
      const { nodes, hasNext, cursorOf } = await listRecords(reader, asked);
      const shown = nodes.filter((view) => mayExport(reader, view));
      const last = nodes.at(-1);
      return {
        rows: await Promise.all(shown.map((view) => formatRow(reader, view, withContent))),
        cursorOf: (row) => cursorOf(shown[row]!),
        redacted: nodes.length - shown.length,
        ...(hasNext && last && { next: cursorOf(last) }),
      };
    },
  };
}

/** @throws AppError UNAUTHENTICATED, FORBIDDEN when nothing of these classes may leave with this viewer */
export function checkExporter(reader: Reader, classes: readonly RecordClass[]): void {
  reader.checkKnown();
  if (classes.some((one) => reader.may('export', { class: one }))) return;
  throw new AppError('FORBIDDEN', 'this token is not good for an export of this', {
    hint: 'ask with a token of a role that may export it',
  });
}

/** The rule for taking a record out of here; what is in the row is decided field by field, as everywhere. */
export function mayExport(
  reader: Reader,
  record: { class: string; type?: string | null },
): boolean {
  return reader.may('export', { class: record.class, type: record.type ?? undefined });
}

function readQuestion(parameters: ExportParameters): RecordQuestion {
  const value = parameters.one('identifier');
  const system = parameters.one('identifierSystem');
  if (system !== undefined && value === undefined) {
    throw parameters.refuse('identifierSystem', 'stands beside identifier');
  }
  return {
    class: readClass(parameters),
    type: parameters.one('type'),
    author: parameters.one('author'),
    capturedFrom: parameters.time('capturedFrom'),
    capturedBefore: parameters.time('capturedBefore'),
    identifier: value === undefined ? undefined : { system, value },
    latestOnly: parameters.flag('latestOnly'),
  };
}

/** As the ledger spells it, or as GraphQL does. */
function readClass(parameters: ExportParameters): RecordClass | undefined {
  const spelt = RECORD_CLASSES.map((one) => one.replace('.', '_').toUpperCase());
  const word = parameters.word('class', [...RECORD_CLASSES, ...spelt]);
  return RECORD_CLASSES.find((one, i) => word === one || word === spelt[i]);
}

async function formatRow(
  reader: Reader,
  view: RecordView,
  withContent: boolean,
): Promise<ExportRow> {
  const { seq, cid, rid, version, type, mediaType, sizeBytes, capturedAt, occurredAt } = view;
  const { isLatest, author, statementCid, entryCid } = view;
  const what = [seq, cid, rid, version, view.class, type, mediaType, sizeBytes];
  const row = [...what, capturedAt, occurredAt, isLatest, author, statementCid, entryCid];
  if (!withContent) return row;
  const { state, text = null } = await reader.load.content.load(view.node);
  return [...row, state, text];
}
