import type { LineageAnswer } from './lineage.js';

/** A lineage answer whose nodes and edges are written out already: the text beside it is first the one, then the other. */
export interface LineageText extends Omit<LineageAnswer, 'nodes' | 'edges'> {
  nodeCount: number;
  /** Characters of the text that are the nodes. */
  nodesLength: number;
}
