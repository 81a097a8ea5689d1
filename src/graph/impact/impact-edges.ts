import type { DatabaseSync } from 'node:sqlite';
import type { ScanMoment } from '../edge/edge-scan.js';
import { EdgeSeek, markOf, type EdgeMark } from '../edge/edge-seek.js';
import type { RelationFilter } from '../edge/relation.js';
import { ThingEdgeScan } from '../thing/thing-edge-scan.js';
import { HUB_EDGES_AT_ONCE, ThingHub } from './thing-hub.js';

/** Where to go on in a node: behind an edge between records, or behind so many edges of things. */
export type ImpactMark = EdgeMark | number;

export interface EdgeSlice {
  /** Far ends, some of them twice. */
  found: number[];
  /** How many of the nodes are finished. */
  done: number;
  /** Where to go on in the first node that is not, if something of it has been read. */
  after?: ImpactMark;
}

/** Edges read at once, some ten milliseconds of work. */
const EDGES_AT_ONCE = 16_384;

/**
 * Edges downstream of many nodes, some at a time: unlike a scan it can be begun again in the middle of a node, so that a node
 * of a million edges holds no thread for seconds.
 */
export class ImpactEdges {
  private readonly seek: EdgeSeek;
  private readonly things: ThingEdgeScan;
  private readonly hub: ThingHub;

  constructor(database: DatabaseSync) {
    this.seek = new EdgeSeek(database, 'DOWNSTREAM');
    this.things = new ThingEdgeScan(database);
    this.hub = new ThingHub(this.things);
  }

  /** @param after where an earlier slice ended in the first of the nodes */
  slice(
    nodes: readonly number[],
    filter: RelationFilter,
    moment: ScanMoment,
    withThings: boolean,
    after?: ImpactMark,
  ): EdgeSlice {
    if (typeof after === 'number') return this.ofHub(nodes[0]!, filter, moment, after);
    const slice = this.records(nodes, filter, moment.upTo, after);
    return withThings && slice.done > 0 ? this.withThings(slice, nodes, filter, moment) : slice;
  }

  private records(
    nodes: readonly number[],
    filter: RelationFilter,
    upTo: number,
    after?: EdgeMark,
  ): EdgeSlice {
    const found: number[] = [];
    let done = 0;
    if (after) {
      const rows = this.seek.rest(nodes[0]!, after, filter, upTo, EDGES_AT_ONCE);
      for (const row of rows) found.push(row[2]);
      if (rows.length === EDGES_AT_ONCE) return { found, done, after: markOf(rows) };
      done = 1;
    }
    const room = EDGES_AT_ONCE - found.length;
    const rows = this.seek.many(nodes.slice(done), filter, upTo, room);
    for (const row of rows) found.push(row[2]);
    if (rows.length < room) return { found, done: nodes.length };
    return { found, done: done + rows[rows.length - 1]![0], after: markOf(rows) };
  }

  private ofHub(
    node: number,
    filter: RelationFilter,
    moment: ScanMoment,
    skipped: number,
  ): EdgeSlice {
    const { found, next } = this.hub.slice(node, filter, moment, skipped);
    return next === undefined ? { found, done: 1 } : { found, done: 0, after: next };
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
      if (page.done === 0 && edges >= HUB_EDGES_AT_ONCE) return { found, done: 0, after: edges };
      const isEnough = edges >= EDGES_AT_ONCE && page.done < slice.done;
      if (isEnough) return { found, done: page.done };
    }
    return slice;
  }
}
