import type { RecordClass, Relation } from '../../record/draft.js';
import type { Direction, ToldEdge } from '../edge/edge.js';
import type { LineageNode } from './lineage-node.js';

export type { LineageNode };

/** Which nodes a walk goes through, its roots apart. */
export interface LineageFilter {
  /**
   * Types to walk through; ITEM, CLASS or PARTY for things. A record that cannot be read may be of any type, so it
   * stays in.
   */
  types?: string[];
  /** Key ids of the authors whose records to walk through. */
  authors?: string[];
  /** Only records of what happened at or after `from` and before `to`, ms. */
  from?: number;
  to?: number;
  /** Only what had happened by then, and what held then, ms. */
  asOf?: number;
  /** Who asks may know all there is when left out. */
  access?: LineageAccess;
}

export interface LineageRequest extends LineageFilter {
  /** CIDs of records, of their statements or of their entries, and canonical URIs of things. */
  roots: string[];
  /** BOTH is what the roots come from and what came of them, not everything that hangs together with them. */
  direction: Direction;
  /** Steps from the nearest root; 0 asks for the roots alone. */
  depthMax: number;
  /** Nodes of one answer. */
  nodesMax: number;
  /** Relations to follow; default all but refersTo. */
  relations?: Relation[];
  /** How long the walk may take, ms. */
  deadlineMs: number;
  /** Answer as of this ledger position: what came later was not known. */
  knownAt?: number;
  /** Go on where an earlier answer to the same question ended. */
  after?: LineageMark;
  /** Count the answer by what it consists of. */
  facets?: boolean;
  /** Answer nothing rather than hold up others for long: asked again, the walk goes on. In one go when absent. */
  turn?: LineageTurnId;
}

/** Tells a walk that is taken in turns with whatever else a reader is asked. */
export interface LineageTurnId {
  id: number;
  /** How often it has been asked for before. */
  count: number;
}

/** What whoever asks may know of. */
export interface LineageAccess {
  /** Kinds (class and type) of records that may not be shown. */
  hidden: number[];
  /** Kinds whose records may be shown, but not when they happened: the time of capture stands in for it. */
  undated: number[];
  /** The last kind decided about; a record of a later one is not shown. */
  kindMax: number;
  /** NAMELESS: as opaque ids, and without the times of events. ABSENT: not at all. */
  things: 'OPEN' | 'NAMELESS' | 'ABSENT';
  /** Secret from which opaque ids are made, base64url. */
  thingKey: string;
}

/** Where an answer ended. */
export interface LineageMark {
  /** As of which the whole walk is answered. */
  position: number;
  /** Nodes answered so far. */
  shown: number;
  /** Edges the walk has met. */
  steps: number;
  /** What was missing on the pages before: the last is not complete either. */
  flaw?: 'ACCESS' | 'MISSING_BLOCK';
  /** The reader that may have the walk waiting still. */
  thread?: number;
}

/** Why an answer is not the whole of it; where several hold, the first of this list. */
export type IncompleteReason = 'DEADLINE' | 'MAX_NODES' | 'MAX_DEPTH' | 'ACCESS' | 'MISSING_BLOCK';

/** What an answer consists of; most first. */
export interface LineageFacets {
  relations: [relation: Relation, count: number][];
  kinds: [recordClass: RecordClass | null, type: string | null, count: number][];
  /** By key id; things have no author. */
  authors: [author: string, count: number][];
  /** In order of depth. */
  depths: [depth: number, count: number][];
}

/** How much an answer tells of the whole. */
export interface LineageExtent {
  isComplete: boolean;
  reason?: IncompleteReason;
  /** Nodes found beyond a bound. */
  omitted: number;
  /** False when there may be more than `omitted`. */
  isOmittedExact: boolean;
  /** Nodes next to the answered ones that whoever asks may not know of; nor is anything answered that is reached only through them. */
  redacted: number;
  /** References followed upstream whose target was not in the index at that position. */
  unresolved: number;
  /** Last ledger position the answer knows of; -1 when the index is empty. */
  position: number;
  /** Where to go on; absent on the last page. */
  next?: LineageMark;
}

export interface LineageAnswer extends LineageExtent {
  /** Breadth first: by depth, and within it in order of discovery, which is the same every time. */
  nodes: LineageNode[];
  /**
   * The edges walked whose both ends have been answered, on this page or one before; each on one page only. Ends and evidence are
   * named as in `nodes`.
   */
  edges: ToldEdge[];
  /** Names of the nodes of this page from which the walk would have gone on. */
  frontier: string[];
  /** Names along one cycle of each knot that this page completes, at most 16, each in the direction of its edges. */
  cycles: string[][];
  facets?: LineageFacets;
}
