import type { Direction, LineageView } from './lineage-tree.js';

/** A lineage answer as the command prints it: names as in W3C PROV, times as RFC 3339. */
export interface LineageAnswer extends LineageView {
  nodes: {
    cid: string;
    rid: string;
    version: number;
    seq: number;
    depth: number;
    class: string;
    type: string | null;
    capturedAt: string;
    occurredAt: string | null;
  }[];
  edges: { from: string; to: string; relation: string; path: string | null }[];
  isComplete: boolean;
  reason: string | null;
  omitted: number;
  isOmittedExact: boolean;
  frontier: string[];
  redacted: number;
  cycles: string[][];
  /** The last entry the index knew; null when it knew none. */
  position: number | null;
}

export interface LineageBounds {
  depthMax: number;
  nodesMax: number;
}

export type LineageAsker = (
  cid: string,
  direction: Direction,
  bounds: LineageBounds,
) => Promise<LineageAnswer>;

/** Two walks from one root as one answer: complete if both are. */
export function mergeAnswers(one: LineageAnswer, other: LineageAnswer): LineageAnswer {
  const nodes = new Map([...other.nodes, ...one.nodes].map((node) => [node.cid, node]));
  return {
    nodes: [...nodes.values()].sort((a, b) => a.depth - b.depth || a.seq - b.seq),
    edges: [...one.edges, ...other.edges],
    isComplete: one.isComplete && other.isComplete,
    reason: one.reason ?? other.reason,
    omitted: one.omitted + other.omitted,
    isOmittedExact: one.isOmittedExact && other.isOmittedExact,
    frontier: [...one.frontier, ...other.frontier],
    redacted: one.redacted + other.redacted,
    cycles: [...one.cycles, ...other.cycles],
    position: one.position,
  };
}
