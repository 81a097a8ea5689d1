/**
 * How a value is written: `time` is milliseconds inside and RFC 3339 outside, `json` is compact JSON text that is passed
 * on as it is spelt, `decimal` is a decimal number as text, so that money keeps its cents.
 */
export type ColumnKind = 'text' | 'integer' | 'number' | 'decimal' | 'boolean' | 'time' | 'json';

export interface ExportColumn {
  name: string;
  kind: ColumnKind;
}

export type ExportValue = string | number | boolean | null;

/** Values in the order of the columns. */
export type ExportRow = readonly ExportValue[];

/** Some rows of an export, in order. */
export interface ExportPage {
  rows: ExportRow[];
  /** Where a row stands, to go on behind it. */
  cursorOf: (row: number) => string;
  /** How far was looked; absent when there is nothing behind. A page may be empty and yet not the last. */
  next?: string;
  /** Why, with this page, the answer itself is not all there is: a reason of the question, not of the transfer. */
  reason?: string;
  /** How many were left out because the viewer may not see them. */
  redacted?: number;
}
