import type { ImpactGap, ImpactGroup, ImpactStart, ImpactStep } from './impact.js';
import type { ImpactMark } from './impact-edges.js';
import { IntColumn } from '../lineage/lineage-column.js';
import { NodeNumbers } from '../edge/node-number.js';

export interface ImpactBounds {
  depthMax: number;
  nodesMax: number;
  /** True once time is up, or nobody listens any more. */
  isOver: () => boolean;
}

/** How many nodes are alike in class, type and author. */
export interface ImpactCount {
  class: ImpactGroup['class'];
  type: string | null;
  author: string | null;
  count: number;
}

/** Nodes asked about in one step. */
const STEP_NODES = 2_048;

/**
 * Everything downstream of some nodes, breadth first and in steps. Each node is met once and expanded once, so diamonds cost
 * nothing and cycles end. A million nodes are 30 MB while it goes on, outside the heap, and 4 MB afterwards.
 */
export class ImpactWalk {
  readonly counts = new Map<string, ImpactCount>();
  redacted = 0;

  private readonly seen = new NodeNumbers();
  private readonly hidden = new NodeNumbers();
  /** Where in the order of discovery each degree begins; degree 0 are the roots. */
  private readonly begins = new IntColumn();
  private gap: ImpactGap | undefined;
  private isFinished = false;

  constructor(
    private readonly start: ImpactStart,
    private readonly bounds: ImpactBounds,
    private readonly ask: (nodes: number[], after?: ImpactMark) => Promise<ImpactStep>,
  ) {
    for (const node of start.nodes) this.seen.add(node);
    this.begins.push(0);
    this.begins.push(this.seen.size);
  }

  /** How many there are, the roots apart. */
  get count(): number {
    return this.seen.size - this.start.nodes.length;
  }

  /** How many there are at each degree, from 1. */
  get degrees(): number[] {
    const counts: number[] = [];
    for (let degree = 1; degree < this.begins.length; degree++) {
      const end = degree + 1 < this.begins.length ? this.begins.at(degree + 1)! : this.seen.size;
      if (end > this.begins.at(degree)!) counts.push(end - this.begins.at(degree)!);
    }
    return counts;
  }

  /** Undefined when it is the whole of it. */
  get reason(): ImpactGap | undefined {
    if (this.gap) return this.gap;
    if (this.redacted > 0) return 'ACCESS';
    return this.start.isBlind ? 'MISSING_BLOCK' : undefined;
  }

  /** Nodes in order of discovery, the roots apart. */
  nodes(from: number, to: number): number[] {
    const skipped = this.start.nodes.length;
    return this.seen.slice(from + skipped, Math.min(to + skipped, this.seen.size));
  }

  /** Steps from the nearest root, of the node at a place in that order. */
  degreeAt(place: number): number {
    const number = place + this.start.nodes.length;
    return findDegree(this.begins.length, (degree) => this.begins.at(degree)! <= number);
  }

  /** Goes on to the end, or to a bound. Yields after each step, with the number of nodes found by then. */
  async *run(): AsyncGenerator<number> {
    for (let degree = 1; !this.isFinished; degree++) {
      const [from, to] = [this.begins.at(degree - 1)!, this.seen.size];
      if (from === to) break;
      if (degree > 1) this.begins.push(to);
      let after: ImpactMark | undefined;
      for (let at = from; at < to && !this.isFinished;) {
        if (this.bounds.isOver()) return this.end('DEADLINE');
        const nodes = this.seen.slice(at, Math.min(at + STEP_NODES, to));
        const step = await this.ask(nodes, after);
        at += step.done;
        after = step.after;
        this.take(step, degree);
        yield this.count;
      }
    }
    this.isFinished = true;
  }

  private take({ groups, hidden }: ImpactStep, degree: number): void {
    for (const node of hidden) {
      if (this.hidden.numberOf(node) >= 0) continue;
      this.hidden.add(node);
      this.redacted++;
    }
    for (const group of groups) {
      let added = 0;
      for (const node of group.nodes) {
        if (this.seen.numberOf(node) >= 0) continue;
        if (degree > this.bounds.depthMax) return this.end('MAX_DEPTH');
        if (this.count >= this.bounds.nodesMax) {
          this.tally(group, added);
          return this.end('MAX_NODES');
        }
        this.seen.add(node);
        added++;
      }
      this.tally(group, added);
    }
  }

  private tally({ class: recordClass, type, author }: ImpactGroup, added: number): void {
    if (added === 0) return;
    const key = JSON.stringify([recordClass, type, author]);
    const known = this.counts.get(key);
    if (known) known.count += added;
    else this.counts.set(key, { class: recordClass, type, author, count: added });
  }

  private end(gap: ImpactGap): void {
    this.gap = gap;
    this.isFinished = true;
  }
}

/**
 * The last degree that begins at or before a place. There may be as many degrees as nodes.
 *
 * @param count of degrees, the roots' among them; the first behind them has begun
 */
export function findDegree(count: number, hasBegun: (degree: number) => boolean): number {
  let [low, high] = [1, count];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (hasBegun(middle)) low = middle;
    else high = middle;
  }
  return low;
}
