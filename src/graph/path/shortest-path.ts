import type { Adjacency } from '../lineage/packed-graph.js';

export interface PathSearch {
  from: number;
  to: number;
  /** How many paths at most. */
  k: number;
  /** Edges in a path at most. */
  lengthMax: number;
  /** True once time is up. */
  isOver: () => boolean;
}

export interface PathsFound {
  /** Simple paths as node lists, shortest first. */
  paths: number[][];
  /** There is no further simple path within the length. */
  isExhaustive: boolean;
}

/** The paths that begin with `prefix` and do not go on from its end to a banned node; `path` is a shortest of them. */
interface Family {
  prefix: number[];
  banned: number[];
  path: number[];
}

/**
 * The k shortest simple paths (Yen 1971 in the form of Lawler 1972): the paths are split into disjoint families, each
 * known by its shortest member; the best family gives up its member and is split around it. Nothing is found twice, and
 * a diamond with 2^20 paths costs no more than the paths asked for.
 */
export function findShortestPaths(next: Adjacency, search: PathSearch): PathsFound {
  const reach = distancesTo(next, search.to);
  const families: Family[] = [];
  const add = (prefix: number[], banned: number[]) => {
    const path = shortest(next, reach, search, prefix, banned);
    if (path) families.push({ prefix, banned, path });
  };
  const paths: number[][] = [];
  add([search.from], []);
  while (families.length > 0 && paths.length < search.k) {
    const best = takeBest(families);
    paths.push(best.path);
    for (let end = best.prefix.length; end < best.path.length; end++) {
      if (search.isOver()) return { paths, isExhaustive: false };
      const banned = end === best.prefix.length ? best.banned : [];
      add(best.path.slice(0, end), [...banned, best.path[end]!]);
    }
  }
  return { paths, isExhaustive: families.length === 0 };
}

function takeBest(families: Family[]): Family {
  let best = 0;
  for (let i = 1; i < families.length; i++) {
    if (families[i]!.path.length < families[best]!.path.length) best = i;
  }
  return families.splice(best, 1)[0]!;
}

/** A shortest path that begins with `prefix`, visits nothing twice and is not too long. */
function shortest(
  next: Adjacency,
  reach: Int32Array,
  { to, lengthMax }: PathSearch,
  prefix: number[],
  banned: number[],
): number[] | undefined {
  const start = prefix[prefix.length - 1]!;
  if (start === to) return banned.length === 0 ? prefix : undefined;
  const before = new Map<number, number>(prefix.map((node) => [node, -1]));
  let level = [start];
  for (let length = prefix.length; level.length > 0 && length <= lengthMax; length++) {
    const found: number[] = [];
    for (const node of level) {
      for (const target of next[node]!) {
        if (before.has(target) || (node === start && banned.includes(target))) continue;
        if (reach[target]! < 0 || length + reach[target]! > lengthMax) continue;
        before.set(target, node);
        if (target === to) return [...prefix, ...trail(before, start, to)];
        found.push(target);
      }
    }
    level = found;
  }
  return undefined;
}

/** The nodes after `start` up to `end`. */
function trail(before: Map<number, number>, start: number, end: number): number[] {
  const path: number[] = [];
  for (let node = end; node !== start; node = before.get(node)!) path.push(node);
  return path.reverse();
}

/** Steps from each node to `to`, -1 where there is no way. */
function distancesTo(next: Adjacency, to: number): Int32Array {
  const back: number[][] = next.map(() => []);
  next.forEach((targets, node) => targets.forEach((target) => back[target]!.push(node)));
  const distances = new Int32Array(next.length).fill(-1);
  distances[to] = 0;
  const queue = [to];
  for (let i = 0; i < queue.length; i++) {
    for (const node of back[queue[i]!]!) {
      if (distances[node]! >= 0) continue;
      distances[node] = distances[queue[i]!]! + 1;
      queue.push(node);
    }
  }
  return distances;
}
