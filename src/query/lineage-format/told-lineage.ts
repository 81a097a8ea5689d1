/** What a node of lineage is: a record version, or a thing that events are about. */
export type ToldKind = 'RECORD' | 'ITEM' | 'CLASS' | 'PARTY';

/** A node as every form of an answer tells it. Times are RFC 3339; what things do not have is null. */
export interface ToldNode {
  kind: ToldKind;
  /** What edges name it by: the CID of a record, the URI of a thing or an opaque one. */
  id: string;
  cid: string | null;
  /** Canonical URI of a thing; null for records, and for viewers who may not know it. */
  uri: string | null;
  rid: string | null;
  version: number | null;
  seq: number | null;
  depth: number;
  class: string | null;
  type: string | null;
  /** Key id of whoever signed its statement, where that is told. */
  author: string | null;
  capturedAt: string | null;
  occurredAt: string | null;
}

/** A relation, from the derived thing to its source. */
export interface ToldEdge {
  from: string;
  to: string;
  relation: string;
  /** Where the record that says so says it. */
  path: string | null;
  /** CID of the record that says so, when that is told. */
  evidence: string | null;
  /** How long it held; null for from the beginning, and for still. */
  since: string | null;
  until: string | null;
  /** By what rule it was concluded when no record says it. */
  rule: string | null;
}

/** How far an answer can be relied upon. */
export interface ToldExtent {
  isComplete: boolean;
  reason: string | null;
  omitted: number;
  isOmittedExact: boolean;
  frontier: string[];
  redacted: number;
  cycles: string[][];
  /** The last entry that was known of; null when there was none. */
  position: number | null;
}

/** An answer about lineage, wherever it came from: a node, an open directory, a list of paths. */
export interface ToldLineage extends ToldExtent {
  nodes: ToldNode[];
  edges: ToldEdge[];
}

/** Whose answer it is, and when it was given. */
export interface Telling {
  /** RFC 3339. */
  at: string;
  /** Whose log the records are in. */
  organisation: string | null;
}

/** What is known of a node that an edge names, even where the answer has it on another page. */
export class ToldNodes {
  private readonly nodes: Map<string, ToldNode>;

  constructor(nodes: ToldNode[]) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
  }

  of(id: string): ToldNode | undefined {
    return this.nodes.get(id);
  }
}
