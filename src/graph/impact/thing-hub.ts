import type { EdgePage, ScanMoment } from '../edge/edge-scan.js';
import type { RelationFilter } from '../edge/relation.js';
import type { ThingEdgeScan } from '../thing/thing-edge-scan.js';

export interface HubSlice {
  /** Far ends. */
  found: number[];
  /** How many there have been so far; undefined when that was all. */
  next?: number;
}

/** Edges read at once, some twenty milliseconds of work where attributions have to be worked out. */
export const HUB_EDGES_AT_ONCE = 2_048;
const KEPT_MAX = 4;

/**
 * Edges downstream of one thing or event that has very many, some at a time. What was begun is kept for the next time; when it is
 * gone it is begun again, and passes over as many as there have been: their order stays the same (EdgeSource).
 */
export class ThingHub {
  private readonly kept = new Map<string, Generator<EdgePage>>();

  constructor(private readonly things: ThingEdgeScan) {}

  /** @param skipped how many there have been */
  slice(node: number, filter: RelationFilter, moment: ScanMoment, skipped: number): HubSlice {
    const keyOf = (count: number) => JSON.stringify([node, filter, moment, count]);
    const kept = this.take(keyOf(skipped));
    const pages = kept ?? this.things.pages([node], 'DOWNSTREAM', filter, moment);
    let count = kept ? skipped : 0;
    const found: number[] = [];
    for (let page = pages.next(); !page.done; page = pages.next()) {
      const { rows } = page.value;
      for (const [, , other] of rows.slice(Math.max(skipped - count, 0))) found.push(other);
      count += rows.length;
      if (found.length < HUB_EDGES_AT_ONCE) continue;
      this.keep(keyOf(count), pages);
      return { found, next: count };
    }
    return { found };
  }

  private take(key: string): Generator<EdgePage> | undefined {
    const pages = this.kept.get(key);
    this.kept.delete(key);
    return pages;
  }

  private keep(key: string, pages: Generator<EdgePage>): void {
    this.kept.set(key, pages);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_MAX) return;
      this.kept.delete(oldest);
    }
  }
}
