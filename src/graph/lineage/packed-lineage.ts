import type { RecordClass } from '../../record/draft.js';
import { readPath, type ToldEdge } from '../edge/edge.js';
import type { LineageAnswer, LineageExtent, LineageFacets } from './lineage.js';
import { nameOf, type LineageNode } from './lineage-node.js';
import type { NamedThing } from '../edge/thing-name.js';
import { decodeNode, type NodeRow, type Words } from '../record/record-node.js';
import { decodeRelation } from '../edge/relation.js';

/**
 * A lineage on its way from the thread that walked it: rows and small numbers. Written out, ten thousand nodes and their
 * edges are 11 MB of text, mostly the same CIDs again and again; like this they are 3.
 */
export interface PackedLineage extends LineageExtent {
  nodes: (NodeRow | NamedThing)[];
  depths: number[];
  /** Names of nodes of earlier pages and of records that give evidence: they are numbered on from `nodes`. */
  others: string[];
  /** Index of from and to, relation, path; ... */
  edges: number[];
  /** Index of the edge in order, index of its evidence (null: not to be shown), since, until. */
  told: [edge: number, evidence: number | null, since: number | null, until: number | null][];
  /** Indexes. */
  frontier: number[];
  cycles: number[][];
  facets?: LineageFacets;
  kinds: [id: number, recordClass: RecordClass, type?: string | null][];
  terms: [id: number, text: string][];
}

export function unpackLineage(packed: PackedLineage): LineageAnswer {
  const {
    nodes: rows,
    depths,
    others,
    edges,
    told,
    frontier,
    cycles,
    kinds,
    terms,
    ...rest
  } = packed;
  const words = wordsOf(kinds, terms);
  const nodes = rows.map((row, i) => unpackNode(row, depths[i]!, words, rest.position));
  const names = [...nodes.map(nameOf), ...others];
  return {
    nodes,
    edges: unpackEdges({ edges, told }, names, words),
    ...rest,
    frontier: frontier.map((index) => names[index]!),
    cycles: cycles.map((cycle) => cycle.map((index) => names[index]!)),
  };
}

function unpackNode(
  row: NodeRow | NamedThing,
  depth: number,
  words: Words,
  position: number,
): LineageNode {
  if (!Array.isArray(row)) return { ...row, depth };
  return { ...decodeNode(row, words, position), kind: 'RECORD', depth };
}

function unpackEdges(
  { edges: codes, told }: Pick<PackedLineage, 'edges' | 'told'>,
  names: string[],
  words: Words,
): ToldEdge[] {
  const edges: ToldEdge[] = [];
  for (let i = 0; i < codes.length; i += 4) {
    const [from, to, path] = [names[codes[i]!]!, names[codes[i + 1]!]!, codes[i + 3]!];
    edges.push({
      from,
      to,
      relation: decodeRelation(codes[i + 2]!),
      ...readPath(path === 0 ? '' : words.textOf(Math.abs(path))),
      evidence: path < 0 ? to : from,
      since: null,
      until: null,
    });
  }
  for (const [edge, evidence, since, until] of told) {
    const name = evidence === null ? null : names[evidence]!;
    Object.assign(edges[edge]!, { evidence: name, since, until });
  }
  return edges;
}

/** The words that rows and edges use. */
export function packWords(
  rows: readonly (NodeRow | NamedThing)[],
  edges: readonly number[],
  words: Words,
): Pick<PackedLineage, 'kinds' | 'terms'> {
  const kinds = new Set<number>();
  const terms = new Set<number>();
  for (const row of rows) {
    if (!Array.isArray(row)) continue;
    const [, , kind, author, , , , media] = row;
    kinds.add(kind);
    terms.add(author);
    if (media !== null) terms.add(media);
  }
  for (let i = 3; i < edges.length; i += 4) terms.add(Math.abs(edges[i]!));
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
