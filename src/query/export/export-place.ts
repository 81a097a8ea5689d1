import type { Viewer } from '../../access/viewer.js';
import { caughtUp } from '../caught-up.js';
import { formatCursor, parseCursor, type CursorScope } from '../cursor.js';
import type { QueryRooms, Reader } from '../reader.js';
import type { ParameterLists } from './export-parameter.js';
import type { ExportSource } from './export-source.js';

/** Who asks, and until when. */
export interface Asking {
  rooms: QueryRooms;
  viewer: Viewer;
  /** Ends the export, with an AppError as its reason where the caller is to know it. */
  signal?: AbortSignal;
}

/** A place in an export: as of which position, how many rows came before, and where the page before ended. */
export interface ExportPlace {
  knownAt: number;
  rows: number;
  redacted: number;
  after?: string;
}

/** Where an export begins: all that is in the log by now, or was at the position wanted. */
export async function beginPlace(
  reader: Reader,
  wanted: number | undefined,
  { position }: ExportSource,
): Promise<ExportPlace> {
  if (position !== undefined) return { knownAt: position, rows: 0, redacted: 0 };
  const last = reader.rooms.ledger.head().size - 1;
  const knownAt = Math.min(wanted ?? last, last);
  await caughtUp(reader, knownAt + 1);
  return { knownAt, rows: 0, redacted: 0 };
}

export function formatPlace(
  scope: CursorScope,
  { knownAt, rows, redacted, after }: ExportPlace,
): string {
  return formatCursor(scope, [knownAt, rows, redacted, after ?? null]);
}

/** @throws AppError BAD_CURSOR */
export function readPlace(scope: CursorScope, cursor: string): ExportPlace {
  const [knownAt, rows, redacted, after] = parseCursor(scope, cursor);
  return {
    knownAt: Number(knownAt),
    rows: Number(rows),
    redacted: Number(redacted),
    ...(after !== null && { after: String(after) }),
  };
}

/** Neither where it goes on nor how it is written is part of the question. */
const NOT_ASKED = ['after', 'cursors'];

/** The same export asked by the same caller, however it is written and wherever it goes on. */
export function exportScope(
  { rooms, viewer }: Asking,
  what: string,
  parameters: ParameterLists,
): CursorScope {
  const { organisation, subject } = viewer;
  const asked = Object.entries(parameters)
    .filter(([name]) => !NOT_ASKED.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: rooms.cursorKey, binding: ['export', organisation, subject, what, asked] };
}
