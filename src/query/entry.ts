import { entryCid } from '../ledger/entry.js';
import { authorOf, decodeStatement, statementCid } from '../ledger/statement.js';
import { AppError } from '../error.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { formatGlobalId } from './global-id.js';
import type { LoadedEntry } from './loader.js';
import { checkFirst, type Page } from './page.js';
import type { QueryRooms, Reader } from './reader.js';
import { getRecord, type RecordView } from './record.js';

/** A signed statement as it is answered. */
export interface StatementView {
  cid: string;
  type: string;
  author: string;
  issuedAt: number;
  /** The decoded statement. */
  body: unknown;
  payload: string;
  protected: string;
  signature: string;
}

/** A ledger entry as it is answered: facts that anyone may see. */
export interface EntryView {
  id: string;
  cid: string;
  seq: number;
  prev: string | null;
  at: number;
  statement: StatementView;
}

export interface EntryPage extends Page<EntryView> {
  /** Number of entries in the log. */
  size: number;
}

/** @throws AppError UNAVAILABLE when the stored bytes are not what the tree says */
export async function getEntry(reader: Reader, seq: number): Promise<EntryView> {
  return shapeEntry(reader.rooms, await reader.within(reader.load.entry.load(seq)));
}

/** The entry at a position, null beyond the end of what is published. */
export async function getEntryAt(reader: Reader, seq: number): Promise<EntryView | null> {
  return seq < reader.rooms.ledger.head().size ? getEntry(reader, seq) : null;
}

/** @throws AppError BAD_USER_INPUT, BAD_CURSOR */
export async function listEntries(
  reader: Reader,
  page: { first?: number; after?: string; from?: number },
): Promise<EntryPage> {
  const { rooms } = reader;
  const { ledger, limits } = rooms;
  const scope = entryScope(reader);
  const first = checkFirst(page.first, limits.firstMax);
  const { size } = ledger.head();
  const from = Math.min(startOf(scope, page), size);
  const seqs = Array.from({ length: Math.min(first, size - from) }, (_, i) => from + i);
  const loaded = await reader.within(reader.load.entry.loadMany(seqs));
  return {
    nodes: loaded.map((one) => shapeEntry(rooms, orThrow(one))),
    hasNext: from + seqs.length < size,
    hasPrevious: from > 0,
    cursorOf: ({ seq }) => formatCursor(scope, [seq]),
    size,
  };
}

export function shapeEntry({ ledger }: QueryRooms, { entry, bytes }: LoadedEntry): EntryView {
  const { seq, prev, at, statement } = entry;
  const body = decodeStatement(statement);
  return {
    id: formatGlobalId({ kind: 'Entry', origin: ledger.origin, seq }),
    cid: entryCid(bytes),
    seq,
    prev: prev === '' ? null : prev,
    at,
    statement: {
      ...statement,
      cid: statementCid(statement),
      type: body.type,
      author: authorOf(statement),
      issuedAt: body.iat,
      body,
    },
  };
}

/** The record a statement names, if it names one that this viewer may know of. @throws AppError UNAUTHENTICATED */
export async function recordOfEntry(
  reader: Reader,
  { body }: StatementView,
): Promise<RecordView | null> {
  const { record } = body as { record?: string };
  return record === undefined ? null : getRecord(reader, { cid: record });
}

function entryScope({ rooms, viewer }: Reader): CursorScope {
  const { organisation, subject } = viewer;
  return { key: rooms.cursorKey, binding: ['entries', organisation, subject] };
}

function startOf(scope: CursorScope, { after, from }: { after?: string; from?: number }): number {
  if (after === undefined) return from ?? 0;
  if (from !== undefined) throw new AppError('BAD_USER_INPUT', 'give either `after` or `from`');
  const [seq] = parseCursor(scope, after);
  return Number(seq) + 1;
}

function orThrow<T>(value: T | Error): T {
  if (value instanceof Error) throw value;
  return value;
}
