import type { EdgeScan, ScanDirection } from './edge-scan.js';
import type { RelationFilter } from './relation.js';

export interface PathGraphRequest {
  /** seqs. */
  from: number;
  to: number;
  lengthMax: number;
  relations: RelationFilter;
  upTo: number;
  isOver: () => boolean;
}

/** A stored edge by its codes. */
export type CodedEdge = [rel: number, path: number];

/** Past this many edges the search says that it is not exhaustive rather than fill the memory. */
const EDGES_MAX = 200_000;

/**
 * The part of the graph that holds every upstream path of a length from one node to another. It is found from both
 * ends at once, whichever has fewer nodes to expand first, until the two depths add up to the length: so a hub at one
 * end costs little when the other end is small.
 */
export class PathGraph {
  /** False when a bound or the deadline came first. */
  isWhole = true;
  /** seq of each node; the index is the node's number in `next`. */
  readonly seqs: number[] = [];
  readonly next: number[][] = [];

  private readonly numbers = new Map<number, number>();
  private readonly edges = new Map<number, Map<number, CodedEdge>>();
  private edgeCount = 0;

  private constructor(
    private readonly scan: EdgeScan,
    private readonly request: PathGraphRequest,
  ) {}

  static load(scan: EdgeScan, request: PathGraphRequest): PathGraph {
    const graph = new PathGraph(scan, request);
    graph.expand();
    graph.number();
    return graph;
  }

  numberOf(seq: number): number {
    return this.numbers.get(seq)!;
  }

  /** Of several relations between two records, the first of the list. */
  edgeBetween(from: number, to: number): CodedEdge {
    return this.edges.get(from)!.get(to)!;
  }

  private expand(): void {
    const sides = {
      UPSTREAM: { seen: new Set([this.request.from]), level: [this.request.from] },
      DOWNSTREAM: { seen: new Set([this.request.to]), level: [this.request.to] },
    };
    const { UPSTREAM: near, DOWNSTREAM: far } = sides;
    for (let length = 0; length < this.request.lengthMax; length++) {
      if (near.level.length === 0 || far.level.length === 0) return;
      const direction = near.level.length <= far.level.length ? 'UPSTREAM' : 'DOWNSTREAM';
      const side = sides[direction];
      side.level = this.step(side.level, side.seen, direction);
      if (!this.isWhole) return;
    }
  }

  /** Takes in all edges of a level; the nodes it leads to for the first time are the next. */
  private step(level: number[], seen: Set<number>, direction: ScanDirection): number[] {
    const { relations, upTo, isOver } = this.request;
    const found: number[] = [];
    for (const page of this.scan.pages(level, direction, relations, upTo)) {
      for (const [place, rel, other, path] of page.rows) {
        const node = page.asked[place]!;
        if (direction === 'UPSTREAM') this.put(node, other, rel, path);
        else this.put(other, node, rel, path);
        if (!seen.has(other)) {
          seen.add(other);
          found.push(other);
        }
      }
      if (this.edgeCount > EDGES_MAX || isOver()) {
        this.isWhole = false;
        break;
      }
    }
    return found;
  }

  /** An edge may be met from both ends. */
  private put(from: number, to: number, rel: number, path: number): void {
    let targets = this.edges.get(from);
    if (!targets) this.edges.set(from, (targets = new Map()));
    const known = targets.get(to);
    if (!known) this.edgeCount++;
    if (!known || rel < known[0]) targets.set(to, [rel, path]);
  }

  /** Neighbours in ledger order, so that among paths of one length the choice is the same every time. */
  private number(): void {
    const ends = [...this.edges].flatMap(([from, targets]) => [from, ...targets.keys()]);
    const all = new Set([this.request.from, this.request.to, ...ends]);
    for (const seq of all) {
      this.numbers.set(seq, this.seqs.length);
      this.seqs.push(seq);
    }
    for (const seq of this.seqs) {
      const targets = [...(this.edges.get(seq)?.keys() ?? [])].sort((a, b) => a - b);
      this.next.push(targets.map((target) => this.numberOf(target)));
    }
  }
}
