import type {
  EdgePage,
  EdgeRow,
  EdgeSource,
  ScanDirection,
  ScanMoment,
} from '../edge/edge-scan.js';
import { NODES_AT_ONCE } from '../edge/edge-scan.js';
import type { Direction } from '../edge/edge.js';
import { IntColumn } from './lineage-column.js';
import { LineageEdges } from './lineage-edge.js';
import { NodeNumbers } from '../edge/node-number.js';
import type { RelationFilter } from '../edge/relation.js';

/** HIDDEN: it is there, but not for whoever asks. */
export type Admission = 'ADMITTED' | 'REFUSED' | 'HIDDEN';

export interface WalkRequest {
  /** Distinct. */
  roots: readonly number[];
  direction: Direction;
  depthMax: number;
  relations: RelationFilter;
  moment: ScanMoment;
  /** Which nodes may be walked through; all of them when absent. */
  admit?: (nodes: number[]) => Admission[];
}

/** A part of the walk's nodes, by their numbers. */
export interface WalkPage {
  from: number;
  /** The first that is not on the page. */
  to: number;
  /** Edges that belong to the page. */
  edges: number[];
  /** Nodes of the page from which the walk would have gone on. */
  frontier: number[];
  /** Nodes found beyond the page. */
  omitted: number;
  isOmittedExact: boolean;
  /** Hidden nodes next to the page's. */
  redacted: number;
  reason?: 'DEADLINE' | 'MAX_NODES' | 'MAX_DEPTH';
  /** There is a page after this one. */
  hasNext: boolean;
}

/** So many nodes beyond a page are counted before the count is called inexact. */
const OMITTED_MAX = 1_000;
/** A walk that has found more ends there: each takes some forty bytes. */
const NODES_MAX = 2_000_000;

const NO_ROOM = -2;
const REFUSED = -1;
/** Further than any node: something there was no room for. */
const BEYOND = 0x7fffffff;

/**
 * One breadth-first walk, taken page by page. It goes on beyond a page as far as it must to know all edges between the page's
 * nodes, and a little further to count; what it finds there is on the next page. Each node is expanded once in each direction
 * in which it was reached, so diamonds cost nothing and cycles end.
 *
 * The walk meets a row of edges that depends on nothing but the question: begun again, as many edges lead to the same state. Where
 * the pages of a source end may depend on what came since, so they are not counted.
 */
export class LineageWalk {
  /** In order of discovery, which is by depth. */
  readonly nodes = new NodeNumbers();
  readonly edges = new LineageEdges();
  /** Edges met. */
  steps = 0;
  /** Nodes answered. */
  shown = 0;

  private readonly depths = new IntColumn();
  /** The furthest neighbour of each node. */
  private readonly reach = new IntColumn();
  /** How many of the nodes are within the depth. */
  private within = 0;
  private readonly refused = new NodeNumbers();
  private readonly isHidden = new IntColumn();
  /** For each hidden node not answered yet, the node it was met from. */
  private hidden: number[] = [];
  private isCut = false;
  /** Where an earlier page ended, when the walk is begun again. */
  private replayed = { shown: 0, steps: 0 };

  private readonly directions: ScanDirection[];
  private readonly reached: Record<ScanDirection, IntColumn> = {
    UPSTREAM: new IntColumn(),
    DOWNSTREAM: new IntColumn(),
  };
  /** Nodes in the order in which they were reached in a direction, and how many of them are expanded. */
  private readonly queue: Record<ScanDirection, IntColumn> = {
    UPSTREAM: new IntColumn(),
    DOWNSTREAM: new IntColumn(),
  };
  private readonly done: Record<ScanDirection, number> = { UPSTREAM: 0, DOWNSTREAM: 0 };
  /** Where in the queue begins what lies beyond the depth. */
  private readonly owedTo: Record<ScanDirection, number> = { UPSTREAM: 0, DOWNSTREAM: 0 };
  /** The first node beyond the page, and how many before it are not expanded. */
  private target = 0;
  private owed = 0;
  private readonly crawl: Generator<void>;

  constructor(
    private readonly source: EdgeSource,
    private readonly request: WalkRequest,
  ) {
    const { direction, roots, admit } = request;
    this.directions = direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction];
    const admitted = admit?.([...roots]);
    roots.forEach((root, i) => {
      if (admitted?.[i] === 'HIDDEN') this.hidden.push(-1);
      else for (const each of this.directions) this.arrive(root, 0, each);
    });
    this.crawl = this.run();
  }

  depthOf(number: number): number {
    return this.depths.at(number);
  }

  /** Whether a node's edges in this direction belong to the answer. */
  isReached(number: number, direction: ScanDirection): boolean {
    return this.reached[direction].at(number) > 0;
  }

  /** What it holds, as a measure of its memory. */
  get weight(): number {
    return this.nodes.size + this.refused.size + this.edges.size;
  }

  /**
   * Meets the edges that led to an earlier page's end.
   *
   * @returns false when the time was over before; the next call goes on
   */
  replay(shown: number, steps: number, isOver: () => boolean): boolean {
    this.replayed = { shown, steps };
    while (this.steps < steps) {
      if (!this.step()) break;
      if (isOver() && this.steps < steps) return false;
    }
    this.shown = shown;
    this.hidden = this.hidden.filter((near) => near >= shown);
    return true;
  }

  /**
   * Walks as far as a page needs.
   *
   * @returns false when the time was over before; the next call goes on
   */
  advance(nodesMax: number, isOver: () => boolean): boolean {
    this.aim(nodesMax);
    while (!this.isEnough) {
      if (!this.step()) return true;
      if (isOver()) return false;
    }
    return true;
  }

  /** @param isOver true once time is up */
  page(nodesMax: number, isOver: () => boolean): WalkPage {
    const from = this.shown;
    this.aim(nodesMax);
    let isOverdue = false;
    let isDone = false;
    while (!isOverdue && !isDone && !this.isEnough) {
      isDone = !this.step();
      isOverdue = !isDone && isOver();
    }
    // the last step may have been the very last
    if (isOverdue && !this.isLeft) [isOverdue, isDone] = [false, true];
    const to = Math.min(this.target, this.within);
    this.shown = Math.max(from, to);
    const isShort = isOverdue && this.owed > 0;
    const omitted = this.nodes.size - this.shown;
    const hasNext = isShort || to < this.within;
    return {
      from,
      to: this.shown,
      edges: this.edges.take(from, this.shown),
      frontier: this.frontier(from, this.shown),
      omitted: Math.min(omitted, OMITTED_MAX),
      isOmittedExact: isDone && !this.isCut && omitted <= OMITTED_MAX,
      redacted: this.takeHidden(),
      reason: this.reasonOf(isShort, to, isDone && omitted === 0),
      hasNext,
    };
  }

  private aim(nodesMax: number): void {
    this.target = this.shown + nodesMax;
    this.owed = this.countOwed();
  }

  private reasonOf(isShort: boolean, to: number, isAll: boolean): WalkPage['reason'] {
    if (isShort) return 'DEADLINE';
    if (to < this.within || this.isCut) return 'MAX_NODES';
    return isAll ? undefined : 'MAX_DEPTH';
  }

  /** All of the page is there, and what lies beyond has been counted as far as it is. */
  private get isEnough(): boolean {
    return this.owed === 0 && this.nodes.size - this.target > OMITTED_MAX;
  }

  private get isLeft(): boolean {
    return this.directions.some((each) => this.done[each] < this.queue[each].length);
  }

  /** @returns false when there is nothing left to walk */
  private step(): boolean {
    return !this.crawl.next().done;
  }

  private *run(): Generator<void> {
    const ends = { UPSTREAM: 0, DOWNSTREAM: 0 };
    for (let depth = 0; this.isLeft; depth++) {
      for (const each of this.directions) ends[each] = this.queue[each].length;
      for (const each of this.directions) {
        while (this.done[each] < ends[each]) yield* this.expand(each, depth, ends[each]);
      }
    }
  }

  /** Walks the edges of the next few nodes of a level. */
  private *expand(direction: ScanDirection, depth: number, end: number): Generator<void> {
    const { source, request } = this;
    const start = this.done[direction];
    const numbers = this.queue[direction].slice(start, Math.min(end, start + NODES_AT_ONCE));
    const nodes = Array.from(numbers, (number) => this.nodes.nodeAt(number));
    const isWithin = depth <= request.depthMax;
    for (const page of source.pages(nodes, direction, request.relations, request.moment)) {
      this.refuse(page, isWithin);
      let [place, near] = [-1, -1];
      for (const row of page.rows) {
        if (row[0] !== place) {
          place = row[0];
          near = this.nodes.numberOf(page.asked[place]!);
        }
        this.follow(near, row, depth, direction, isWithin);
        if (++this.steps === this.replayed.steps) this.shown = this.replayed.shown;
      }
      this.finish(direction, start + page.done, isWithin);
      yield;
    }
  }

  /** Marks the nodes of a level that are finished, up to a place in the queue. */
  private finish(direction: ScanDirection, end: number, isWithin: boolean): void {
    for (; this.done[direction] < end; this.done[direction]++) {
      const number = this.queue[direction].at(this.done[direction]);
      if (isWithin && number < this.target) this.owed--;
      // 2: its edges are all known, and need not be taken from the other end
      if (isWithin) this.reached[direction].set(number, 2);
    }
  }

  private follow(
    near: number,
    row: EdgeRow,
    depth: number,
    direction: ScanDirection,
    isWithin: boolean,
  ): void {
    const far = this.arrive(row[2], depth + 1, direction);
    if (!isWithin || far === REFUSED) return;
    if (far === NO_ROOM) return this.reach.set(near, BEYOND);
    if (far > this.reach.at(near)) this.reach.set(near, far);
    if (far >= this.within || this.isKnown(far, direction)) return;
    const [from, to] = direction === 'UPSTREAM' ? [near, far] : [far, near];
    this.edges.add(from, to, row, this.shown);
    if (this.nodes.nodeAt(to) >= this.nodes.nodeAt(from)) this.edges.canTurn = true;
  }

  /** Walking both ways may meet an edge from either end. */
  private isKnown(far: number, direction: ScanDirection): boolean {
    if (this.directions.length === 1) return false;
    return this.reached[direction === 'UPSTREAM' ? 'DOWNSTREAM' : 'UPSTREAM'].at(far) === 2;
  }

  /** The number of the node a step leads to, or why it has none. */
  private arrive(node: number, depth: number, direction: ScanDirection): number {
    let number = this.nodes.numberOf(node);
    if (number < 0) {
      if (this.refused.size > 0 && this.refused.numberOf(node) >= 0) return REFUSED;
      if (this.nodes.size + this.refused.size >= NODES_MAX) {
        this.isCut = true;
        return NO_ROOM;
      }
      number = this.enter(node, depth);
    }
    const reached = this.reached[direction];
    if (reached.at(number) === 0) {
      reached.set(number, 1);
      this.queue[direction].push(number);
      if (depth <= this.request.depthMax) {
        this.owedTo[direction] = this.queue[direction].length;
        if (number < this.target) this.owed++;
      }
    }
    return number;
  }

  private enter(node: number, depth: number): number {
    const number = this.nodes.add(node);
    this.depths.push(depth);
    this.reach.push(-1);
    for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) this.reached[direction].push(0);
    if (depth <= this.request.depthMax) this.within = this.nodes.size;
    return number;
  }

  /** Asks about the nodes of a page that nobody has met yet. */
  private refuse(page: EdgePage, isWithin: boolean): void {
    const { admit } = this.request;
    if (!admit) return;
    const strangers = new Map<number, number>();
    for (const [place, , other] of page.rows) {
      if (strangers.has(other)) continue;
      const isMet = this.nodes.numberOf(other) >= 0 || this.refused.numberOf(other) >= 0;
      if (!isMet) strangers.set(other, this.nodes.numberOf(page.asked[place]!));
    }
    const found = [...strangers];
    admit(found.map(([node]) => node)).forEach((admission, i) => {
      if (admission === 'ADMITTED') return;
      this.refused.add(found[i]![0]);
      if (admission === 'HIDDEN' && isWithin) this.hidden.push(found[i]![1]);
    });
  }

  private countOwed(): number {
    let owed = 0;
    for (const each of this.directions) {
      for (const number of this.queue[each].slice(this.done[each], this.owedTo[each])) {
        if (number < this.target) owed++;
      }
    }
    return owed;
  }

  private frontier(from: number, to: number): number[] {
    const open = new Set<number>();
    for (let number = from; number < to; number++)
      if (this.reach.at(number) >= to) open.add(number);
    for (const each of this.directions) {
      for (const number of this.queue[each].slice(this.done[each], this.owedTo[each])) {
        if (number >= from && number < to) open.add(number);
      }
    }
    return [...open].sort((a, b) => a - b);
  }

  private takeHidden(): number {
    const next = this.hidden.filter((near) => near >= this.shown);
    const taken = this.hidden.length - next.length;
    this.hidden = next;
    return taken;
  }
}
