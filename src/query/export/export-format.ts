import { AppError } from '../../error.js';
import type { ExportRows } from './export-rows.js';
import { formatCsv, formatJsonLines } from './export-text.js';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'parquet'] as const;

/** How rows are written down; what a file of it is called ends in the same word. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
};

/** @throws AppError BAD_USER_INPUT */
export function checkFormat(format: string): ExportFormat {
  const found = EXPORT_FORMATS.find((one) => one === format);
  if (found) return found;
  throw new AppError('BAD_USER_INPUT', 'there is no such format', {
    pointer: '/format',
    hint: `formats: ${EXPORT_FORMATS.join(', ')}`,
  });
}

/** The rows as text, piece by piece, each made when the one before has been taken. */
export function formatText(
  rows: ExportRows,
  format: Exclude<ExportFormat, 'parquet'>,
): AsyncGenerator<string> {
  return format === 'csv' ? formatCsv(rows) : formatJsonLines(rows);
}

/** Letters, digits, dots and hyphens only: safe in a header and on any disk. */
export function formatFileName(
  { what, position }: { what: string; position: number },
  slug: string,
  extension: string,
): string {
  const name = `${what}-${slug}-${position}`.replace(/[^A-Za-z0-9.]+/g, '-');
  return `${name}.${extension}`;
}
