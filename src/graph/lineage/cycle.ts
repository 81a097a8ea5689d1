import type { PackedGraph } from './packed-graph.js';

/**
 * One cycle for each knot (strongly connected component with a cycle in it), at most `cyclesMax`: a shortest one
 * through the knot's lowest node, in the direction of its edges, starting there. A node pointing to itself is `[node]`.
 */
export function findCycles(graph: PackedGraph, cyclesMax: number): number[][] {
  const knots = findKnots(graph).sort((a, b) => a[0]! - b[0]!);
  const size = knots.length === 0 ? 0 : graph.size;
  const members = new Int32Array(size);
  // shared by the knots, which have no node in common: there may be as many of them as nodes
  const before = new Int32Array(size).fill(-1);
  return knots.slice(0, cyclesMax).map((knot, i) => {
    for (const node of knot) members[node] = i + 1;
    return shortestCycle(graph, knot[0]!, before, (node) => members[node] === i + 1);
  });
}

/** Each knot's nodes, ascending. */
function findKnots(graph: PackedGraph): Int32Array[] {
  const suspects = peel(graph);
  if (suspects.length === 0) return [];
  return components(graph, suspects)
    .filter((nodes) => nodes.length > 1 || graph.has(nodes[0]!, nodes[0]!))
    .map((nodes) => nodes.sort());
}

/** Takes away every node nothing points to, again and again: without cycles, nothing is left (Kahn 1962). */
function peel({ size, heads, targets }: PackedGraph): Int32Array {
  const pointers = new Uint32Array(size);
  for (const target of targets) pointers[target]!++;
  const free = new Int32Array(size);
  let count = 0;
  for (let node = 0; node < size; node++) if (pointers[node] === 0) free[count++] = node;
  for (let i = 0; i < count; i++) {
    for (let at = heads[free[i]!]!; at < heads[free[i]! + 1]!; at++) {
      if (--pointers[targets[at]!]! === 0) free[count++] = targets[at]!;
    }
  }
  const left = new Int32Array(size - count);
  for (let node = 0, at = 0; node < size; node++) if (pointers[node]! > 0) left[at++] = node;
  return left;
}

/** Strongly connected components (Tarjan 1972), without recursion: a cycle may be a million long. */
function components({ size, heads, targets }: PackedGraph, from: Int32Array): Int32Array[] {
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = heads.slice();
  const isOpen = new Uint8Array(size);
  const open = new Int32Array(size);
  const stack = new Int32Array(size);
  const found: Int32Array[] = [];
  let count = 0;
  let openCount = 0;
  let height = 0;
  const enter = (node: number) => {
    order[node] = low[node] = count++;
    isOpen[node] = 1;
    open[openCount++] = node;
    stack[height++] = node;
  };
  const leave = (node: number) => {
    if (low[node] !== order[node]) return;
    const end = openCount;
    do isOpen[open[--openCount]!] = 0;
    while (open[openCount] !== node);
    found.push(open.slice(openCount, end));
  };
  for (const root of from) {
    if (order[root] !== -1) continue;
    enter(root);
    while (height > 0) {
      const node = stack[height - 1]!;
      if (next[node]! < heads[node + 1]!) {
        const target = targets[next[node]!++]!;
        if (order[target] === -1) enter(target);
        else if (isOpen[target]) low[node] = Math.min(low[node]!, order[target]!);
      } else {
        leave(node);
        height--;
        const caller = stack[height - 1];
        if (height > 0) low[caller!] = Math.min(low[caller!]!, low[node]!);
      }
    }
  }
  return found;
}

/** Breadth first from the knot's lowest node until an edge leads back to it. */
function shortestCycle(
  { heads, targets }: PackedGraph,
  start: number,
  before: Int32Array,
  isMember: (node: number) => boolean,
): number[] {
  const queue = [start];
  for (const node of queue) {
    for (let at = heads[node]!; at < heads[node + 1]!; at++) {
      const target = targets[at]!;
      if (target === start) return trail(before, start, node);
      if (!isMember(target) || before[target] !== -1) continue;
      before[target] = node;
      queue.push(target);
    }
  }
  return [];
}

function trail(before: Int32Array, start: number, end: number): number[] {
  const path = [];
  for (let node = end; node !== start; node = before[node]!) path.push(node);
  return [...path, start].reverse();
}
