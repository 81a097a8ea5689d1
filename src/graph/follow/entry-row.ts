import { decodeEntry, entryCid } from '../../ledger/entry.js';
import {
  authorOf,
  decodeStatement,
  statementCid,
  type RecordCorrect,
  type RecordPut,
} from '../../ledger/statement.js';
import type { IndexRow } from '../row.js';

export interface EntryRow {
  /** As far as the ledger tells: SEALED, without media type and extract. */
  row: IndexRow;
  /** The statement, if it puts a record. */
  put?: RecordPut | RecordCorrect;
}

/**
 * The row of an entry that the ledger has vouched for.
 *
 * @throws AppError of the ledger's decoders when it is no entry of ours
 */
export function formatEntryRow(bytes: Uint8Array): EntryRow {
  const { seq, at, statement: signed } = decodeEntry(bytes);
  const statement = decodeStatement(signed);
  const row: IndexRow = {
    seq,
    entryCid: entryCid(bytes),
    statementCid: statementCid(signed),
    at,
    type: statement.type,
    author: authorOf(signed),
    links: [],
    state: 'SEALED',
  };
  if (statement.type !== 'record.put' && statement.type !== 'record.correct') return { row };
  const { rid, ver, record: recordCid, class: recordClass, size: sizeBytes, links } = statement;
  const replaces = statement.type === 'record.correct' ? statement.replaces : undefined;
  return {
    row: { ...row, rid, ver, recordCid, class: recordClass, sizeBytes, replaces, links },
    put: statement,
  };
}
