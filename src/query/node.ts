import { AppError } from '../error.js';
import { getEntryAt, type EntryView } from './entry.js';
import { parseGlobalId } from './global-id.js';
import { getLogs, type LogView } from './log.js';
import type { Reader } from './reader.js';
import { getRecord, type RecordView } from './record.js';

export type NodeView = RecordView | EntryView | LogView;

/** Whatever has the id, through the same flow, and so the same rules, as its own query. @throws AppError UNAUTHENTICATED */
export async function getNode(reader: Reader, id: string): Promise<NodeView | null> {
  const named = parseGlobalId(id);
  if (!named) return null;
  if (named.kind === 'Record') return getRecord(reader, { cid: named.cid });
  const log = getLogs(reader).find(({ origin }) => origin === named.origin);
  if (!log || named.kind === 'Log') return log ?? null;
  return getEntryAt(reader, named.seq);
}

/** @throws AppError BAD_USER_INPUT, UNAUTHENTICATED */
export async function getNodes(reader: Reader, ids: string[]): Promise<(NodeView | null)[]> {
  const { idsMax } = reader.rooms.limits;
  if (ids.length > idsMax) {
    throw new AppError('BAD_USER_INPUT', `at most ${idsMax} ids at once`, { limit: idsMax });
  }
  return Promise.all(ids.map((id) => getNode(reader, id)));
}
