import type { Relation } from '../../record/draft.js';
import type { Direction, ToldEdge } from '../edge/edge.js';
import type { LineageAccess } from '../lineage/lineage.js';

export interface PathRequest {
  /** CIDs of records, of their statements or of their entries, or URIs of things. */
  from: string;
  to: string;
  /** How many paths at most. */
  k: number;
  /** Edges in a path at most. */
  maxLength: number;
  /** UPSTREAM: `from` comes from `to`. DOWNSTREAM: the other way. BOTH (default): either; never a mixture in one path. */
  direction?: Direction;
  /** Relations to follow; default all but refersTo. */
  relations?: Relation[];
  /** How long the search may take, ms. */
  deadlineMs: number;
  /** Answer as of this ledger position. */
  knownAt?: number;
  /** Only over what had happened by then, and what held then, ms; the ends apart. */
  asOf?: number;
  /** Who asks may know all there is when left out. */
  access?: LineageAccess;
}

export interface Path {
  /** CIDs of records and names of things, from `from` to `to`; none twice. */
  nodes: string[];
  /** One for each step; where two records are related in several ways, the first of the relations. */
  edges: ToldEdge[];
}

export interface PathAnswer {
  /** Shortest first. */
  paths: Path[];
  /** There is no other simple path within maxLength; not said where something was met that may not be shown. */
  isExhaustive: boolean;
  /** Last ledger position the answer knows of. */
  position: number;
}
