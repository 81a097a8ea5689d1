import type { ToldLineage } from '../query/lineage-format/told-lineage.js';
import type { Direction } from './lineage-tree.js';

/** A lineage answer as the command prints it: names as in W3C PROV, times as RFC 3339. */
export type LineageAnswer = ToldLineage;

export interface LineageBounds {
  depthMax: number;
  nodesMax: number;
}

export type LineageAsker = (
  cid: string,
  direction: Direction,
  bounds: LineageBounds,
) => Promise<LineageAnswer>;

/** Whoever can be asked. */
export interface LineageSource {
  ask: LineageAsker;
  /** Name of the organisation whose log it is. */
  organisation: () => Promise<string>;
}

/** Two walks from one root as one answer: complete if both are. */
export function mergeAnswers(one: LineageAnswer, other: LineageAnswer): LineageAnswer {
  const nodes = new Map([...other.nodes, ...one.nodes].map((node) => [node.id, node]));
  return {
    nodes: [...nodes.values()].sort((a, b) => a.depth - b.depth || rank(a.seq) - rank(b.seq)),
    // what goes round in a cycle is met both ways
    edges: distinct([...one.edges, ...other.edges], (edge) => JSON.stringify(edge)),
    isComplete: one.isComplete && other.isComplete,
    reason: one.reason ?? other.reason,
    omitted: one.omitted + other.omitted,
    isOmittedExact: one.isOmittedExact && other.isOmittedExact,
    frontier: distinct([...one.frontier, ...other.frontier], (key) => key),
    redacted: one.redacted + other.redacted,
    cycles: distinct([...one.cycles, ...other.cycles], (cycle) => [...cycle].sort().join(' ')),
    position: one.position,
  };
}

function distinct<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const isNew = !seen.has(keyOf(value));
    seen.add(keyOf(value));
    return isNew;
  });
}

/** Things stand in no log: they come behind the records of their depth. */
function rank(seq: number | null): number {
  return seq ?? Number.MAX_SAFE_INTEGER;
}
