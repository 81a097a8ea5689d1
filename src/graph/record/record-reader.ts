import type { DatabaseSync } from 'node:sqlite';
import type { Identifier } from '../../record/draft.js';
import { keyOf } from '../name/name.js';
import {
  NODE_COLUMNS,
  RecordDecoder,
  SPELLED,
  type NodeRow,
  type RecordNode,
} from './record-node.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';

/** Look-ups by what is unique: position, CID, rid. */
export class RecordReader {
  private readonly bySeq: Select<NodeRow>;
  private readonly byName: Select<[key: number, ...NodeRow]>;
  private readonly newest: Select<NodeRow>;
  private readonly ofOrigin: Select<NodeRow>;
  private readonly identifiers: Select<[json: string]>;
  private readonly decoder: RecordDecoder;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    this.decoder = new RecordDecoder(database);
    this.terms = new TermReader(database);
    this.bySeq = new Select(
      database,
      `SELECT ${NODE_COLUMNS} FROM json_each(?) j CROSS JOIN record r ON r.seq = j.value ${SPELLED}`,
    );
    this.byName = new Select(
      database,
      `SELECT j.value, ${NODE_COLUMNS} FROM json_each(?) j CROSS JOIN name n ON n.key = j.value
       CROSS JOIN record r ON r.seq = n.seq ${SPELLED}`,
    );
    this.newest = new Select(
      database,
      `SELECT ${NODE_COLUMNS} FROM json_each(?) j CROSS JOIN record f ON f.seq = j.value
       CROSS JOIN record r ON r.seq = f.latest ${SPELLED}`,
    );
    this.ofOrigin = new Select(
      database,
      `SELECT ${NODE_COLUMNS} FROM record r ${SPELLED} WHERE r.seq = ?1
       UNION ALL
       SELECT ${NODE_COLUMNS} FROM record r INDEXED BY record_revision ${SPELLED}
       WHERE r.origin = ?1 AND r.origin <> r.seq`,
    );
    this.identifiers = new Select(database, 'SELECT identifiers FROM spelling WHERE seq = ?');
  }

  /** In the order of `seqs`, without those that are no record. */
  rows(seqs: readonly number[]): NodeRow[] {
    return this.bySeq.all(JSON.stringify(seqs));
  }

  nodes(seqs: readonly number[], knownAt?: number): RecordNode[] {
    return this.rows(seqs).map((row) => this.decoder.decode(row, knownAt));
  }

  recordsBySeq(seqs: readonly number[]): (RecordNode | null)[] {
    const found = new Map(this.nodes([...new Set(seqs)]).map((node) => [node.seq, node]));
    return seqs.map((seq) => found.get(seq) ?? null);
  }

  /**
   * The records these CIDs name, null for each that names none. A CID may be that of the record, of its statement or
   * of its entry; if a second statement puts the same record, the first one counts.
   */
  recordsByCid(cids: readonly string[], knownAt?: number): (RecordNode | null)[] {
    const keys = [...new Set(cids.map((cid) => keyOf('cid', cid)))];
    const candidates = this.byName
      .all(JSON.stringify(keys))
      .map(([, ...row]) => this.decoder.decode(row, knownAt))
      .filter(({ seq }) => knownAt === undefined || seq <= knownAt)
      .sort((a, b) => a.seq - b.seq);
    const found = new Map<string, RecordNode>();
    for (const name of ['recordCid', 'statementCid', 'entryCid'] as const) {
      for (const node of candidates) if (!found.has(node[name])) found.set(node[name], node);
    }
    return cids.map((cid) => found.get(cid) ?? null);
  }

  /** The version asked for, else the newest. */
  recordByRid(rid: string, ver?: number): RecordNode | null {
    const versions = this.versions(rid);
    const isWanted = (node: RecordNode) => (ver === undefined ? node.isLatest : node.ver === ver);
    return versions.find(isWanted) ?? null;
  }

  /** The newest version of each; null for each that is no record. */
  recordsByRid(rids: readonly string[]): (RecordNode | null)[] {
    const keys = [...new Set(rids.map((rid) => keyOf('rid', rid)))];
    const origins = new Map(
      this.byName.all(JSON.stringify(keys)).map(([, ...row]) => [row[10], row[0]]),
    );
    const found = this.newest.all(JSON.stringify([...origins.values()]));
    const newest = new Map(found.map((row) => [row[10], this.decoder.decode(row)]));
    return rids.map((rid) => newest.get(rid) ?? null);
  }

  /** Oldest first. */
  versions(rid: string): RecordNode[] {
    const [first] = this.byName
      .all(JSON.stringify([keyOf('rid', rid)]))
      .filter(([, ...row]) => row[10] === rid);
    if (!first) return [];
    return this.ofOrigin
      .all(first[1])
      .map((row) => this.decoder.decode(row))
      .sort((a, b) => a.ver - b.ver || a.seq - b.seq);
  }

  identifiersOf(cid: string): Identifier[] {
    const [node] = this.recordsByCid([cid]);
    const [json] = (node && this.identifiers.get(node.seq)) ?? ['[]'];
    const pairs = JSON.parse(json) as [system: number, value: string][];
    return pairs.map(([system, value]) => ({ system: this.terms.textOf(system), value }));
  }
}
