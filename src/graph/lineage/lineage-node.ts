import type { ThingKind } from './lineage-thing.js';
import type { RecordNode } from '../record/record-node.js';

/** A record version in an answer; its name is its CID. */
export interface LineageRecord extends RecordNode {
  kind: 'RECORD';
  /** Steps from the nearest root. */
  depth: number;
}

/** A thing in an answer. */
export interface LineageThing {
  kind: ThingKind;
  /** Its canonical URI, or an opaque id for whoever may not know that. */
  name: string;
  isNamed: boolean;
  depth: number;
}

export type LineageNode = LineageRecord | LineageThing;

/** What edges name it by. */
export function nameOf(node: LineageNode): string {
  return node.kind === 'RECORD' ? node.recordCid : node.name;
}
