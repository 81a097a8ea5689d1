import { AppError } from '../error.js';
import type { Direction } from '../graph/edge.js';
import type { RecordNode } from '../graph/record-node.js';
import type { Relation } from '../record/draft.js';
import { findRecords, notFound, type RecordAddress } from './address.js';
import { LineageNodeView } from './lineage-node.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { redact, type RedactedLineage } from './redaction.js';

export type { LineageNodeView };

export type IncompleteReason = 'MAX_DEPTH' | 'MAX_NODES' | 'DEADLINE' | 'ACCESS' | 'MISSING_BLOCK';

export interface LineageQuestion {
  roots: RecordAddress[];
  direction: Direction;
  depthMax: number;
  nodesMax: number;
  relations?: Relation[];
  types?: string[];
  knownAt?: number;
}

export interface LineageEdgeView {
  /** CIDs, from the derived record to its source. */
  from: string;
  to: string;
  relation: string;
  path: string;
}

export interface LineageView {
  nodes: LineageNodeView[];
  edges: LineageEdgeView[];
  isComplete: boolean;
  reason: IncompleteReason | null;
  omitted: number;
  isOmittedExact: boolean;
  frontier: string[];
  redacted: number;
  unresolved: number;
  cycles: string[][];
  position: number | null;
}

/**
 * Follows relations breadth first from the roots. Says how complete the answer is, always.
 *
 * @throws AppError NOT_FOUND when no root is there for this viewer, BAD_USER_INPUT, UNAUTHENTICATED
 */
export async function walkLineage(reader: Reader, question: LineageQuestion): Promise<LineageView> {
  checkQuestion(reader, question);
  const { roots, ...bounds } = question;
  const found = await findRecords(reader, roots);
  const cids = found.flatMap((node) => (node ? [node.recordCid] : []));
  if (cids.length === 0) throw notFound();
  const answer = await reader.ask((read) => {
    // some of the time is kept for answering with what was found by then
    const deadlineMs = Math.floor(reader.remainingMs() * 0.8);
    return read.lineage({ ...bounds, roots: cids, deadlineMs });
  });
  if (answer.nodes.length === 0) throw notFound();
  return shapeLineage(
    reader,
    redact(answer, cids, bounds.direction, (node) => mayFollow(reader, node)),
  );
}

/** The rule for a record as a part of lineage: that it is there, of what kind, and how it hangs together. */
export function mayFollow(reader: Reader, { class: recordClass, type }: RecordNode): boolean {
  return reader.may('lineage.read', { class: recordClass, type });
}

/** @throws AppError BAD_USER_INPUT */
export function checkRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new AppError('BAD_USER_INPUT', `${name} is from ${min} to ${max}`, { limit: max });
}

function checkQuestion({ rooms }: Reader, question: LineageQuestion): void {
  const { lineageDepthMax, lineageNodesMax, lineageRootsMax } = rooms.limits;
  checkRange('depthMax', question.depthMax, 0, lineageDepthMax);
  checkRange('nodesMax', question.nodesMax, 1, lineageNodesMax);
  checkRange('roots', question.roots.length, 1, lineageRootsMax);
}

function shapeLineage(
  reader: Reader,
  { nodes, reason, position, ...answer }: RedactedLineage,
): LineageView {
  const shaped = nodes.map((node) => new LineageNodeView(node, reader));
  return {
    ...answer,
    nodes: shaped,
    reason: reason ?? null,
    position: formatPosition(position + 1),
  };
}
