import type { Receipt } from '../ledger/ledger.js';
import type { RecordClass } from '../record/draft.js';
import type { PressedRecord } from './press.js';

/** A record in the log, with what an index needs to know of it. */
export interface AppendedRecord {
  seq: number;
  at: number;
  entryCid: string;
  statementCid: string;
  type: 'record.put' | 'record.correct';
  /** Key id of the statement's author. */
  author: string;
  rid: string;
  ver: number;
  recordCid: string;
  class: RecordClass;
  sizeBytes: number;
  replaces?: string;
  links: { rel: string; statement: string }[];
  state: 'AVAILABLE';
  mediaType: string;
  /** JSON text of the record's Extract. */
  extractText: string;
}

/** Undefined for a record with a list of sources: whoever follows reads that from the archive, a row at a time. */
export function formatAppended(
  record: PressedRecord,
  receipt: Receipt,
): AppendedRecord | undefined {
  const { submission, mediaType, extractText } = record;
  const { statement, author } = submission;
  if (statement.sources) return undefined;
  const { seq, at, entryCid, statementCid } = receipt;
  const { type, rid, ver, record: recordCid, class: recordClass, size, links } = statement;
  const replaces = statement.type === 'record.correct' ? statement.replaces : undefined;
  return {
    seq,
    at,
    entryCid,
    statementCid,
    type,
    author,
    rid,
    ver,
    recordCid,
    class: recordClass,
    sizeBytes: size,
    replaces,
    links,
    state: 'AVAILABLE',
    mediaType,
    extractText,
  };
}
