import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../error.js';
import { findCycles } from './cycle.js';
import type { Edge } from './edge.js';
import { EdgeScan } from './edge-scan.js';
import { KindReader } from './kind.js';
import type { IncompleteReason, LineageAnswer, LineageNode, LineageRequest } from './lineage.js';
import { LineageWalk } from './lineage-walk.js';
import type { RecordNode } from './record-node.js';
import type { RecordReader } from './record-reader.js';
import { decodeRelation, formatRelationFilter, type RelationFilter } from './relation.js';
import { Select } from './select.js';
import { TermReader } from './term.js';

const CYCLES_MAX = 16;

/** Answers lineage questions; each inside one read transaction of the caller's, so that the graph stands still. */
export class LineageReader {
  private readonly scan: EdgeScan;
  private readonly kinds: KindReader;
  private readonly terms: TermReader;
  private readonly admitted: Select<[seq: number]>;
  private readonly waiting: Select<[count: number]>;
  private readonly healedLater: Select<[count: number]>;
  private readonly unreadable: Select<[seq: number]>;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
    private readonly now: () => number,
  ) {
    this.scan = new EdgeScan(database);
    this.kinds = new KindReader(database);
    this.terms = new TermReader(database);
    this.admitted = new Select(
      database,
      `SELECT r.seq FROM json_each(?) j CROSS JOIN record r ON r.seq = j.value
       WHERE r.kind IN (SELECT value FROM json_each(?))`,
    );
    this.waiting = new Select(
      database,
      `SELECT count(*) FROM (SELECT DISTINCT p.src, p.rel, p.path
       FROM json_each(?) j CROSS JOIN pending p ON p.src = j.value WHERE ((1 << p.rel) & ?) <> 0)`,
    );
    this.healedLater = new Select(
      database,
      `SELECT count(*) FROM json_each(?) j CROSS JOIN edge e ON e.src = j.value
       WHERE ((1 << e.rel) & ?) <> 0 AND e.dst > ?`,
    );
    this.unreadable = new Select(
      database,
      'SELECT seq FROM record INDEXED BY record_unreadable WHERE state <> 0 AND seq <= ? LIMIT 1',
    );
  }

  /**
   * @param head last ledger position indexed
   * @throws AppError NOT_FOUND (a root the index does not know at that position), BAD_USER_INPUT
   */
  lineage(request: LineageRequest, head: number): LineageAnswer {
    checkRequest(request);
    const position = Math.min(request.knownAt ?? head, head);
    const relations = formatRelationFilter(request.relations);
    const walk = this.walk(request, relations, position);
    const nodes = this.records
      .nodes([...walk.depths.keys()], position)
      .map((node): LineageNode => ({ ...node, depth: walk.depths.get(node.seq)! }));
    const cids = new Map(nodes.map(({ seq, recordCid }) => [seq, recordCid]));
    const cidOf = (seq: number) => cids.get(seq)!;
    const unresolved = this.countUnresolved(walk, relations, position, head);
    const blind = this.blindSpots(walk, nodes, unresolved, position);
    const reason = reasonOf(walk, blind !== undefined);
    return {
      nodes,
      edges: walk.edges.map(([from, to, rel, path]): Edge => ({
        from: cidOf(from),
        to: cidOf(to),
        relation: decodeRelation(rel),
        path: this.terms.textOf(path),
      })),
      isComplete: reason === undefined,
      reason,
      omitted: walk.omitted.size,
      isOmittedExact: walk.isOmittedExact && blind === undefined,
      frontier: [...new Set([...walk.frontier, ...(blind ?? [])])].map(cidOf),
      cycles: cyclesOf(walk, cidOf),
      unresolved,
      position,
    };
  }

  private walk(request: LineageRequest, relations: RelationFilter, upTo: number): LineageWalk {
    const started = this.now();
    const found = this.records.recordsByCid(request.roots, upTo);
    const roots = found.filter((node): node is RecordNode => node !== null);
    if (roots.length < found.length) {
      throw new AppError('NOT_FOUND', 'a root of the lineage is not in the index', {
        position: upTo,
      });
    }
    const { direction, depthMax, nodesMax, types, deadlineMs } = request;
    const walk = new LineageWalk(this.scan, {
      roots: [...new Set(roots.map(({ seq }) => seq))],
      direction,
      depthMax,
      nodesMax,
      relations,
      upTo,
      admit: types && this.admission(types),
      isOver: () => this.now() - started >= deadlineMs,
    });
    walk.run();
    return walk;
  }

  private admission(types: string[]): (seqs: number[]) => Set<number> {
    const kinds = this.kinds.all().filter(({ type }) => type === undefined || types.includes(type));
    const ids = JSON.stringify(kinds.map(({ id }) => id));
    return (seqs) => new Set(this.admitted.all(JSON.stringify(seqs), ids).map(([seq]) => seq));
  }

  /** Followed references that led nowhere, or only to what was not known yet. */
  private countUnresolved(
    walk: LineageWalk,
    { mask }: RelationFilter,
    position: number,
    head: number,
  ): number {
    const nodes = JSON.stringify(walk.expanded('UPSTREAM'));
    const [waiting] = this.waiting.get(nodes, mask)!;
    if (position === head) return waiting;
    return waiting + this.healedLater.get(nodes, mask, position)![0];
  }

  /**
   * Where the answer may miss something because a record could not be read: the unreadable nodes of the answer.
   * Undefined when nothing can be missing. What an unreadable record comes from is unknown; so is whether it came of
   * one of the nodes, or is what an unresolved reference means.
   */
  private blindSpots(
    walk: LineageWalk,
    nodes: RecordNode[],
    unresolved: number,
    position: number,
  ): number[] | undefined {
    const upstream = new Set(walk.expanded('UPSTREAM'));
    const spots = nodes
      .filter(({ seq, state }) => state !== 'AVAILABLE' && upstream.has(seq))
      .map(({ seq }) => seq);
    const mayBeElsewhere = walk.expanded('DOWNSTREAM').length > 0 || unresolved > 0;
    const isElsewhere = mayBeElsewhere && this.unreadable.get(position) !== undefined;
    return spots.length > 0 || isElsewhere ? spots : undefined;
  }
}

function checkRequest({ roots, depthMax, nodesMax }: LineageRequest): void {
  const isCount = (value: number, min: number) => Number.isSafeInteger(value) && value >= min;
  if (roots.length === 0) throw new AppError('BAD_USER_INPUT', 'lineage needs a root');
  if (!isCount(depthMax, 0)) throw new AppError('BAD_USER_INPUT', 'depthMax must be 0 or more');
  if (!isCount(nodesMax, 1)) throw new AppError('BAD_USER_INPUT', 'nodesMax must be 1 or more');
}

function reasonOf(walk: LineageWalk, isBlind: boolean): IncompleteReason | undefined {
  if (walk.isOverdue) return 'DEADLINE';
  if (walk.hasReachedNodesMax) return 'MAX_NODES';
  if (walk.omitted.size > 0) return 'MAX_DEPTH';
  return isBlind ? 'MISSING_BLOCK' : undefined;
}

function cyclesOf(walk: LineageWalk, cidOf: (seq: number) => string): string[][] {
  const seqs = [...walk.depths.keys()];
  const index = new Map(seqs.map((seq, i) => [seq, i]));
  const next: number[][] = seqs.map(() => []);
  for (const [from, to] of walk.edges) next[index.get(from)!]!.push(index.get(to)!);
  return findCycles(next, CYCLES_MAX).map((cycle) => cycle.map((i) => cidOf(seqs[i]!)));
}
