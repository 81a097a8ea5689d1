import type { DatabaseSync } from 'node:sqlite';
import type { RecordClass } from '../../record/draft.js';
import { KindReader, type Kind } from './kind.js';
import { RECORD_STATES, type RecordState } from '../row.js';
import { TermReader } from '../term.js';

/** One version of a record, as the index knows it; no content. */
export interface RecordNode {
  seq: number;
  /** When it was sequenced, ms. */
  at: number;
  rid: string;
  ver: number;
  recordCid: string;
  statementCid: string;
  entryCid: string;
  /** Key id of the statement's author. */
  author: string;
  class: RecordClass;
  /** `Claim`, `ObjectEvent`; absent when the node cannot read the record. */
  type?: string;
  sizeBytes: number;
  state: RecordState;
  mediaType?: string;
  /** When what it tells of happened, ms. */
  occurredAt?: number;
  /** No later version of the record was known at the position asked about. */
  isLatest: boolean;
}

/** What `decode` expects, in this order, from a `record r` and SPELLED. */
export const NODE_COLUMNS = `
  r.seq, r.at, r.kind, r.author, r.state, r.ver, r.size, r.media, r.until, r.occurred,
  s.rid, r.record_cid, s.statement_cid, s.entry_cid`;

export const SPELLED = 'CROSS JOIN spelling s ON s.seq = r.seq';

export type NodeRow = [
  ...[seq: number, at: number, kind: number, author: number, state: number, ver: number],
  ...[size: number, media: number | null, until: number | null, occurred: number | null],
  ...[rid: string, recordCid: string, statementCid: string, entryCid: string],
];

/** What the small integers of a row stand for. */
export interface Words {
  kindOf(id: number): Pick<Kind, 'class' | 'type'> | undefined;
  textOf(id: number): string;
}

/** @param knownAt the position whose knowledge counts; what came later is not known yet */
export function decodeNode(row: NodeRow, words: Words, knownAt = Infinity): RecordNode {
  const [seq, at, kindId, author, state, ver, size, media, until, occurred] = row;
  const kind = words.kindOf(kindId);
  return {
    seq,
    at,
    rid: row[10],
    ver,
    recordCid: row[11],
    statementCid: row[12],
    entryCid: row[13],
    author: words.textOf(author),
    class: kind?.class ?? 'dataset',
    type: kind?.type,
    sizeBytes: size,
    state: RECORD_STATES[state] ?? 'UNAVAILABLE',
    mediaType: media === null ? undefined : words.textOf(media),
    occurredAt: occurred ?? undefined,
    isLatest: until === null || until > knownAt,
  };
}

/** The words of an index. */
export class RecordDecoder implements Words {
  private readonly terms: TermReader;
  private readonly kinds: KindReader;

  constructor(database: DatabaseSync) {
    this.terms = new TermReader(database);
    this.kinds = new KindReader(database);
  }

  kindOf(id: number): Kind | undefined {
    return this.kinds.of(id);
  }

  textOf(id: number): string {
    return this.terms.textOf(id);
  }

  decode(row: NodeRow, knownAt?: number): RecordNode {
    return decodeNode(row, this, knownAt);
  }
}
