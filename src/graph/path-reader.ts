import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../error.js';
import type { Edge } from './edge.js';
import { EdgeScan, type ScanDirection } from './edge-scan.js';
import type { Path, PathAnswer, PathRequest } from './path.js';
import { PathGraph } from './path-graph.js';
import type { RecordNode } from './record-node.js';
import type { RecordReader } from './record-reader.js';
import { decodeRelation, formatRelationFilter } from './relation.js';
import { findShortestPaths } from './shortest-path.js';
import { TermReader } from './term.js';

/** One side's paths as seqs, and the graph that knows their edges. */
interface Found {
  graph: PathGraph;
  direction: ScanDirection;
  paths: number[][];
  isExhaustive: boolean;
}

/** Answers path questions; each inside one read transaction of the caller's. */
export class PathReader {
  private readonly scan: EdgeScan;
  private readonly terms: TermReader;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
    private readonly now: () => number,
  ) {
    this.scan = new EdgeScan(database);
    this.terms = new TermReader(database);
  }

  /**
   * @param head last ledger position indexed
   * @throws AppError NOT_FOUND (an end the index does not know at that position), BAD_USER_INPUT
   */
  paths(request: PathRequest, head: number): PathAnswer {
    checkRequest(request);
    const started = this.now();
    const isOver = () => this.now() - started >= request.deadlineMs;
    const position = Math.min(request.knownAt ?? head, head);
    const [from, to] = this.records.recordsByCid([request.from, request.to], position);
    if (!from || !to) {
      throw new AppError('NOT_FOUND', 'an end of the path is not in the index', { position });
    }
    const found = directionsOf(request, from, to).map((direction) =>
      this.find(request, direction, from.seq, to.seq, position, isOver),
    );
    const all = found
      .flatMap((side) => side.paths.map((path) => ({ side, path })))
      .sort((a, b) => a.path.length - b.path.length);
    const kept = all.slice(0, request.k);
    const cids = this.cidsOf(kept.flatMap(({ path }) => path));
    return {
      paths: kept.map(({ side, path }) => this.describe(side, path, cids)),
      isExhaustive: all.length <= request.k && found.every(({ isExhaustive }) => isExhaustive),
      position,
    };
  }

  /** A downstream path is an upstream path of the other end, read backwards. */
  private find(
    { k, maxLength, relations }: PathRequest,
    direction: ScanDirection,
    from: number,
    to: number,
    upTo: number,
    isOver: () => boolean,
  ): Found {
    const [start, end] = direction === 'UPSTREAM' ? [from, to] : [to, from];
    const graph = PathGraph.load(this.scan, {
      from: start,
      to: end,
      lengthMax: maxLength,
      relations: formatRelationFilter(relations),
      upTo,
      isOver,
    });
    const { paths, isExhaustive } = findShortestPaths(graph.next, {
      from: graph.numberOf(start),
      to: graph.numberOf(end),
      k,
      lengthMax: maxLength,
      isOver,
    });
    return {
      graph,
      direction,
      paths: paths.map((path) => path.map((node) => graph.seqs[node]!)),
      isExhaustive: isExhaustive && graph.isWhole,
    };
  }

  private cidsOf(seqs: number[]): Map<number, string> {
    const nodes = this.records.nodes([...new Set(seqs)]);
    return new Map(nodes.map(({ seq, recordCid }) => [seq, recordCid]));
  }

  private describe({ graph, direction }: Found, path: number[], cids: Map<number, string>): Path {
    const hops = path.slice(1).map((to, i) => ({ from: path[i]!, to }));
    const edges = hops.map(({ from, to }): Edge => {
      const [rel, place] = graph.edgeBetween(from, to);
      const relation = decodeRelation(rel);
      return { from: cids.get(from)!, to: cids.get(to)!, relation, path: this.terms.textOf(place) };
    });
    const nodes = path.map((seq) => cids.get(seq)!);
    if (direction === 'DOWNSTREAM') return { nodes: nodes.reverse(), edges: edges.reverse() };
    return { nodes, edges };
  }
}

function directionsOf(
  { direction = 'BOTH' }: PathRequest,
  from: RecordNode,
  to: RecordNode,
): ScanDirection[] {
  if (direction !== 'BOTH') return [direction];
  // The way from a record to itself is the same in both directions.
  return from.seq === to.seq ? ['UPSTREAM'] : ['UPSTREAM', 'DOWNSTREAM'];
}

function checkRequest({ k, maxLength }: PathRequest): void {
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new AppError('BAD_USER_INPUT', 'k must be 1 or more');
  }
  if (!Number.isSafeInteger(maxLength) || maxLength < 0) {
    throw new AppError('BAD_USER_INPUT', 'maxLength must be 0 or more');
  }
}
