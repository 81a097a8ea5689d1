import { isCid } from '../crypto/cid.js';
import { AppError } from '../error.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { parseGlobalId } from './global-id.js';
import type { Reader } from './reader.js';
import { mayList } from './record.js';

/** One of the ways to name a record version; a rid means the latest. */
export interface RecordAddress {
  id?: string;
  cid?: string;
  rid?: string;
  seq?: number;
}

/** An id, a CID or a rid, whichever the text is. */
export function parseAddress(text: string): RecordAddress {
  if (isCid(text)) return { cid: text };
  return parseGlobalId(text) ? { id: text } : { rid: text };
}

/**
 * The records meant, in order; null where there is none, or none this viewer may know of.
 *
 * @throws AppError UNAUTHENTICATED, BAD_USER_INPUT
 */
export async function findRecords(
  reader: Reader,
  addresses: RecordAddress[],
): Promise<(RecordNode | null)[]> {
  reader.checkKnown();
  const nodes = await Promise.all(addresses.map((address) => findRecord(reader, address)));
  return nodes.map((node) => (node && mayList(reader, node) ? node : null));
}

/** The same for one that must be there. @throws AppError NOT_FOUND, UNAUTHENTICATED, BAD_USER_INPUT */
export async function findOneRecord(reader: Reader, address: RecordAddress): Promise<RecordNode> {
  const [node] = await findRecords(reader, [address]);
  if (node) return node;
  throw notFound();
}

/** Says nothing of whether it is missing or forbidden. */
export function notFound(): AppError {
  return new AppError('NOT_FOUND', 'there is no such record');
}

async function findRecord(reader: Reader, address: RecordAddress): Promise<RecordNode | null> {
  const { id, cid, rid, seq } = address;
  if (cid !== undefined) return reader.load.record.load(cid);
  if (rid !== undefined) return reader.ask((read) => read.recordByRid(rid));
  if (seq !== undefined) return (await reader.ask((read) => read.recordsBySeq([seq])))[0] ?? null;
  const named = id === undefined ? undefined : parseGlobalId(id);
  return named?.kind === 'Record' ? reader.load.record.load(named.cid) : null;
}
