import type { RecordClass, Relation } from '../../record/draft.js';
import type { ImpactMark } from './impact-edges.js';
import type { LineageFilter } from '../lineage/lineage.js';
import type { NamedThing } from '../edge/thing-name.js';
import type { RecordNode } from '../record/record-node.js';

/** What stays the same over all steps of one walk: so a step needs no memory of the one before, on whichever thread it runs. */
export interface ImpactFilter extends LineageFilter {
  /** Last ledger position known; the index has applied it. */
  position: number;
  /** Relations to follow; default all but refersTo. */
  relations?: Relation[];
}

/** Nodes of one kind, by one author. */
export interface ImpactGroup {
  /** Null for things. */
  class: RecordClass | null;
  /** ITEM, CLASS or PARTY for things; null for a record nobody here can read. */
  type: string | null;
  /** Key id; null for things, which nobody has recorded. */
  author: string | null;
  nodes: number[];
}

/** What lies one step downstream of some nodes. */
export interface ImpactStep {
  /** Each node once, whether or not an earlier step has led to it. */
  groups: ImpactGroup[];
  /** Nodes that are there, but not for whoever asks. */
  hidden: number[];
  /** How many of the nodes asked about are finished; the rest is for another step. */
  done: number;
  /** Where that step begins in the first of them. */
  after?: ImpactMark;
}

export interface ImpactStart {
  /** The roots, former versions among them if they were asked for. */
  nodes: number[];
  /** One of the things is not known. */
  isMissing: boolean;
  /** There are records nobody here can read: one of them may come of anything. */
  isBlind: boolean;
}

/** A node in an answer. */
export type ImpactNode = RecordNode | NamedThing;

/** Why an answer is not the whole of it; where several hold, the first of this list. */
export type ImpactGap = 'DEADLINE' | 'MAX_NODES' | 'MAX_DEPTH' | 'ACCESS' | 'MISSING_BLOCK';
