import { RELATIONS } from '../../graph/edge/relation.js';
import type { ImpactNodeView, ImpactQuestion } from '../impact.js';
import { findImpact, listImpact } from '../impact-answer.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_ROWS, type ExportSource } from './export-source.js';
import { readRoots } from './lineage-parameter.js';
import { checkLineageExporter } from './lineage-source.js';

const COLUMNS: readonly ExportColumn[] = [
  { name: 'id', kind: 'text' },
  { name: 'kind', kind: 'text' },
  { name: 'cid', kind: 'text' },
  { name: 'uri', kind: 'text' },
  { name: 'rid', kind: 'text' },
  { name: 'version', kind: 'integer' },
  { name: 'seq', kind: 'integer' },
  { name: 'degree', kind: 'integer' },
  { name: 'class', kind: 'text' },
  { name: 'type', kind: 'text' },
  { name: 'organisation', kind: 'text' },
  { name: 'capturedAt', kind: 'time' },
  { name: 'occurredAt', kind: 'time' },
  { name: 'isLatest', kind: 'boolean' },
];

/** Everything downstream of the roots, by degree. */
export function openImpact(reader: Reader, parameters: ExportParameters): ExportSource {
  checkLineageExporter(reader);
  const question: ImpactQuestion = {
    ...readRoots(parameters),
    withFormerVersions: parameters.flag('withFormerVersions'),
    depthMax: parameters.integer('depthMax'),
    nodesMax: parameters.integer('nodesMax'),
    relations: parameters.words('relation', RELATIONS),
    types: parameters.many('type'),
    organisations: parameters.many('organisation'),
    asOf: parameters.time('asOf'),
  };
  return {
    columns: COLUMNS,
    pageSize: PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const view = await findImpact(reader, { ...question, knownAt });
      const { nodes, hasNext, cursorOf } = await listImpact(reader, view, { first, after });
      const last = nodes.at(-1);
      return {
        rows: nodes.map(formatRow),
        cursorOf: (row) => cursorOf(nodes[row]!),
        // told of the whole answer, so once
        redacted: after === undefined ? view.redacted : 0,
        ...(view.reason !== null && { reason: view.reason }),
        ...(hasNext && last && { next: cursorOf(last) }),
      };
    },
  };
}

function formatRow(node: ImpactNodeView): ExportRow {
  const { key, kind, cid, uri, rid, version, seq, degree, type, organisation } = node;
  const { capturedAt, occurredAt, isLatest } = node;
  const what = [key, kind, cid, uri, rid, version, seq, degree, node.class, type];
  return [...what, organisation, capturedAt, occurredAt, isLatest];
}
