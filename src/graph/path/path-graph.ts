import type {
  EdgePage,
  EdgeRow,
  EdgeSource,
  ScanDirection,
  ScanMoment,
} from '../edge/edge-scan.js';
import type { Admission } from '../lineage/lineage-walk.js';
import type { RelationFilter } from '../edge/relation.js';

export interface PathGraphRequest {
  /** Nodes. */
  from: number;
  to: number;
  lengthMax: number;
  relations: RelationFilter;
  moment: ScanMoment;
  /** Which nodes may be gone through; all of them when absent. */
  admit?: (nodes: number[]) => Admission[];
  isOver: () => boolean;
}

/** Past this many edges the search says that it is not exhaustive rather than fill the memory. */
const EDGES_MAX = 200_000;

/**
 * The part of the graph that holds every upstream path of a length from one node to another. It is found from both
 * ends at once, whichever has fewer nodes to expand first, until the two depths add up to the length: so a hub at one
 * end costs little when the other end is small.
 */
export class PathGraph {
  /** False when a bound or the deadline came first, or something was met that may not be shown. */
  isWhole = true;
  /** The index of each is its number in `next`. */
  readonly nodes: number[] = [];
  readonly next: number[][] = [];

  private readonly numbers = new Map<number, number>();
  private readonly edges = new Map<number, Map<number, EdgeRow>>();
  private readonly admitted = new Set<number>();
  private readonly refused = new Set<number>();
  private edgeCount = 0;
  private isCut = false;

  private constructor(
    private readonly source: EdgeSource,
    private readonly request: PathGraphRequest,
  ) {}

  static load(source: EdgeSource, request: PathGraphRequest): PathGraph {
    const graph = new PathGraph(source, request);
    graph.expand();
    graph.number();
    return graph;
  }

  numberOf(node: number): number {
    return this.numbers.get(node)!;
  }

  /** Of several relations between two nodes, the first of the list. */
  edgeBetween(from: number, to: number): EdgeRow {
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
      if (this.isCut) return;
    }
  }

  /** Takes in all edges of a level; the nodes it leads to for the first time are the next. */
  private step(level: number[], seen: Set<number>, direction: ScanDirection): number[] {
    const { relations, moment, isOver } = this.request;
    const found: number[] = [];
    for (const page of this.source.pages(level, direction, relations, moment)) {
      this.refuse(page);
      for (const row of page.rows) {
        const node = page.asked[row[0]]!;
        const other = row[2];
        if (this.refused.has(other)) continue;
        if (direction === 'UPSTREAM') this.put(node, other, row);
        else this.put(other, node, row);
        if (!seen.has(other)) {
          seen.add(other);
          found.push(other);
        }
      }
      if (this.edgeCount > EDGES_MAX || isOver()) {
        this.isWhole = false;
        this.isCut = true;
        break;
      }
    }
    return found;
  }

  /** Asks about the nodes of a page that nobody has met yet; the ends are there because they were asked about. */
  private refuse({ rows }: EdgePage): void {
    const { admit, from, to } = this.request;
    if (!admit) return;
    const isNew = (node: number) => !this.admitted.has(node) && !this.refused.has(node);
    const strangers = [...new Set(rows.map((row) => row[2]))].filter(isNew);
    admit(strangers).forEach((admission, i) => {
      const node = strangers[i]!;
      if (admission === 'ADMITTED' || node === from || node === to) this.admitted.add(node);
      else {
        this.refused.add(node);
        if (admission === 'HIDDEN') this.isWhole = false;
      }
    });
  }

  /** An edge may be met from both ends. */
  private put(from: number, to: number, row: EdgeRow): void {
    let targets = this.edges.get(from);
    if (!targets) this.edges.set(from, (targets = new Map()));
    const known = targets.get(to);
    if (!known) this.edgeCount++;
    if (!known || row[1] < known[1]) targets.set(to, row);
  }

  /** Neighbours in ledger order, so that among paths of one length the choice is the same every time. */
  private number(): void {
    const ends = [...this.edges].flatMap(([from, targets]) => [from, ...targets.keys()]);
    const all = new Set([this.request.from, this.request.to, ...ends]);
    for (const node of all) {
      this.numbers.set(node, this.nodes.length);
      this.nodes.push(node);
    }
    for (const node of this.nodes) {
      const targets = [...(this.edges.get(node)?.keys() ?? [])].sort((a, b) => a - b);
      this.next.push(targets.map((target) => this.numberOf(target)));
    }
  }
}
