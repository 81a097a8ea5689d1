import type { RecordClass } from '../record/draft.js';

/** Whether the node could read a record when it indexed it. SEALED: it holds no key; UNAVAILABLE: no sound block. */
export type RecordState = 'AVAILABLE' | 'SEALED' | 'UNAVAILABLE';

/** Position is the stored code. */
export const RECORD_STATES: readonly RecordState[] = ['AVAILABLE', 'SEALED', 'UNAVAILABLE'];

/** One ledger entry as the index needs it. Entries that are no record (genesis, keys) only move the cursor. */
export interface IndexRow {
  seq: number;
  entryCid: string;
  statementCid: string;
  /** When it was sequenced, ms; never decreases with seq (a law of the ledger). */
  at: number;
  /** Statement type: `record.put`. */
  type: string;
  /** Key id of the statement's author. */
  author: string;
  rid?: string;
  ver?: number;
  recordCid?: string;
  class?: RecordClass;
  sizeBytes?: number;
  /** CID of the statement this one replaces. */
  replaces?: string;
  /** Sources the author chose to publish on the ledger. */
  links: { rel: string; statement: string }[];
  /** CIDs of the statements in its list of sources, when it has one. */
  sources?: string[];
  state: RecordState;
  mediaType?: string;
  /** What the content tells: JSON text of an Extract, which the writer alone reads. Absent unless AVAILABLE. */
  extractText?: string;
}

/** An IndexRow that is a record. */
export interface RecordRow extends IndexRow {
  rid: string;
  ver: number;
  recordCid: string;
  class: RecordClass;
}

/** Tells the entries that name a record from the ones that only move the cursor. */
export function isRecordRow(row: IndexRow): row is RecordRow {
  return (
    row.rid !== undefined &&
    row.ver !== undefined &&
    row.recordCid !== undefined &&
    row.class !== undefined
  );
}
