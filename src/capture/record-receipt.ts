import { AppError } from '../error.js';
import { decodeEntry } from '../ledger/entry.js';
import { entryCid, type Ledger, type Receipt } from '../ledger/ledger.js';
import { decodeStatement, statementCid } from '../ledger/statement.js';
import type { PressedRecord, RepeatedRecord } from './press.js';

/** How far a record has come; each state includes the ones before it. */
export type Durability = 'SEQUENCED' | 'PUBLISHED' | 'INDEXED';

/** What a caller gets for each record. */
export interface RecordReceipt {
  /** Index of the document in the call, and the record's RFC 6901 pointer inside it. */
  document: number;
  pointer: string;
  recordCid: string;
  statementCid: string;
  entryCid: string;
  rid: string;
  ver: number;
  seq: number;
  /** When it was sequenced, ms. */
  at: number;
  state: Durability;
  /** Size of the tree the checkpoint covers. */
  size: number;
  checkpoint?: string;
  /** True when it was there already, as it is. */
  repeated: boolean;
}

/** Of a record just appended. */
export function formatReceipt(record: PressedRecord, receipt: Receipt): RecordReceipt {
  const { document, pointer, block, ref } = record;
  return {
    document,
    pointer,
    recordCid: block.cid,
    statementCid: receipt.statementCid,
    entryCid: receipt.entryCid,
    rid: ref.rid,
    ver: ref.ver,
    seq: receipt.seq,
    at: receipt.at,
    state: receipt.state,
    size: receipt.size,
    checkpoint: receipt.checkpoint,
    repeated: false,
  };
}

/**
 * Of a record that is there already, from its entry.
 *
 * @throws AppError NONCE_REUSED when the entry there is of something else
 */
export function formatRepeat(
  { document, pointer, seq }: RepeatedRecord & { seq: number },
  bytes: Uint8Array,
  { size, checkpoint }: ReturnType<Ledger['head']>,
): RecordReceipt {
  const entry = decodeEntry(bytes);
  const statement = decodeStatement(entry.statement);
  if (statement.type !== 'record.put' && statement.type !== 'record.correct') {
    throw new AppError('NONCE_REUSED', 'the idempotency key was used for something else');
  }
  return {
    document,
    pointer,
    recordCid: statement.record,
    statementCid: statementCid(entry.statement),
    entryCid: entryCid(bytes),
    rid: statement.rid,
    ver: statement.ver,
    seq,
    at: entry.at,
    state: 'PUBLISHED',
    size,
    checkpoint,
    repeated: true,
  };
}

/** By place in the call, then by position. */
export function inOrder(receipts: RecordReceipt[]): RecordReceipt[] {
  return receipts.sort((a, b) => a.document - b.document || a.seq - b.seq);
}
