import type { DatabaseSync } from 'node:sqlite';
import { EdgeSeek, markOf } from './edge-seek.js';
import type { RelationFilter } from './relation.js';

/**
 * An edge next to a node asked about: `place` is the index in `asked` of its near end, `other` the node at its far end.
 * Nodes are record versions by their seq, things by their negative term id.
 *
 * `path`: term of the place that says so in the record the edge starts from; negative: in the one it leads to; 0: nowhere in
 * particular. The last three only where they say more than the ends do: `evidence`, the seq of the record that says so when it is
 * neither end; `since` and `until`, ms, when it held (null: from the beginning, still).
 */
export type EdgeRow = [
  ...[place: number, rel: number, other: number, path: number],
  ...[evidence?: number | null, since?: number | null, until?: number | null],
];

export interface EdgePage {
  rows: EdgeRow[];
  asked: readonly number[];
  /** How many of all the nodes asked about are finished with this page. */
  done: number;
}

export type ScanDirection = 'UPSTREAM' | 'DOWNSTREAM';

/** From where the graph is looked at. */
export interface ScanMoment {
  /** Last ledger position known: what later records say is not known. */
  upTo: number;
  /** Event time, ms: what has not happened by then, or holds no more, is left out. All there ever was when absent. */
  asOf?: number;
}

/** Something that knows edges. A node it knows nothing of has none. */
export interface EdgeSource {
  /**
   * Yields the edges of `nodes`, node after node, each node's in an order that depends on nothing that came after `upTo`: a walk
   * that is begun again finds the same in the same order. Nothing is left open between two pages.
   */
  pages(
    nodes: readonly number[],
    direction: ScanDirection,
    filter: RelationFilter,
    moment: ScanMoment,
  ): Generator<EdgePage>;
}

/** Nodes asked about at once, and edges answered at once: what is read between two looks at the clock. */
export const NODES_AT_ONCE = 512;
const PAGE_ROWS = 8_192;

/** Reads the edges between records in pages, however many edges one of them has. */
export class EdgeScan implements EdgeSource {
  private readonly seeks: Record<ScanDirection, EdgeSeek>;

  constructor(database: DatabaseSync) {
    this.seeks = {
      UPSTREAM: new EdgeSeek(database, 'UPSTREAM'),
      DOWNSTREAM: new EdgeSeek(database, 'DOWNSTREAM'),
    };
  }

  /** In order of node, relation and far end. `asOf` is for whoever knows when the far end happened. */
  *pages(
    nodes: readonly number[],
    direction: ScanDirection,
    filter: RelationFilter,
    { upTo }: ScanMoment,
  ): Generator<EdgePage> {
    const seek = this.seeks[direction];
    for (let start = 0; start < nodes.length;) {
      const asked = nodes.slice(start, start + NODES_AT_ONCE);
      let rows = seek.many(asked, filter, upTo, PAGE_ROWS);
      const last = rows.length < PAGE_ROWS ? asked.length - 1 : rows[rows.length - 1]![0];
      start += last + 1;
      yield { rows, asked, done: rows.length < PAGE_ROWS ? start : start - 1 };
      // A full page may have ended inside a node: that one is read to its end, by keyset.
      while (rows.length === PAGE_ROWS) {
        rows = seek.rest(asked[last]!, markOf(rows), filter, upTo, PAGE_ROWS);
        for (const row of rows) row[0] = last;
        yield { rows, asked, done: rows.length < PAGE_ROWS ? start : start - 1 };
      }
    }
  }
}
