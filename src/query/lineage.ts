import type { ToldEdge } from '../graph/edge/edge.js';
import type { IncompleteReason, LineageExtent, LineageFacets } from '../graph/lineage/lineage.js';
import type { LineageTemplate } from '../graph/lineage/lineage-template.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { notFound } from './address.js';
import { shapeFacets, type LineageFacetsView } from './lineage-facet.js';
import { LineageNodeView } from './lineage-node.js';
import { formLineage, type FormedLineage, type LineageQuestion } from './lineage-question.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';

export type { IncompleteReason, LineageNodeView, LineageQuestion };

/** CID of a record or URI of a thing at each end, from the derived one to its source. */
export type LineageEdgeView = ToldEdge;

/** All of an answer but its nodes and edges. */
export interface LineageFrame {
  isComplete: boolean;
  reason: IncompleteReason | null;
  omitted: number;
  isOmittedExact: boolean;
  frontier: string[];
  redacted: number;
  unresolved: number;
  cycles: string[][];
  position: number | null;
  facets: LineageFacetsView | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface LineageView extends LineageFrame {
  nodes: LineageNodeView[];
  edges: LineageEdgeView[];
}

/** An answer whose nodes and edges are JSON already. */
export interface WrittenLineage {
  frame: LineageFrame;
  /** Empty when they were not asked for. */
  nodes: string;
  edges: string;
}

/** Some of the time is kept for answering with what was found by then. */
const WALKED = 0.8;

/**
 * Follows relations breadth first from the roots. Says how complete the answer is, always.
 *
 * @param withFacets count the answer by what it consists of
 * @throws AppError NOT_FOUND when no root is there for this viewer, BAD_USER_INPUT, BAD_CURSOR, UNAUTHENTICATED
 */
export async function walkLineage(
  reader: Reader,
  question: LineageQuestion,
  withFacets = false,
): Promise<LineageView> {
  const formed = await formLineage(reader, question);
  const { nodes, edges, ...rest } = await reader.ask((read) =>
    read.lineage({ ...formed.request, deadlineMs: walkMs(reader), facets: withFacets }),
  );
  checkThere(formed, nodes.length);
  return {
    nodes: nodes.map((node) => new LineageNodeView(node, reader)),
    edges,
    ...shapeFrame(reader, formed, rest),
  };
}

/** The same, with nodes and edges written out. @throws AppError as above */
export async function writeLineage(
  reader: Reader,
  question: LineageQuestion,
  template: Omit<LineageTemplate, 'idPrefix' | 'organisation'>,
  withFacets = false,
): Promise<WrittenLineage> {
  const formed = await formLineage(reader, question);
  const { head, text } = await reader.ask((read) =>
    read.lineageText(
      { ...formed.request, deadlineMs: walkMs(reader), facets: withFacets },
      { ...template, idPrefix: 'Record ', organisation: reader.rooms.organisation.name },
    ),
  );
  const { nodeCount, nodesLength, ...rest } = head;
  checkThere(formed, nodeCount);
  return {
    frame: shapeFrame(reader, formed, rest),
    nodes: text.slice(0, nodesLength),
    edges: text.slice(nodesLength),
  };
}

/** The rule for a record as a part of lineage: that it is there, of what kind, and how it hangs together. */
export function mayFollow(reader: Reader, { class: recordClass, type }: RecordNode): boolean {
  return reader.may('lineage.read', { class: recordClass, type });
}

function walkMs(reader: Reader): number {
  return Math.floor(reader.remainingMs() * WALKED);
}

/** Roots that may be listed and not followed are not there either. */
function checkThere({ request }: FormedLineage, nodeCount: number): void {
  if (nodeCount === 0 && request.after === undefined) throw notFound();
}

type Extent = LineageExtent & { frontier: string[]; cycles: string[][]; facets?: LineageFacets };

function shapeFrame(
  reader: Reader,
  { request, missing, formatMark }: FormedLineage,
  { next, position, facets, ...rest }: Extent,
): LineageFrame {
  const { omitted, unresolved, frontier, cycles } = rest;
  const isBlind = rest.reason === undefined || rest.reason === 'MISSING_BLOCK';
  const reason = missing > 0 && isBlind ? 'ACCESS' : rest.reason;
  return {
    ...{ omitted, unresolved, frontier, cycles },
    isComplete: reason === undefined,
    reason: reason ?? null,
    isOmittedExact: rest.isOmittedExact && missing === 0,
    // each is counted once over all pages
    redacted: rest.redacted + (request.after === undefined ? missing : 0),
    position: formatPosition(position + 1),
    facets: facets ? shapeFacets(reader, facets) : null,
    pageInfo: { hasNextPage: next !== undefined, endCursor: next ? formatMark(next) : null },
  };
}
