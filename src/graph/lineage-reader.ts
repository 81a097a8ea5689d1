import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../error.js';
import { findCycles } from './cycle.js';
import { EdgeScan } from './edge-scan.js';
import { KindReader } from './kind.js';
import type { IncompleteReason, LineageRequest } from './lineage.js';
import { LineageWalk } from './lineage-walk.js';
import { packWords, type PackedLineage } from './packed-lineage.js';
import { RecordDecoder, type NodeRow, type RecordNode } from './record-node.js';
import type { RecordReader } from './record-reader.js';
import { formatRelationFilter, type RelationFilter } from './relation.js';
import { Select } from './select.js';

const CYCLES_MAX = 16;

/** Answers lineage questions; each inside one read transaction of the caller's, so that the graph stands still. */
export class LineageReader {
  private readonly scan: EdgeScan;
  private readonly kinds: KindReader;
  private readonly decoder: RecordDecoder;
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
    this.decoder = new RecordDecoder(database);
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
  lineage(request: LineageRequest, head: number): PackedLineage {
    checkRequest(request);
    const position = Math.min(request.knownAt ?? head, head);
    const relations = formatRelationFilter(request.relations);
    const walk = this.walk(request, relations, position);
    const seqs = [...walk.depths.keys()];
    const indexes = new Map(seqs.map((seq, i) => [seq, i]));
    const nodes = this.records.rows(seqs);
    const edges: number[] = [];
    for (const [from, to, rel, path] of walk.edges) {
      edges.push(indexes.get(from)!, indexes.get(to)!, rel, path);
    }
    const upstream = walk.expanded('UPSTREAM');
    const unresolved = this.countUnresolved(upstream, relations, position, head);
    const isElsewhere = walk.expanded('DOWNSTREAM').length > 0 || unresolved > 0;
    const blind = this.blindSpots(nodes, upstream, isElsewhere, position);
    const reason = reasonOf(walk, blind !== undefined);
    const frontier = new Set([...walk.frontier, ...(blind ?? [])]);
    return {
      nodes,
      depths: [...walk.depths.values()],
      edges,
      isComplete: reason === undefined,
      reason,
      omitted: walk.omitted.size,
      isOmittedExact: walk.isOmittedExact && blind === undefined,
      frontier: [...frontier].map((seq) => indexes.get(seq)!),
      cycles: cyclesOf(seqs, edges),
      unresolved,
      position,
      ...packWords(nodes, edges, this.decoder),
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
    upstream: number[],
    { mask }: RelationFilter,
    position: number,
    head: number,
  ): number {
    const nodes = JSON.stringify(upstream);
    const [waiting] = this.waiting.get(nodes, mask)!;
    if (position === head) return waiting;
    return waiting + this.healedLater.get(nodes, mask, position)![0];
  }

  /**
   * Where the answer may miss something because a record could not be read: the unreadable nodes of the answer, or
   * undefined when nothing can be missing. What an unreadable record comes from is unknown; so is, elsewhere, whether
   * it came of one of the nodes or is what an unresolved reference means.
   */
  private blindSpots(
    nodes: NodeRow[],
    upstream: number[],
    isElsewhere: boolean,
    position: number,
  ): number[] | undefined {
    const unreadable = nodes.filter(([, , , , state]) => state !== 0).map(([seq]) => seq);
    const followed = unreadable.length > 0 ? new Set(upstream) : new Set();
    const spots = unreadable.filter((seq) => followed.has(seq));
    if (spots.length > 0) return spots;
    return isElsewhere && this.unreadable.get(position) !== undefined ? [] : undefined;
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

/** @param edges index of from and to in `seqs`, relation, path; ... */
function cyclesOf(seqs: number[], edges: number[]): number[][] {
  const next: number[][] = seqs.map(() => []);
  let canTurn = false;
  for (let i = 0; i < edges.length; i += 4) {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    next[from]!.push(to);
    if (seqs[to]! >= seqs[from]!) canTurn = true;
  }
  // As long as every edge leads back in the ledger, none can close a cycle.
  return canTurn ? findCycles(next, CYCLES_MAX) : [];
}
