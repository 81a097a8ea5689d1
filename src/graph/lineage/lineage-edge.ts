import type { EdgeRow } from '../edge/edge-scan.js';
import { IntColumn, NumberColumn } from './lineage-column.js';

/** What an edge says beyond its ends: see EdgeRow. */
export interface EdgeMore {
  evidence: number | null;
  since: number | null;
  until: number | null;
}

/**
 * The edges of a walk until they are answered. Each waits with that of its ends which was found later, and is taken with it; one
 * that comes when both its ends have been answered already is taken next.
 */
export class LineageEdges {
  private readonly from = new IntColumn();
  private readonly to = new IntColumn();
  private readonly rel = new IntColumn();
  private readonly path = new IntColumn();
  /** Index + 1 in the columns below, 0 for an edge that says nothing more. */
  private readonly more = new IntColumn();
  private readonly evidence = new NumberColumn();
  private readonly since = new NumberColumn();
  private readonly until = new NumberColumn();
  /** The edges of a node are a ring: each knows the next, and the node knows the last, whose next is the first. */
  private readonly next = new IntColumn();
  private readonly last = new IntColumn();
  private late: number[] = [];
  /** False as long as every edge leads back in the ledger, so that none can close a cycle. */
  canTurn = false;

  get size(): number {
    return this.from.length;
  }

  /** @param answered how many nodes have been answered */
  add(from: number, to: number, row: EdgeRow, answered: number): void {
    const edge = this.from.length;
    this.from.push(from);
    this.to.push(to);
    this.rel.push(row[1]);
    this.path.push(row[3]);
    this.more.push(this.addMore(row));
    const later = Math.max(from, to);
    if (later < answered) {
      this.next.push(-1);
      this.late.push(edge);
    } else this.join(later, edge);
  }

  /** The edges that belong to the nodes from one number up to another, and those that came late. */
  take(from: number, to: number): number[] {
    const taken = this.late;
    this.late = [];
    for (let node = from; node < Math.min(to, this.last.length); node++) {
      const last = this.last.at(node);
      if (last < 0) continue;
      let edge = last;
      do {
        edge = this.next.at(edge);
        taken.push(edge);
      } while (edge !== last);
    }
    return taken;
  }

  /** What an edge says beyond its ends; undefined for most. */
  moreOf(edge: number): EdgeMore | undefined {
    const more = this.more.at(edge) - 1;
    if (more < 0) return undefined;
    return {
      evidence: this.evidence.at(more),
      since: this.since.at(more),
      until: this.until.at(more),
    };
  }

  fromOf(edge: number): number {
    return this.from.at(edge);
  }

  toOf(edge: number): number {
    return this.to.at(edge);
  }

  relationOf(edge: number): number {
    return this.rel.at(edge);
  }

  pathOf(edge: number): number {
    return this.path.at(edge);
  }

  private join(node: number, edge: number): void {
    while (this.last.length <= node) this.last.push(-1);
    const last = this.last.at(node);
    if (last < 0) this.next.push(edge);
    else {
      this.next.push(this.next.at(last));
      this.next.set(last, edge);
    }
    this.last.set(node, edge);
  }

  private addMore(row: EdgeRow): number {
    if (row.length <= 4) return 0;
    const [, , , , evidence, since, until] = row;
    const saysMore = [evidence, since, until].some(
      (value) => value !== undefined && value !== null,
    );
    if (!saysMore) return 0;
    this.evidence.push(evidence);
    this.since.push(since);
    this.until.push(until);
    return this.evidence.length;
  }
}
