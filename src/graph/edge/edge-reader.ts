import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import type { Relation } from '../../record/draft.js';
import { readPath, type Direction, type Edge } from './edge.js';
import { EdgeScan, type ScanDirection } from './edge-scan.js';
import type { RecordReader } from '../record/record-reader.js';
import { decodeRelation, formatRelationFilter, RELATIONS } from './relation.js';
import { TermReader } from '../term.js';

export interface EdgeRequest {
  /** Default: all, refersTo among them. */
  relations?: Relation[];
  /** At most so many in each direction; default 1,000. */
  first?: number;
  /** As of this ledger position. */
  knownAt?: number;
}

export interface EdgeAnswer {
  edges: Edge[];
  /** False when there are more than `first`. */
  isComplete: boolean;
}

/** A stored edge with both ends. */
type Ends = [from: number, to: number, rel: number, path: number];

/** The direct neighbours of one record version. */
export class EdgeReader {
  private readonly scan: EdgeScan;
  private readonly terms: TermReader;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
  ) {
    this.scan = new EdgeScan(database);
    this.terms = new TermReader(database);
  }

  /** @throws AppError NOT_FOUND */
  edgesOf(cid: string, direction: Direction, request: EdgeRequest = {}): EdgeAnswer {
    const { first = 1_000, knownAt = Number.MAX_SAFE_INTEGER } = request;
    const [node] = this.records.recordsByCid([cid], knownAt);
    if (!node) throw new AppError('NOT_FOUND', 'the record is not in the index');
    const directions: ScanDirection[] =
      direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction];
    const found = directions.map((each) => this.read(node.seq, each, request, first, knownAt));
    const ends = found.flatMap((side) => side.slice(0, first));
    const cids = this.cidsOf(ends);
    return {
      edges: ends.map(([from, to, rel, path]): Edge => ({
        from: cids.get(from)!,
        to: cids.get(to)!,
        relation: decodeRelation(rel),
        path: readPath(this.terms.textOf(Math.abs(path))).path,
      })),
      isComplete: found.every((side) => side.length <= first),
    };
  }

  /** One more than asked for, if there are more. */
  private read(
    seq: number,
    direction: ScanDirection,
    { relations = [...RELATIONS] }: EdgeRequest,
    first: number,
    upTo: number,
  ): Ends[] {
    const filter = formatRelationFilter(relations);
    const ends: Ends[] = [];
    for (const { rows } of this.scan.pages([seq], direction, filter, { upTo })) {
      for (const [, rel, other, path] of rows) {
        ends.push(direction === 'UPSTREAM' ? [seq, other, rel, path] : [other, seq, rel, path]);
      }
      if (ends.length > first) break;
    }
    return ends.slice(0, first + 1);
  }

  private cidsOf(ends: Ends[]): Map<number, string> {
    const seqs = new Set(ends.flatMap(([from, to]) => [from, to]));
    const nodes = this.records.nodes([...seqs]);
    return new Map(nodes.map(({ seq, recordCid }) => [seq, recordCid]));
  }
}
