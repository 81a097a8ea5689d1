import type { IndexRow } from './row.js';

/** Rows on their way to the writer's thread: their extracts end to end in one text, neither escaped nor parsed. */
export interface RowsWire {
  rows: (Omit<IndexRow, 'extractText'> & { extractLength?: number })[];
  extracts: string;
}

export function encodeRows(rows: IndexRow[]): RowsWire {
  let extracts = '';
  const heads = rows.map(({ extractText, ...row }) => {
    if (extractText === undefined) return row;
    extracts += extractText;
    return { ...row, extractLength: extractText.length };
  });
  return { rows: heads, extracts };
}

export function decodeRows({ rows, extracts }: RowsWire): IndexRow[] {
  let at = 0;
  return rows.map(({ extractLength, ...row }) => {
    if (extractLength === undefined) return row;
    return { ...row, extractText: extracts.slice(at, (at += extractLength)) };
  });
}
