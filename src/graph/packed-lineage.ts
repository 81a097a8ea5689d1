import type { RecordClass } from '../record/draft.js';
import type { Edge } from './edge.js';
import type { LineageAnswer } from './lineage.js';
import { decodeNode, type NodeRow, type Words } from './record-node.js';
import { decodeRelation } from './relation.js';

/**
 * A lineage on its way from the thread that walked it: rows and small numbers. Written out, ten thousand nodes and their
 * edges are 11 MB of text, mostly the same CIDs again and again; like this they are 3.
 */
export interface PackedLineage extends Omit<
  LineageAnswer,
  'nodes' | 'edges' | 'frontier' | 'cycles'
> {
  nodes: NodeRow[];
  depths: number[];
  /** Index of from and to in `nodes`, relation, path; ... */
  edges: number[];
  /** Indexes in `nodes`. */
  frontier: number[];
  cycles: number[][];
  kinds: [id: number, recordClass: RecordClass, type?: string | null][];
  terms: [id: number, text: string][];
}

export function unpackLineage(packed: PackedLineage): LineageAnswer {
  const { nodes: rows, depths, edges: codes, frontier, cycles, kinds, terms, ...rest } = packed;
  const words = wordsOf(kinds, terms);
  const nodes = rows.map((row, i) => ({
    ...decodeNode(row, words, rest.position),
    depth: depths[i]!,
  }));
  const cidOf = (index: number) => nodes[index]!.recordCid;
  const edges: Edge[] = [];
  for (let i = 0; i < codes.length; i += 4) {
    edges.push({
      from: cidOf(codes[i]!),
      to: cidOf(codes[i + 1]!),
      relation: decodeRelation(codes[i + 2]!),
      path: words.textOf(codes[i + 3]!),
    });
  }
  return {
    nodes,
    edges,
    ...rest,
    frontier: frontier.map(cidOf),
    cycles: cycles.map((cycle) => cycle.map(cidOf)),
  };
}

/** The words that rows and edges use. */
export function packWords(
  rows: NodeRow[],
  edges: number[],
  words: Words,
): Pick<PackedLineage, 'kinds' | 'terms'> {
  const kinds = new Set<number>();
  const terms = new Set<number>();
  for (const [, , kind, author, , , , media] of rows) {
    kinds.add(kind);
    terms.add(author);
    if (media !== null) terms.add(media);
  }
  for (let i = 3; i < edges.length; i += 4) terms.add(edges[i]!);
  return {
    kinds: [...kinds].map((id) => {
      const kind = words.kindOf(id);
      return [id, kind?.class ?? 'dataset', kind?.type];
    }),
    terms: [...terms].map((id) => [id, words.textOf(id)]),
  };
}

function wordsOf(kinds: PackedLineage['kinds'], terms: PackedLineage['terms']): Words {
  const kindOf = new Map(
    kinds.map(([id, recordClass, type]) => [id, { class: recordClass, type: type ?? undefined }]),
  );
  const textOf = new Map(terms);
  return { kindOf: (id) => kindOf.get(id), textOf: (id) => textOf.get(id) ?? '' };
}
