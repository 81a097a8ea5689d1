import { RECORD_CLASSES } from '../../record/draft.js';
import { AppError } from '../../error.js';
import { walkLineage, type LineageEdgeView, type LineageView } from '../lineage.js';
import type { LineageNodeView } from '../lineage-node.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportPage, ExportRow } from './export-row.js';
import { PAGE_ROWS, type ExportSource } from './export-source.js';
import { readLineage } from './lineage-parameter.js';

const NODE_COLUMNS: readonly ExportColumn[] = [
  { name: 'id', kind: 'text' },
  { name: 'kind', kind: 'text' },
  { name: 'cid', kind: 'text' },
  { name: 'uri', kind: 'text' },
  { name: 'rid', kind: 'text' },
  { name: 'version', kind: 'integer' },
  { name: 'seq', kind: 'integer' },
  { name: 'depth', kind: 'integer' },
  { name: 'class', kind: 'text' },
  { name: 'type', kind: 'text' },
  { name: 'capturedAt', kind: 'time' },
  { name: 'occurredAt', kind: 'time' },
  { name: 'isLatest', kind: 'boolean' },
];

const EDGE_COLUMNS: readonly ExportColumn[] = [
  { name: 'from', kind: 'text' },
  { name: 'to', kind: 'text' },
  { name: 'relation', kind: 'text' },
  { name: 'path', kind: 'text' },
  { name: 'evidence', kind: 'text' },
  { name: 'since', kind: 'time' },
  { name: 'until', kind: 'time' },
  { name: 'rule', kind: 'text' },
];

/** The nodes of a lineage answer, nearest first; edges name them by `id`. */
export function openLineageNodes(reader: Reader, parameters: ExportParameters): ExportSource {
  return openLineage(reader, parameters, NODE_COLUMNS, ({ nodes }) => nodes.map(formatNode));
}

/** Its relations, from the derived to the source. */
export function openLineageEdges(reader: Reader, parameters: ExportParameters): ExportSource {
  return openLineage(reader, parameters, EDGE_COLUMNS, ({ edges }) => edges.map(formatEdge));
}

/** Whatever kind of record a viewer may follow must be one that it may take away. @throws AppError FORBIDDEN */
export function checkLineageExporter(reader: Reader): void {
  reader.checkKnown();
  const followed = RECORD_CLASSES.filter((one) => reader.may('lineage.read', { class: one }));
  const isGood = followed.every((one) => reader.may('export', { class: one }));
  if (followed.length > 0 && isGood) return;
  throw new AppError('FORBIDDEN', 'this token is not good for an export of lineage', {
    hint: 'ask with a token of a role that may export it',
  });
}

/** A page has a cursor, its rows have not: the walk goes on behind whole pages. */
function openLineage(
  reader: Reader,
  parameters: ExportParameters,
  columns: readonly ExportColumn[],
  format: (view: LineageView) => ExportRow[],
): ExportSource {
  checkLineageExporter(reader);
  const question = readLineage(parameters);
  return {
    columns,
    pageSize: PAGE_ROWS,
    hasNoRowCursors: true,
    async page(reader, { knownAt, first: nodesMax, after }) {
      const view = await walkLineage(reader, { ...question, nodesMax, knownAt, after });
      return { rows: format(view), cursorOf: () => '', ...extentOf(view) };
    },
  };
}

/** What lies behind the page is no lack: it comes with the next. */
function extentOf({
  pageInfo,
  isComplete,
  reason,
  redacted,
}: LineageView): Pick<ExportPage, 'next' | 'reason' | 'redacted'> {
  const { hasNextPage, endCursor } = pageInfo;
  const isCut = hasNextPage && endCursor !== null;
  return {
    redacted,
    ...(isCut && { next: endCursor }),
    ...(!isComplete && reason && !(isCut && reason === 'MAX_NODES') && { reason }),
  };
}

function formatNode(node: LineageNodeView): ExportRow {
  const { key, kind, cid, uri, rid, version, seq, depth, type } = node;
  const { capturedAt, occurredAt, isLatest } = node;
  const what = [key, kind, cid, uri, rid, version, seq, depth, node.class, type];
  return [...what, capturedAt, occurredAt, isLatest];
}

function formatEdge(edge: LineageEdgeView): ExportRow {
  const { from, to, relation, path, evidence, since, until, rule } = edge;
  return [from, to, relation, path, evidence, since, until, rule];
}
