import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { readPath, type ToldEdge } from '../edge/edge.js';
import type { ScanDirection } from '../edge/edge-scan.js';
import { KindReader } from '../record/kind.js';
import type { LineageAccess } from '../lineage/lineage.js';
import { LineageAdmission } from '../lineage/lineage-admission.js';
import { LineageNames } from '../lineage/lineage-name.js';
import { findRoots, type LineageSources } from '../lineage/lineage-root.js';
import type { Path, PathAnswer, PathRequest } from './path.js';
import { PathGraph } from './path-graph.js';
import type { RecordReader } from '../record/record-reader.js';
import { decodeRelation, formatRelationFilter } from '../edge/relation.js';
import { findShortestPaths } from './shortest-path.js';
import { TermReader } from '../term.js';

/** One side's paths as nodes, and the graph that knows their edges. */
interface Found {
  graph: PathGraph;
  direction: ScanDirection;
  paths: number[][];
  isExhaustive: boolean;
}

/** Answers path questions; each inside one read transaction of the caller's. */
export class PathReader {
  private readonly terms: TermReader;
  private readonly admission: LineageAdmission;
  private readonly names: LineageNames;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
    private readonly sources: LineageSources,
    private readonly now: () => number,
  ) {
    this.terms = new TermReader(database);
    this.admission = new LineageAdmission(database, new KindReader(database), sources.things);
    this.names = new LineageNames(database, sources.things);
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
    const [from, to] = this.endsOf(request, position);
    const found = directionsOf(request, from, to).map((direction) =>
      this.find(request, direction, from, to, position, isOver),
    );
    const all = found
      .flatMap((side) => side.paths.map((path) => ({ side, path })))
      .sort((a, b) => a.path.length - b.path.length);
    const kept = all.slice(0, request.k);
    const evidence = kept.flatMap(({ side, path }) =>
      hopsOf(path).flatMap(([start, end]) => side.graph.edgeBetween(start, end)[4] ?? []),
    );
    const nodes = [...kept.flatMap(({ path }) => path), ...evidence];
    const names = this.names.of([...new Set(nodes)], request.access);
    return {
      paths: kept.map(({ side, path }) => this.describe(side, path, names, request.access)),
      isExhaustive: all.length <= request.k && found.every(({ isExhaustive }) => isExhaustive),
      position,
    };
  }

  private endsOf(request: PathRequest, position: number): [from: number, to: number] {
    try {
      const ends = [request.from, request.to];
      return findRoots(ends, request.access, position, this.records, this.sources) as never;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
      throw new AppError('NOT_FOUND', 'an end of the path is not in the index', { position });
    }
  }

  /** A downstream path is an upstream path of the other end, read backwards. */
  private find(
    { k, maxLength, relations, asOf, access }: PathRequest,
    direction: ScanDirection,
    from: number,
    to: number,
    upTo: number,
    isOver: () => boolean,
  ): Found {
    const [start, end] = direction === 'UPSTREAM' ? [from, to] : [to, from];
    const graph = PathGraph.load(
      access?.things === 'ABSENT' ? this.sources.records : this.sources.all,
      {
        from: start,
        to: end,
        lengthMax: maxLength,
        relations: formatRelationFilter(relations),
        moment: { upTo, ...(asOf !== undefined && { asOf }) },
        admit: this.admission.of({ asOf, access }),
        isOver,
      },
    );
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
      paths: paths.map((path) => path.map((node) => graph.nodes[node]!)),
      isExhaustive: isExhaustive && graph.isWhole && access?.things !== 'ABSENT',
    };
  }

  private describe(
    { graph, direction }: Found,
    path: number[],
    names: ReadonlyMap<number, string>,
    access: LineageAccess | undefined,
  ): Path {
    const isTimed = access === undefined || access.things === 'OPEN';
    const edges = hopsOf(path).map(([from, to]): ToldEdge => {
      const [, rel, , place, evidence, since, until] = graph.edgeBetween(from, to);
      const saying = evidence ?? (place < 0 ? to : from);
      return {
        from: names.get(from)!,
        to: names.get(to)!,
        relation: decodeRelation(rel),
        ...readPath(place === 0 ? '' : this.terms.textOf(Math.abs(place))),
        evidence: names.get(saying) ?? null,
        since: (isTimed ? since : null) ?? null,
        until: (isTimed ? until : null) ?? null,
      };
    });
    const nodes = path.map((node) => names.get(node)!);
    if (direction === 'DOWNSTREAM') return { nodes: nodes.reverse(), edges: edges.reverse() };
    return { nodes, edges };
  }
}

function hopsOf(path: number[]): [from: number, to: number][] {
  return path.slice(1).map((to, i) => [path[i]!, to]);
}

function directionsOf(
  { direction = 'BOTH' }: PathRequest,
  from: number,
  to: number,
): ScanDirection[] {
  if (direction !== 'BOTH') return [direction];
  // The way from a node to itself is the same in both directions.
  return from === to ? ['UPSTREAM'] : ['UPSTREAM', 'DOWNSTREAM'];
}

function checkRequest({ k, maxLength }: PathRequest): void {
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new AppError('BAD_USER_INPUT', 'k must be 1 or more');
  }
  if (!Number.isSafeInteger(maxLength) || maxLength < 0) {
    throw new AppError('BAD_USER_INPUT', 'maxLength must be 0 or more');
  }
}
