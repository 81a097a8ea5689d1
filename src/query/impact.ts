import { AppError } from '../error.js';
import type { ImpactFilter, ImpactGap, ImpactNode } from '../graph/impact/impact.js';
import { ImpactWalk, type ImpactCount } from '../graph/impact/impact-walk.js';
import type { Relation } from '../record/draft.js';
import { findRecords, notFound, type RecordAddress } from './address.js';
import { caughtUp } from './caught-up.js';
import { accessOf } from './lineage-access.js';
import { checkRange } from './lineage-question.js';
import { authorsOf, organisationOf } from './organisation.js';
import type { Reader } from './reader.js';
import { mayRead } from './record.js';

export interface ImpactQuestion {
  roots: RecordAddress[];
  /** Things to begin with: identifiers in any form. */
  things?: string[];
  /** A root stands for the versions before it as well: a correction touches what came of those. Default true. */
  withFormerVersions?: boolean;
  depthMax?: number;
  nodesMax?: number;
  relations?: Relation[];
  types?: string[];
  /** Names, slugs or log ids of organisations, or key ids. */
  organisations?: string[];
  /** Event time, ms. */
  asOf?: number;
  knownAt?: number;
}

/** A node of an impact as this viewer may have it. */
export interface ImpactNodeView {
  kind: 'RECORD' | 'ITEM' | 'CLASS' | 'PARTY';
  /** CID of a record, URI or opaque id of a thing. */
  key: string;
  uri: string | null;
  cid: string | null;
  rid: string | null;
  version: number | null;
  seq: number | null;
  class: string | null;
  type: string | null;
  organisation: string | null;
  capturedAt: number | null;
  occurredAt: number | null;
  isLatest: boolean | null;
  /** Steps from the nearest root. */
  degree: number;
  /** What the index knows of it; null for a thing. */
  node: Extract<ImpactNode, { seq: number }> | null;
}

export interface ImpactSummary {
  /** Nodes downstream, the roots apart. */
  count: number;
  byType: { class: string | null; type: string | null; count: number }[];
  byOrganisation: { organisation: string | null; count: number }[];
  byDegree: { degree: number; count: number }[];
  isComplete: boolean;
  reason: ImpactGap | null;
  /** How many nodes next to the answered ones this viewer may not see. */
  redacted: number;
  position: number | null;
}

/** A question as the index is asked it: from here on it means the same however the log grows. */
export interface FormedImpact {
  seqs: number[];
  uris: string[];
  filter: ImpactFilter;
  depthMax: number;
  nodesMax: number;
  withFormerVersions: boolean;
  /** Of the index, whose numbers of things are its own. */
  generation: number;
}

export const IMPACT_ROOTS_MAX = 1_000;
export const IMPACT_NODES_MAX = 10_000_000;
const IMPACT_DEPTH_MAX = 1_000_000;

/** @throws AppError NOT_FOUND when a root is not there for this viewer, BAD_USER_INPUT, UNAUTHENTICATED */
export async function formImpact(reader: Reader, question: ImpactQuestion): Promise<FormedImpact> {
  reader.checkKnown();
  const { things = [], organisations, asOf, relations, types } = question;
  const { depthMax = IMPACT_DEPTH_MAX, nodesMax = IMPACT_NODES_MAX } = question;
  checkRange('depthMax', depthMax, 1, IMPACT_DEPTH_MAX);
  checkRange('nodesMax', nodesMax, 1, IMPACT_NODES_MAX);
  checkRange('roots', question.roots.length + things.length, 1, IMPACT_ROOTS_MAX);
  checkRange('organisations', organisations?.length ?? 0, 0, IMPACT_ROOTS_MAX);
  await caughtUp(reader);
  const [roots, access, { cursor }] = await Promise.all([
    findRecords(reader, question.roots),
    accessOf(reader, asOf),
    reader.ask((read) => read.status()),
  ]);
  const position = Math.min(question.knownAt ?? cursor - 1, cursor - 1);
  const seqs = roots.map((node) => {
    if (!node || node.seq > position) throw notFound();
    return node.seq;
  });
  if (things.length > 0 && !reader.may('content.read', { class: 'epcis.event' })) throw notFound();
  const authors = organisations && authorsOf(reader, organisations);
  return {
    seqs,
    uris: things,
    filter: { position, relations, types, authors, asOf, access },
    depthMax,
    nodesMax,
    withFormerVersions: question.withFormerVersions ?? true,
    generation: reader.rooms.graph.generation,
  };
}

/**
 * The walk, not gone yet. It is cancelled between two steps when the reader's time is over.
 *
 * @param isOver true when it is to end early, in time to answer with what was found
 */
export async function startImpact(
  reader: Reader,
  formed: FormedImpact,
  isOver: () => boolean,
): Promise<ImpactWalk> {
  const { seqs, uris, filter, depthMax, nodesMax, withFormerVersions } = formed;
  const start = await reader.ask((read) =>
    read.impactStart(seqs, uris, filter.position, withFormerVersions),
  );
  if (start.isMissing) throw notFound();
  return new ImpactWalk(start, { depthMax, nodesMax, isOver }, async (nodes, after) => {
    const step = await reader.ask((read) => read.impactStep(nodes, filter, after));
    checkSame(reader, formed);
    return step;
  });
}

/** What is found so far, or in the end, in counts. */
export function summarise(
  reader: Reader,
  walk: Pick<ImpactWalk, 'count' | 'counts' | 'degrees' | 'reason' | 'redacted'>,
  { filter }: FormedImpact,
): ImpactSummary {
  const counts = [...walk.counts.values()];
  const organisation = ({ author }: ImpactCount) =>
    author === null ? null : organisationOf(reader, author);
  const hasNoThings = filter.access?.things === 'ABSENT';
  const reason = walk.reason ?? (hasNoThings ? 'ACCESS' : null);
  return {
    count: walk.count,
    byType: tally(counts, (each) => [each.class, each.type]).map(([[of, type], count]) => ({
      class: of,
      type,
      count,
    })),
    byOrganisation: tally(counts, (each) => [organisation(each)]).map(([[name], count]) => ({
      organisation: name,
      count,
    })),
    byDegree: walk.degrees.map((count, i) => ({ degree: i + 1, count })),
    isComplete: reason === null,
    reason,
    redacted: walk.redacted,
    position: filter.position < 0 ? null : filter.position,
  };
}

/** Nodes as they are answered. @param degreeAt degree of the node at a place in the list */
export async function showNodes(
  reader: Reader,
  formed: FormedImpact,
  nodes: number[],
  degreeAt: (place: number) => number,
): Promise<ImpactNodeView[]> {
  if (nodes.length === 0) return [];
  const { position, access } = formed.filter;
  const found = await reader.ask((read) => read.impactNodes(nodes, position, access));
  checkSame(reader, formed);
  return found.map((node, i) => {
    if (!node) throw rebuilt();
    return showNode(reader, node, degreeAt(i));
  });
}

/** What was found in an index is not to be looked up in another. */
function checkSame({ rooms }: Reader, { generation }: FormedImpact): void {
  if (rooms.graph.generation !== generation) throw rebuilt();
}

function rebuilt(): AppError {
  return new AppError('UNAVAILABLE', 'the index was built anew meanwhile; ask again');
}

function showNode(reader: Reader, node: ImpactNode, degree: number): ImpactNodeView {
  if ('seq' in node) {
    return {
      kind: 'RECORD',
      key: node.recordCid,
      uri: null,
      cid: node.recordCid,
      rid: node.rid,
      version: node.ver,
      seq: node.seq,
      class: node.class,
      type: node.type ?? null,
      organisation: organisationOf(reader, node.author),
      capturedAt: node.at,
      occurredAt: mayRead(reader, node) ? (node.occurredAt ?? null) : null,
      isLatest: node.isLatest,
      degree,
      node,
    };
  }
  const { kind, name, isNamed } = node;
  const record = { cid: null, rid: null, version: null, seq: null, class: null, node: null };
  const more = { organisation: null, capturedAt: null, occurredAt: null, isLatest: null };
  return { kind, key: name, uri: isNamed ? name : null, type: kind, degree, ...record, ...more };
}

/** Most first. */
function tally<Key extends (string | null)[]>(
  counts: ImpactCount[],
  keyOf: (count: ImpactCount) => [...Key],
): [[...Key], number][] {
  const sums = new Map<string, [[...Key], number]>();
  for (const each of counts) {
    const key = keyOf(each);
    const name = JSON.stringify(key);
    const known = sums.get(name);
    if (known) known[1] += each.count;
    else sums.set(name, [key, each.count]);
  }
  return [...sums.values()].sort(([, a], [, b]) => b - a);
}
