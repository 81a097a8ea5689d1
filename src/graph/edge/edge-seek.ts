import type { DatabaseSync } from 'node:sqlite';
import type { ScanDirection } from './edge-scan.js';
import type { RelationFilter } from './relation.js';
import { Select } from '../select.js';

/** Both ends of these are records, one of which says so. `place` is the index of the near end in what was asked. */
export type StoredRow = [place: number, rel: number, other: number, path: number];

/** The last edge read of a node that has more: relation and far end. */
export type EdgeMark = [rel: number, other: number];

const NEAR = { UPSTREAM: 'src', DOWNSTREAM: 'dst' };
const FAR = { UPSTREAM: 'dst', DOWNSTREAM: 'src' };

/** Edges between records in one direction, in order of node, relation and far end: one range of an index for each node. */
export class EdgeSeek {
  private readonly ofMany: Select<StoredRow>;
  private readonly ofRest: Select<StoredRow>;

  constructor(database: DatabaseSync, direction: ScanDirection) {
    const near = NEAR[direction];
    const far = FAR[direction];
    const edge = direction === 'UPSTREAM' ? 'edge e NOT INDEXED' : 'edge e INDEXED BY edge_back';
    const columns = `e.rel, e.${far}, e.path`;
    // the order comes with the plan: json_each leads, and the index of the near end holds rel, then far
    this.ofMany = new Select(
      database,
      `SELECT j.key, ${columns} FROM json_each(?) j CROSS JOIN ${edge}
       ON e.${near} = j.value AND e.rel BETWEEN ? AND ?
         AND ((1 << e.rel) & ?) <> 0 AND e.${far} <= ? LIMIT +?`,
    );
    // two seeks, one after the other: by a row value the index would be read from the relation's beginning
    this.ofRest = new Select(
      database,
      `SELECT 0, ${columns} FROM ${edge}
       WHERE e.${near} = ?1 AND e.rel = ?2 AND e.${far} > ?3 AND e.${far} <= ?6
       UNION ALL
       SELECT 0, ${columns} FROM ${edge}
       WHERE e.${near} = ?1 AND e.rel > ?2 AND e.rel <= ?4
         AND ((1 << e.rel) & ?5) <> 0 AND e.${far} <= ?6
       LIMIT +?7`,
    );
  }

  /** @param upTo last position known; `limit` at most: it may end inside a node */
  many(
    nodes: readonly number[],
    { from, to, mask }: RelationFilter,
    upTo: number,
    limit: number,
  ): StoredRow[] {
    return this.ofMany.all(JSON.stringify(nodes), from, to, mask, upTo, limit);
  }

  /** Those of one node behind a mark; their place is 0. */
  rest(
    node: number,
    [rel, other]: EdgeMark,
    { to, mask }: RelationFilter,
    upTo: number,
    limit: number,
  ): StoredRow[] {
    return this.ofRest.all(node, rel, other, to, mask, upTo, limit);
  }
}

/** Where to go on behind some edges; there is one at least. */
export function markOf(rows: readonly StoredRow[]): EdgeMark {
  const [, rel, other] = rows[rows.length - 1]!;
  return [rel, other];
}
