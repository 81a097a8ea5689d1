import { findCycles } from './cycle.js';
import type { LineageWalk, WalkPage } from './lineage-walk.js';
import { PackedGraph } from './packed-graph.js';

const CYCLES_MAX = 16;
/** Past so many nodes a page looks for cycles among its own: looking through all that came before would cost more each time. */
const LOOK_BACK_MAX = 50_000;

/** The cycles that a page completes, as numbers of their nodes. */
export function cyclesOf(walk: LineageWalk, page: WalkPage): number[][] {
  if (!walk.edges.canTurn) return [];
  const from = page.to > LOOK_BACK_MAX ? page.from : 0;
  const { edges } = walk;
  const graph = PackedGraph.of(page.to - from, (put) => {
    for (let edge = 0; edge < edges.size; edge++) {
      const [start, end] = [edges.fromOf(edge), edges.toOf(edge)];
      const isIn = start >= from && end >= from && start < page.to && end < page.to;
      if (isIn) put(start - from, end - from);
    }
  });
  const isNew = newTo(walk, page);
  return findCycles(graph, page.from === 0 ? CYCLES_MAX : Infinity)
    .map((cycle) => cycle.map((node) => node + from))
    .filter(isNew)
    .slice(0, CYCLES_MAX);
}

/** Whether a cycle was not whole on the page before. */
function newTo(walk: LineageWalk, page: WalkPage): (cycle: number[]) => boolean {
  const { edges } = walk;
  const late = page.edges.filter((edge) => {
    return edges.fromOf(edge) < page.from && edges.toOf(edge) < page.from;
  });
  return (cycle) => {
    if (cycle.some((node) => node >= page.from)) return true;
    const places = new Map(cycle.map((node, i) => [node, i]));
    return late.some((edge) => {
      const place = places.get(edges.fromOf(edge));
      return place !== undefined && cycle[(place + 1) % cycle.length] === edges.toOf(edge);
    });
  };
}
