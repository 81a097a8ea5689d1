import { formatCsvLine } from '../csv.js';
import type { ColumnKind, ExportColumn, ExportRow, ExportValue } from './export-row.js';
import type { ExportRows } from './export-rows.js';

/** Rows as they are written down. */
export type WritableRows = Pick<ExportRows, 'columns' | 'pages' | 'end' | 'checkWhole'>;

/**
 * JSON lines: an object a row, members in the order of the columns, then one line `{"export": {...}}` that says how it
 * ended, also when it was cut. Without that line a part is missing.
 */
export async function* formatJsonLines(rows: WritableRows): AsyncGenerator<string> {
  const format = jsonLineOf(rows.columns);
  for await (const page of rows.pages()) yield page.map(format).join('');
  yield `${JSON.stringify({ export: rows.end })}\n`;
}

/**
 * CSV (RFC 4180) with a line of names; what a spreadsheet would run is defused. It has no room for an end, so where the
 * export is cut this throws, and whoever sends it must break off.
 *
 * @throws AppError what cut the export
 */
export async function* formatCsv(rows: WritableRows): AsyncGenerator<string> {
  yield formatCsvLine(rows.columns.map(({ name }) => name));
  const kinds = rows.columns.map(({ kind }) => kind);
  for await (const page of rows.pages()) {
    yield page
      .map((row) => formatCsvLine(row.map((value, i) => cellOf(kinds[i]!, value))))
      .join('');
  }
  rows.checkWhole();
}

/** A decimal becomes a number, so that a minus sign is no formula; one of too many digits stays text. */
function cellOf(kind: ColumnKind, value: ExportValue): ExportValue {
  if (kind === 'time') return timeOf(value);
  if (kind !== 'decimal' || value === null) return value;
  const number = Number(value);
  return Math.abs(number) < EXACT_BELOW ? number : value;
}

/** Four places behind the point are exact up to here. */
const EXACT_BELOW = 2 ** 53 / 10_000;

function jsonLineOf(columns: readonly ExportColumn[]): (row: ExportRow) => string {
  const members = columns.map(({ name, kind }) => ({ name: `${JSON.stringify(name)}:`, kind }));
  return (row) => {
    const parts = members.map(({ name, kind }, i) => name + jsonOf(kind, row[i]!));
    return `{${parts.join(',')}}\n`;
  };
}

/** What is JSON or a decimal number already stays as it is spelt. */
function jsonOf(kind: ColumnKind, value: ExportValue): string {
  if (value === null) return 'null';
  if (kind === 'json' || kind === 'decimal') return value as string;
  return JSON.stringify(kind === 'time' ? timeOf(value) : value);
}

function timeOf(value: ExportValue): string | null {
  return value === null ? null : new Date(value as number).toISOString();
}
