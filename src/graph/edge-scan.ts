import type { DatabaseSync } from 'node:sqlite';
import type { RelationFilter } from './relation.js';
import { Select } from './select.js';

/** An edge as stored: `place` is the index in `asked` of its near end, `other` the node at its far end. */
export type EdgeRow = [place: number, rel: number, other: number, path: number];

export interface EdgePage {
  rows: EdgeRow[];
  asked: readonly number[];
  /** How many of all the nodes asked about are finished with this page. */
  done: number;
}

export type ScanDirection = 'UPSTREAM' | 'DOWNSTREAM';

/** Nodes asked about at once, and edges answered at once: what is read between two looks at the clock. */
const NODES_AT_ONCE = 512;
const PAGE_ROWS = 8_192;

const NEAR = { UPSTREAM: 'src', DOWNSTREAM: 'dst' };
const FAR = { UPSTREAM: 'dst', DOWNSTREAM: 'src' };

interface Scans {
  many: Select<EdgeRow>;
  rest: Select<EdgeRow>;
}

/** Reads the edges of many nodes in pages, however many edges one of them has. */
export class EdgeScan {
  private readonly scans: Record<ScanDirection, Scans>;

  constructor(database: DatabaseSync) {
    this.scans = {
      UPSTREAM: prepare(database, 'UPSTREAM'),
      DOWNSTREAM: prepare(database, 'DOWNSTREAM'),
    };
  }

  /**
   * Yields the edges of `nodes` in order of node, relation and far end. Those whose far end lies after `upTo` are left
   * out: they were not known then.
   */
  *pages(
    nodes: readonly number[],
    direction: ScanDirection,
    filter: RelationFilter,
    upTo: number,
  ): Generator<EdgePage> {
    const { many, rest } = this.scans[direction];
    const { from, to, mask } = filter;
    for (let start = 0; start < nodes.length;) {
      const asked = nodes.slice(start, start + NODES_AT_ONCE);
      let rows = many.all(JSON.stringify(asked), from, to, mask, upTo, PAGE_ROWS);
      const last = rows.length < PAGE_ROWS ? asked.length - 1 : rows[rows.length - 1]![0];
      start += last + 1;
      yield { rows, asked, done: rows.length < PAGE_ROWS ? start : start - 1 };
      // A full page may have ended inside a node: that one is read to its end, by keyset.
      while (rows.length === PAGE_ROWS) {
        const [, rel, other] = rows[rows.length - 1]!;
        rows = rest.all(last, asked[last]!, rel, to, rel, other, mask, upTo, PAGE_ROWS);
        yield { rows, asked, done: rows.length < PAGE_ROWS ? start : start - 1 };
      }
    }
  }
}

function prepare(database: DatabaseSync, direction: ScanDirection): Scans {
  const near = NEAR[direction];
  const far = FAR[direction];
  const known = `((1 << e.rel) & ?) <> 0 AND e.${far} <= ?`;
  // The order comes with the plan: json_each leads, and the index of the near end holds rel, then far.
  const source = direction === 'UPSTREAM' ? 'edge e NOT INDEXED' : 'edge e INDEXED BY edge_back';
  return {
    many: new Select(
      database,
      `SELECT j.key, e.rel, e.${far}, e.path FROM json_each(?) j CROSS JOIN ${source}
       ON e.${near} = j.value AND e.rel BETWEEN ? AND ? AND ${known} LIMIT +?`,
    ),
    rest: new Select(
      database,
      `SELECT ?, e.rel, e.${far}, e.path FROM ${source}
       WHERE e.${near} = ? AND e.rel BETWEEN ? AND ? AND (e.rel, e.${far}) > (?, ?) AND ${known}
       ORDER BY e.rel, e.${far} LIMIT +?`,
    ),
  };
}
