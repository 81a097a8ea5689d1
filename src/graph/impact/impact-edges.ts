import type { DatabaseSync } from 'node:sqlite';
import type { ScanMoment } from '../edge/edge-scan.js';
import type { RelationFilter } from '../edge/relation.js';
import { Select } from '../select.js';
import { ThingEdgeScan } from '../thing/thing-edge-scan.js';

/** The last edge read of a node that has more: relation and far end. */
export type EdgeMark = [rel: number, other: number];

export interface EdgeSlice {
  /** Far ends, some of them twice. */
  found: number[];
  /** How many of the nodes are finished. */
  done: number;
  /** Where to go on in the first node that is not, if something of it has been read. */
  after?: EdgeMark;
}

type FarEnd = [place: number, rel: number, other: number];

/** Edges read at once, some ten milliseconds of work. */
const EDGES_AT_ONCE = 16_384;

/**
 * Edges downstream of many nodes, some at a time: unlike a scan it can be begun again in the middle of a node, so that a node
 * of a million edges holds no thread for seconds.
 */
export class ImpactEdges {
  private readonly many: Select<FarEnd>;
  private readonly rest: Select<FarEnd>;
  private readonly things: ThingEdgeScan;

  constructor(database: DatabaseSync) {
    // the order comes with the plan: json_each leads, and the index holds rel, then src
    this.many = new Select(
      database,
      `SELECT j.key, e.rel, e.src FROM json_each(?) j CROSS JOIN edge e INDEXED BY edge_back
       ON e.dst = j.value AND e.rel BETWEEN ? AND ? AND ((1 << e.rel) & ?) <> 0 AND e.src <= ? LIMIT +?`,
    );
    // two seeks, one after the other: by a row value the index would be read from the relation's beginning
    this.rest = new Select(
      database,
      `SELECT 0, e.rel, e.src FROM edge e INDEXED BY edge_back
       WHERE e.dst = ?1 AND e.rel = ?2 AND e.src > ?3 AND e.src <= ?6
       UNION ALL
       SELECT 0, e.rel, e.src FROM edge e INDEXED BY edge_back
       WHERE e.dst = ?1 AND e.rel > ?2 AND e.rel <= ?4 AND ((1 << e.rel) & ?5) <> 0 AND e.src <= ?6
       LIMIT +?7`,
    );
    this.things = new ThingEdgeScan(database);
  }

  /** @param after where an earlier slice ended in the first of the nodes */
  slice(
    nodes: readonly number[],
    filter: RelationFilter,
    moment: ScanMoment,
    withThings: boolean,
    after?: EdgeMark,
  ): EdgeSlice {
    const slice = this.records(nodes, filter, moment.upTo, after);
    return withThings && slice.done > 0 ? this.withThings(slice, nodes, filter, moment) : slice;
  }

  private records(
    nodes: readonly number[],
    { from, to, mask }: RelationFilter,
    upTo: number,
    after?: EdgeMark,
  ): EdgeSlice {
    const found: number[] = [];
    let done = 0;
    if (after) {
      const [rel, other] = after;
      const rows = this.rest.all(nodes[0]!, rel, other, to, mask, upTo, EDGES_AT_ONCE);
      for (const row of rows) found.push(row[2]);
      if (rows.length === EDGES_AT_ONCE) return { found, done, after: markOf(rows) };
      done = 1;
    }
    const room = EDGES_AT_ONCE - found.length;
    const rest = JSON.stringify(nodes.slice(done));
    const rows = this.many.all(rest, from, to, mask, upTo, room);
    for (const row of rows) found.push(row[2]);
    if (rows.length < room) return { found, done: nodes.length };
    return { found, done: done + rows[rows.length - 1]![0], after: markOf(rows) };
  }

  /** Of the nodes that are finished; when there are too many edges of things, fewer nodes are. */
  private withThings(
    slice: EdgeSlice,
    nodes: readonly number[],
    filter: RelationFilter,
    moment: ScanMoment,
  ): EdgeSlice {
    const asked = nodes.slice(0, slice.done);
    const { found } = slice;
    let edges = 0;
    for (const page of this.things.pages(asked, 'DOWNSTREAM', filter, moment)) {
      for (const [, , other] of page.rows) found.push(other);
      edges += page.rows.length;
      const isEnough = edges >= EDGES_AT_ONCE && page.done > 0 && page.done < slice.done;
      if (isEnough) return { found, done: page.done };
    }
    return slice;
  }
}

function markOf(rows: FarEnd[]): EdgeMark {
  const [, rel, other] = rows[rows.length - 1]!;
  return [rel, other];
}
