import { AppError } from '../error.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { formatGlobalId } from './global-id.js';
import type { Reader } from './reader.js';

/** A record version as it is answered. Content is not in it: that is opened when asked for. */
export interface RecordView {
  id: string;
  cid: string;
  rid: string;
  version: number;
  seq: number;
  capturedAt: number;
  class: string;
  type: string | null;
  mediaType: string | null;
  sizeBytes: number;
  occurredAt: number | null;
  isLatest: boolean;
  author: string;
  statementCid: string;
  entryCid: string;
  /** The row it was made of. */
  node: RecordNode;
}

/** The record as this viewer may have it; null when it may not know of it. */
export function showRecord(reader: Reader, node: RecordNode): RecordView | null {
  return mayList(reader, node) ? shapeRecord(reader, node) : null;
}

/** For a viewer who may know of it. */
export function shapeRecord(reader: Reader, node: RecordNode): RecordView {
  return {
    id: formatGlobalId({ kind: 'Record', cid: node.recordCid }),
    cid: node.recordCid,
    rid: node.rid,
    version: node.ver,
    seq: node.seq,
    capturedAt: node.at,
    class: node.class,
    type: node.type ?? null,
    mediaType: node.mediaType ?? null,
    sizeBytes: node.sizeBytes,
    occurredAt: mayRead(reader, node) ? (node.occurredAt ?? null) : null,
    isLatest: node.isLatest,
    author: node.author,
    statementCid: node.statementCid,
    entryCid: node.entryCid,
    node,
  };
}

/** The rule for knowing of a record at all. */
export function mayList(reader: Reader, { class: recordClass, type }: RecordNode): boolean {
  return reader.may('record.list', { class: recordClass, type });
}

/** The rule for what its content says, were it only the date: a date of treatment can tell who was treated. */
export function mayRead(reader: Reader, { class: recordClass, type }: RecordNode): boolean {
  return reader.may('content.read', { class: recordClass, type });
}

/**
 * One record version, by CID, or by rid and version (the latest without one).
 *
 * @returns null when it is not there, or not for this viewer: nobody can tell which
 * @throws AppError BAD_USER_INPUT, UNAUTHENTICATED
 */
export async function getRecord(
  reader: Reader,
  address: { cid?: string; rid?: string; version?: number },
): Promise<RecordView | null> {
  const { cid, rid, version } = address;
  if ((cid === undefined) === (rid === undefined) || (version !== undefined && rid === undefined)) {
    throw new AppError(
      'BAD_USER_INPUT',
      'name a record by its cid, or by its rid with or without a version',
    );
  }
  reader.checkKnown();
  const node =
    cid !== undefined
      ? await reader.load.record.load(cid)
      : await findVersion(reader, rid!, version);
  return node && showRecord(reader, node);
}

async function findVersion(
  reader: Reader,
  rid: string,
  version?: number,
): Promise<RecordNode | null> {
  return reader.ask((read) => read.recordByRid(rid, version));
}
