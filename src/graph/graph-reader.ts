import type { DatabaseSync } from 'node:sqlite';
import type { Identifier } from '../record/draft.js';
import type { Direction } from './edge.js';
import { EdgeReader, type EdgeAnswer, type EdgeRequest } from './edge-reader.js';
import { openForReading } from './index-file.js';
import type { LineageAnswer, LineageRequest } from './lineage.js';
import { LineageReader } from './lineage-reader.js';
import type { PathAnswer, PathRequest } from './path.js';
import { unpackLineage, type PackedLineage } from './packed-lineage.js';
import { PathReader } from './path-reader.js';
import type { RecordFilter } from './record-filter.js';
import {
  RecordList,
  type RecordOrder,
  type RecordPage,
  type RecordPosition,
} from './record-list.js';
import type { RecordNode } from './record-node.js';
import { RecordReader } from './record-reader.js';
import { Select } from './select.js';
import { guard } from './sqlite-error.js';

export interface GraphStatus {
  /** The next seq to apply: everything before it can be asked about. */
  cursor: number;
  records: number;
  edges: number;
  /** References whose target is not in the index. */
  dangling: number;
  /** Records whose content could not be read when they were indexed. */
  unreadable: number;
}

/**
 * Reads the index. Each method sees one state of it, however much is applied meanwhile, and may be behind the ledger by
 * whatever the follower has not applied yet. All of them throw AppError STORE_FAILED when the file cannot be read.
 */
export class GraphReader {
  private readonly records: RecordReader;
  private readonly list: RecordList;
  private readonly edges: EdgeReader;
  private readonly lineages: LineageReader;
  private readonly routes: PathReader;
  private readonly meta: Select<[...number[]]>;

  private constructor(
    private readonly database: DatabaseSync,
    now: () => number,
  ) {
    this.records = new RecordReader(database);
    this.list = new RecordList(database);
    this.edges = new EdgeReader(database, this.records);
    this.lineages = new LineageReader(database, this.records, now);
    this.routes = new PathReader(database, this.records, now);
    this.meta = new Select(
      database,
      'SELECT cursor, records, edges, dangling, unreadable FROM meta',
    );
  }

  /**
   * Opens an index that a writer has open already.
   *
   * @param now a clock in ms that never runs back
   * @throws AppError STORE_FAILED
   */
  static open(path: string, now: () => number = () => performance.now()): GraphReader {
    return guard(() => new GraphReader(openForReading(path), now));
  }

  status(): GraphStatus {
    return this.still(() => {
      const [cursor, records, edges, dangling, unreadable] = this.meta.get() as [
        ...[number, number, number, number, number],
      ];
      return { cursor, records, edges, dangling, unreadable };
    });
  }

  /** By CID of record, statement or entry; null for each that names no record. */
  recordsByCid(cids: string[]): (RecordNode | null)[] {
    return this.still(() => this.records.recordsByCid(cids));
  }

  recordsBySeq(seqs: number[]): (RecordNode | null)[] {
    return this.still(() => this.records.recordsBySeq(seqs));
  }

  /** The version asked for, else the newest. */
  recordByRid(rid: string, ver?: number): RecordNode | null {
    return this.still(() => this.records.recordByRid(rid, ver));
  }

  /** Oldest first; empty when there is no such record. */
  versions(rid: string): RecordNode[] {
    return this.still(() => this.records.versions(rid));
  }

  identifiersOf(cid: string): Identifier[] {
    return this.still(() => this.records.identifiersOf(cid));
  }

  /** @throws AppError BAD_USER_INPUT, BAD_CURSOR */
  listRecords(
    filter: RecordFilter,
    orderBy: RecordOrder,
    first: number,
    after?: RecordPosition,
  ): RecordPage {
    return this.still(() => this.list.listRecords(filter, orderBy, first, after));
  }

  countRecords(filter: RecordFilter): number {
    return this.still(() => this.list.countRecords(filter));
  }

  /** @throws AppError NOT_FOUND */
  edgesOf(cid: string, direction: Direction, request?: EdgeRequest): EdgeAnswer {
    return this.still(() => this.edges.edgesOf(cid, direction, request));
  }

  /** @throws AppError NOT_FOUND, BAD_USER_INPUT */
  lineage(request: LineageRequest): LineageAnswer {
    return unpackLineage(this.packedLineage(request));
  }

  /** The same, to be unpacked on another thread. */
  packedLineage(request: LineageRequest): PackedLineage {
    return this.still(() => this.lineages.lineage(request, this.head()));
  }

  /** @throws AppError NOT_FOUND, BAD_USER_INPUT */
  paths(request: PathRequest): PathAnswer {
    return this.still(() => this.routes.paths(request, this.head()));
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  private head(): number {
    return this.meta.get()![0]! - 1;
  }

  /** Reads inside one transaction, so that the writer's commits do not show half-way. */
  private still<T>(read: () => T): T {
    return guard(() => {
      this.database.exec('BEGIN');
      try {
        return read();
      } finally {
        if (this.database.isTransaction) this.database.exec('COMMIT');
      }
    });
  }
}

/** The methods that may be asked for from another thread. */
export const READ_METHODS = [
  'status',
  'recordsByCid',
  'recordsBySeq',
  'recordByRid',
  'versions',
  'identifiersOf',
  'listRecords',
  'countRecords',
  'edgesOf',
  'packedLineage',
  'paths',
] as const satisfies (keyof GraphReader)[];

export type ReadMethod = (typeof READ_METHODS)[number];
