import { listEntries, type EntryView } from '../entry.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow } from './export-row.js';
import { PAGE_ROWS, type ExportSource } from './export-source.js';

const COLUMNS: readonly ExportColumn[] = [
  { name: 'seq', kind: 'integer' },
  { name: 'cid', kind: 'text' },
  { name: 'prev', kind: 'text' },
  { name: 'at', kind: 'time' },
  { name: 'type', kind: 'text' },
  { name: 'author', kind: 'text' },
  { name: 'issuedAt', kind: 'time' },
  { name: 'statementCid', kind: 'text' },
  { name: 'recordCid', kind: 'text' },
];

/** The entries of the log, from `from` on; facts that whoever has a token may take away. */
export function openEntries(reader: Reader, parameters: ExportParameters): ExportSource {
  reader.checkKnown();
  const from = parameters.integer('from');
  return {
    columns: COLUMNS,
    pageSize: PAGE_ROWS,
    async page(reader, { knownAt, first, after }) {
      const { nodes, hasNext, cursorOf } = await listEntries(reader, {
        first,
        ...(after === undefined ? { from } : { after }),
      });
      const shown = nodes.filter(({ seq }) => seq <= knownAt);
      const last = shown.at(-1);
      return {
        rows: shown.map(formatRow),
        cursorOf: (row) => cursorOf(shown[row]!),
        ...(hasNext && last && last.seq < knownAt && { next: cursorOf(last) }),
      };
    },
  };
}

function formatRow({ seq, cid, prev, at, statement }: EntryView): ExportRow {
  const { record = null } = statement.body as { record?: string };
  const { type, author, issuedAt } = statement;
  return [seq, cid, prev, at, type, author, issuedAt, statement.cid, record];
}
