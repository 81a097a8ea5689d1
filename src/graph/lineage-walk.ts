import type { EdgePage, EdgeRow, EdgeScan, ScanDirection } from './edge-scan.js';
import type { Direction } from './edge.js';
import type { RelationFilter } from './relation.js';

export interface WalkRequest {
  /** seqs; distinct. */
  roots: readonly number[];
  direction: Direction;
  depthMax: number;
  nodesMax: number;
  relations: RelationFilter;
  upTo: number;
  /** The part of these nodes that may be walked through; all of them when absent. */
  admit?: (seqs: number[]) => Set<number>;
  /** True once time is up. */
  isOver: () => boolean;
}

/** A walked edge: seqs of its ends, codes of its relation and path. */
export type WalkedEdge = [from: number, to: number, rel: number, path: number];

/** So many omitted records are counted before the count is called inexact. */
const OMITTED_MAX = 1_000;

/**
 * One breadth-first walk. Records beyond a bound are not taken in but walked on through, up to a number of them, so
 * that "omitted" is a true count where that costs little. Each record is expanded once in each direction it was
 * reached in, so diamonds cost nothing and cycles end.
 */
export class LineageWalk {
  /** Records taken in, in order of discovery, with their depths. */
  readonly depths = new Map<number, number>();
  readonly edges: WalkedEdge[] = [];
  readonly omitted = new Set<number>();
  /** Taken in, but the walk would have gone on from here. */
  readonly frontier = new Set<number>();
  isOmittedExact = true;
  isOverdue = false;
  hasReachedNodesMax = false;

  private readonly refused = new Set<number>();
  private readonly reached: Record<ScanDirection, Set<number>> = {
    UPSTREAM: new Set(),
    DOWNSTREAM: new Set(),
  };
  private queue: Record<ScanDirection, number[]> = { UPSTREAM: [], DOWNSTREAM: [] };
  private readonly seenEdges = new Set<string>();
  private readonly directions: ScanDirection[];
  /** Records taken in and not yet expanded: what the answer still needs, as against the count. */
  private owed = 0;

  constructor(
    private readonly scan: EdgeScan,
    private readonly request: WalkRequest,
  ) {
    const { direction } = request;
    this.directions = direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction];
  }

  run(): void {
    for (const root of this.request.roots) {
      for (const direction of this.directions) this.reach(root, 0, direction);
    }
    for (let depth = 0; this.directions.some((each) => this.queue[each].length > 0); depth++) {
      const level = this.queue;
      this.queue = { UPSTREAM: [], DOWNSTREAM: [] };
      for (const direction of this.directions) {
        const done = this.expand(level[direction], depth, direction);
        level[direction] = level[direction].slice(done);
        if (this.isOver) return this.giveUp(level, depth);
      }
    }
  }

  /** Records of the answer whose edges in this direction belong to it. */
  expanded(direction: ScanDirection): number[] {
    return [...this.reached[direction]].filter((node) => this.depths.has(node));
  }

  private get isOver(): boolean {
    return this.isOverdue || (this.owed === 0 && !this.isOmittedExact);
  }

  /** Walks the edges of a level's nodes; says how many of them are finished. */
  private expand(level: number[], depth: number, direction: ScanDirection): number {
    const { relations, upTo, isOver } = this.request;
    let done = 0;
    for (const page of this.scan.pages(level, direction, relations, upTo)) {
      this.refuse(page);
      for (const row of page.rows) this.step(page.asked[row[0]]!, row, depth, direction);
      for (; done < page.done; done++) if (this.isOwed(level[done]!, depth)) this.owed--;
      this.isOverdue = isOver();
      if (this.isOver) break;
    }
    return done;
  }

  private step(node: number, row: EdgeRow, depth: number, direction: ScanDirection): void {
    const [, rel, other, path] = row;
    const isIn = this.reach(other, depth + 1, direction);
    if (!this.isOwed(node, depth)) return;
    if (!isIn) {
      if (!this.refused.has(other)) this.frontier.add(node);
      return;
    }
    const [from, to] = direction === 'UPSTREAM' ? [node, other] : [other, node];
    if (this.isFirstSight(from, rel, to)) this.edges.push([from, to, rel, path]);
  }

  /** Whether the record is part of the answer, after this step to it. */
  private reach(node: number, depth: number, direction: ScanDirection): boolean {
    const reached = this.reached[direction];
    if (reached.has(node)) return this.depths.has(node);
    const isNew = !this.depths.has(node) && !this.omitted.has(node);
    if (isNew && (this.refused.has(node) || !this.take(node, depth))) return false;
    reached.add(node);
    this.queue[direction].push(node);
    if (this.isOwed(node, depth)) this.owed++;
    return this.depths.has(node);
  }

  /** Takes a new record in, or counts it as omitted; false when it cannot even be counted. */
  private take(node: number, depth: number): boolean {
    const { depthMax, nodesMax } = this.request;
    const isFull = this.depths.size >= nodesMax;
    if (!isFull && depth <= depthMax) {
      this.depths.set(node, depth);
      return true;
    }
    if (isFull) this.hasReachedNodesMax = true;
    if (this.omitted.size >= OMITTED_MAX) {
      this.isOmittedExact = false;
      return false;
    }
    this.omitted.add(node);
    return true;
  }

  /** Part of the answer, and reached within its depth in the direction at hand. */
  private isOwed(node: number, depth: number): boolean {
    return depth <= this.request.depthMax && this.depths.has(node);
  }

  private refuse(page: EdgePage): void {
    const { admit } = this.request;
    if (!admit) return;
    const strangers = new Set<number>();
    for (const [, , other] of page.rows) {
      const isKnown = this.depths.has(other) || this.omitted.has(other) || this.refused.has(other);
      if (!isKnown) strangers.add(other);
    }
    const admitted = admit([...strangers]);
    for (const node of strangers) if (!admitted.has(node)) this.refused.add(node);
  }

  /** Walking both ways may meet an edge from either end. */
  private isFirstSight(from: number, rel: number, to: number): boolean {
    if (this.directions.length === 1) return true;
    const edge = `${from} ${rel} ${to}`;
    const isFirst = !this.seenEdges.has(edge);
    this.seenEdges.add(edge);
    return isFirst;
  }

  /** What is left unexpanded is where to go on from. */
  private giveUp(level: Record<ScanDirection, number[]>, depth: number): void {
    const left = [
      ...[...level.UPSTREAM, ...level.DOWNSTREAM].map((node) => ({ node, depth })),
      ...[...this.queue.UPSTREAM, ...this.queue.DOWNSTREAM].map((node) => ({
        node,
        depth: depth + 1,
      })),
    ];
    if (left.length > 0) this.isOmittedExact = false;
    else this.isOverdue = false;
    for (const each of left) if (this.isOwed(each.node, each.depth)) this.frontier.add(each.node);
  }
}
