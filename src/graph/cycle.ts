/** A directed graph: `next[i]` are the nodes that `i` points to. */
export type Adjacency = readonly (readonly number[])[];

/**
 * One cycle for each knot (strongly connected component with a cycle in it), at most `cyclesMax`: a shortest one
 * through the knot's lowest node, in the direction of its edges, starting there. A node pointing to itself is `[node]`.
 */
export function findCycles(next: Adjacency, cyclesMax: number): number[][] {
  const knots = findKnots(next).sort((a, b) => a[0]! - b[0]!);
  return knots.slice(0, cyclesMax).map((knot) => shortestCycle(next, knot));
}

/** Each knot's nodes, ascending. */
function findKnots(next: Adjacency): number[][] {
  const suspects = peel(next);
  if (suspects.length === 0) return [];
  return components(next, suspects)
    .filter((nodes) => nodes.length > 1 || next[nodes[0]!]!.includes(nodes[0]!))
    .map((nodes) => nodes.sort((a, b) => a - b));
}

/** Takes away every node nothing points to, again and again: without cycles, nothing is left (Kahn 1962). */
function peel(next: Adjacency): number[] {
  const pointers = new Uint32Array(next.length);
  for (const targets of next) for (const target of targets) pointers[target]!++;
  const free = [...pointers.keys()].filter((node) => pointers[node] === 0);
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    for (const target of next[node]!) if (--pointers[target]! === 0) free.push(target);
  }
  return [...pointers.keys()].filter((node) => pointers[node]! > 0);
}

/** Strongly connected components (Tarjan 1972), without recursion: a cycle may be 100,000 long. */
function components(next: Adjacency, from: number[]): number[][] {
  const order = new Int32Array(next.length).fill(-1);
  const low = new Int32Array(next.length);
  const isOpen = new Uint8Array(next.length);
  const open: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const enter = (node: number) => {
    order[node] = low[node] = count++;
    isOpen[node] = 1;
    open.push(node);
    return { node, at: 0 };
  };
  const leave = (node: number) => {
    if (low[node] !== order[node]) return;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen[member] = 0;
    found.push(component);
  };
  for (const root of from) {
    if (order[root] !== -1) continue;
    const stack = [enter(root)];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const target = next[top.node]![top.at++];
      if (target === undefined) {
        leave(top.node);
        stack.pop();
        const caller = stack[stack.length - 1]?.node;
        if (caller !== undefined) low[caller] = Math.min(low[caller]!, low[top.node]!);
      } else if (order[target] === -1) stack.push(enter(target));
      else if (isOpen[target]) low[top.node] = Math.min(low[top.node]!, order[target]!);
    }
  }
  return found;
}

/** Breadth first from the knot's lowest node until an edge leads back to it. */
function shortestCycle(next: Adjacency, knot: number[]): number[] {
  const start = knot[0]!;
  const members = new Set(knot);
  const before = new Map<number, number>();
  const queue = [start];
  for (let i = 0; i < queue.length; i++) {
    for (const target of next[queue[i]!]!) {
      if (target === start) return trail(before, queue[i]!);
      if (!members.has(target) || before.has(target)) continue;
      before.set(target, queue[i]!);
      queue.push(target);
    }
  }
  return [];
}

function trail(before: Map<number, number>, end: number): number[] {
  const path = [end];
  for (let node = before.get(end); node !== undefined; node = before.get(node)) path.push(node);
  return path.reverse();
}
