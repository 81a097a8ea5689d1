import type { Relation } from '../record/draft.js';
import type { Direction, Edge } from './edge.js';
import type { RecordNode } from './record-node.js';

export interface LineageRequest {
  /** CIDs of records, of their statements or of their entries. */
  roots: string[];
  /** BOTH is what the roots come from and what came of them, not everything that hangs together with them. */
  direction: Direction;
  /** Steps from the nearest root; 0 asks for the roots alone. */
  depthMax: number;
  nodesMax: number;
  /** Relations to follow; default all but refersTo. */
  relations?: Relation[];
  /** Types to walk through, the roots apart. A record that cannot be read may be of any type, so it stays in. */
  types?: string[];
  /** How long the walk may take, ms. */
  deadlineMs: number;
  /** Answer as of this ledger position: what came later was not known. */
  knownAt?: number;
}

/** Why an answer is not the whole of it; where several hold, the first of this list. */
export type IncompleteReason = 'DEADLINE' | 'MAX_NODES' | 'MAX_DEPTH' | 'MISSING_BLOCK';

export interface LineageNode extends RecordNode {
  /** Steps from the nearest root. */
  depth: number;
}

export interface LineageAnswer {
  /** Breadth first: by depth, and within it in order of discovery, which is the same every time. */
  nodes: LineageNode[];
  /** The edges walked whose both ends are in `nodes`. */
  edges: Edge[];
  isComplete: boolean;
  reason?: IncompleteReason;
  /** Records found beyond a bound. */
  omitted: number;
  /** False when there may be more than `omitted`. */
  isOmittedExact: boolean;
  /** Record CIDs of the nodes from which the walk would have gone on: the roots to go on from. */
  frontier: string[];
  /** Record CIDs along one cycle of each knot among `nodes`, at most 16, each in the direction of its edges. */
  cycles: string[][];
  /** References followed upstream whose target was not in the index at that position. */
  unresolved: number;
  /** Last ledger position the answer knows of; -1 when the index is empty. */
  position: number;
}
