import { isCid } from '../crypto/cid.js';
import { AppError } from '../error.js';
import type { Direction } from '../graph/edge/edge.js';
import type { LineageMark, LineageRequest } from '../graph/lineage/lineage.js';
import type { Relation } from '../record/draft.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { findRecords, notFound, type RecordAddress } from './address.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { accessOf } from './lineage-access.js';
import { authorsOf } from './organisation.js';
import type { Reader } from './reader.js';

export interface LineageQuestion {
  roots: RecordAddress[];
  /** Things to begin with: identifiers in any form. */
  things?: string[];
  direction: Direction;
  depthMax: number;
  nodesMax: number;
  relations?: Relation[];
  types?: string[];
  /** Names, slugs or log ids of organisations, or key ids. */
  organisations?: string[];
  /** When what records tell of happened, ms. */
  occurredFrom?: number;
  occurredBefore?: number;
  /** Event time, ms. */
  asOf?: number;
  knownAt?: number;
  after?: string;
}

/** A question as the index is asked it, but for the time there is; and how to go on from its answer. */
export interface FormedLineage {
  request: Omit<LineageRequest, 'deadlineMs'>;
  /** Roots that are not there, or not for this viewer. */
  missing: number;
  formatMark: (mark: LineageMark) => string;
}

/** @throws AppError NOT_FOUND when no root is there for this viewer, BAD_USER_INPUT, BAD_CURSOR, UNAUTHENTICATED */
export async function formLineage(
  reader: Reader,
  question: LineageQuestion,
): Promise<FormedLineage> {
  reader.checkKnown();
  checkQuestion(reader, question);
  const scope = scopeOf(reader, question);
  const after = question.after === undefined ? undefined : parseMark(scope, question.after);
  const knownAt = after?.position ?? question.knownAt;
  const [{ names: roots, missing }, access] = await Promise.all([
    findRoots(reader, question, knownAt),
    accessOf(reader, question.asOf),
  ]);
  const { direction, depthMax, nodesMax, relations, types, organisations, asOf } = question;
  return {
    missing,
    request: {
      ...{ roots, direction, depthMax, nodesMax, relations, types, asOf, knownAt, access, after },
      authors: organisations && authorsOf(reader, organisations),
      from: question.occurredFrom,
      to: question.occurredBefore,
    },
    formatMark: ({ position, shown, steps, thread = 0, flaw = null }) =>
      formatCursor(scope, [position, shown, steps, thread, flaw]),
  };
}

/** @throws AppError BAD_USER_INPUT */
export function checkRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new AppError('BAD_USER_INPUT', `${name} is from ${min} to ${max}`, { limit: max });
}

function checkQuestion({ rooms }: Reader, question: LineageQuestion): void {
  const { lineageDepthMax, lineageNodesMax, lineageRootsMax } = rooms.limits;
  const { roots, things = [], organisations = [], depthMax, nodesMax } = question;
  checkRange('depthMax', depthMax, 0, lineageDepthMax);
  checkRange('nodesMax', nodesMax, 1, lineageNodesMax);
  checkRange('roots', roots.length + things.length, 1, lineageRootsMax);
  checkRange('organisations', organisations.length, 0, lineageRootsMax);
}

/** Of a rid, the latest version known then. Some may be missing, not all. */
async function findRoots(
  reader: Reader,
  { roots, things = [] }: LineageQuestion,
  knownAt: number | undefined,
): Promise<{ names: string[]; missing: number }> {
  const found = await findRecords(reader, roots);
  const then = await Promise.all(
    found.map((node, i) => versionThen(reader, node, roots[i]!, knownAt)),
  );
  const cids = then.flatMap((node) => (node ? [node.recordCid] : []));
  const mayName = reader.may('content.read', { class: 'epcis.event' });
  // a record is no thing: whoever names one as a root is asked whether it may be listed
  const named = mayName ? things.filter((thing) => !isCid(thing)) : [];
  const names = [...cids, ...named];
  if (names.length === 0) throw notFound();
  return { names, missing: roots.length + things.length - names.length };
}

async function versionThen(
  reader: Reader,
  node: RecordNode | null,
  { rid }: RecordAddress,
  knownAt: number | undefined,
): Promise<RecordNode | null> {
  if (!node || rid === undefined || knownAt === undefined || node.seq <= knownAt) return node;
  const versions = await reader.ask((read) => read.versions(rid));
  return versions.findLast(({ seq }) => seq <= knownAt) ?? node;
}

function parseMark(scope: CursorScope, cursor: string): LineageMark {
  const [position, shown, steps, thread, flaw] = parseCursor(scope, cursor) as [
    ...[number, number, number, number],
    LineageMark['flaw'] | null,
  ];
  return { position, shown, steps, thread, ...(flaw && { flaw }) };
}

/** Pages may be of different sizes; all else must be as it was. */
function scopeOf({ rooms, viewer }: Reader, question: LineageQuestion): CursorScope {
  const { organisation, subject, role } = viewer;
  const asked = Object.entries(question)
    .filter(([name, value]) => value !== undefined && name !== 'after' && name !== 'nodesMax')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: rooms.cursorKey, binding: ['lineage', organisation, subject, role, asked] };
}
