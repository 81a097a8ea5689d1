import { LruMap } from '../crypto/lru.js';
import type { Graph } from '../graph/graph.js';
import { findDegree, type ImpactWalk } from '../graph/impact/impact-walk.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import {
  formImpact,
  showNodes,
  startImpact,
  summarise,
  type FormedImpact,
  type ImpactNodeView,
  type ImpactQuestion,
  type ImpactSummary,
} from './impact.js';
import { checkFirst, type Page } from './page.js';
import type { Reader } from './reader.js';

/** An impact and how to page through it. */
export interface ImpactView extends ImpactSummary {
  question: ImpactQuestion;
  formed: FormedImpact;
  /** The nodes found, in order of discovery: by degree. */
  nodes: (from: number, to: number) => number[];
  degreeAt: (place: number) => number;
}

/** What a walk leaves: a million nodes are 4 MB. */
type Found = Pick<
  ImpactWalk,
  'count' | 'counts' | 'degrees' | 'reason' | 'redacted' | 'degreeAt'
> & { nodes: (from: number, to: number) => number[] };

/** Some of the time is kept for answering with what was found by then. */
const WALKED = 0.8;
const KEPT_MAX = 8;
const KEPT_NODES_MAX = 1_000_000;

/**
 * Answers that wait to be asked for their next page, of one index each. Nothing depends on them: one that is gone is walked
 * again, which gives the same.
 */
const kept = new WeakMap<Graph, LruMap<string, Found>>();

/**
 * Everything downstream of some records and things.
 *
 * @throws AppError NOT_FOUND (a root is not there for this viewer), BAD_USER_INPUT, UNAUTHENTICATED
 */
export async function findImpact(reader: Reader, question: ImpactQuestion): Promise<ImpactView> {
  const formed = await formImpact(reader, question);
  const found = await recall(reader, formed);
  return {
    ...summarise(reader, found, formed),
    question,
    formed,
    nodes: found.nodes,
    degreeAt: found.degreeAt,
  };
}

/**
 * A page of them. A cursor says as of which position it goes on, so that pages fit together while the log grows.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR
 */
export async function listImpact(
  reader: Reader,
  view: ImpactView,
  page: { first?: number; after?: string },
): Promise<Page<ImpactNodeView>> {
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = scopeOf(reader, view.question);
  const [after, knownAt] = page.after === undefined ? [] : parseCursor(scope, page.after);
  const isAsOfNow = knownAt === undefined || knownAt === view.formed.filter.position;
  const { formed, count, nodes, degreeAt } = isAsOfNow
    ? view
    : await findImpact(reader, { ...view.question, knownAt: Number(knownAt) });
  const { position } = formed.filter;
  const from = after === undefined ? 0 : Number(after) + 1;
  const to = Math.min(from + first, count);
  const shown = await showNodes(reader, formed, nodes(from, to), (i) => degreeAt(from + i));
  return {
    nodes: shown,
    hasNext: to < count,
    hasPrevious: page.after !== undefined,
    cursorOf: (node) => formatCursor(scope, [from + shown.indexOf(node), position]),
  };
}

async function recall(reader: Reader, formed: FormedImpact): Promise<Found> {
  const key = keyOf(reader, formed);
  const { graph } = reader.rooms;
  const answers = kept.get(graph) ?? new LruMap<string, Found>(KEPT_MAX);
  kept.set(graph, answers);
  const known = answers.get(key);
  if (known) return known;
  const spared = reader.remainingMs() * (1 - WALKED);
  const walk = await startImpact(reader, formed, () => reader.remainingMs() < spared);
  for await (const _ of walk.run());
  const found = finish(walk);
  if (walk.reason !== 'DEADLINE' && walk.count <= KEPT_NODES_MAX) answers.set(key, found);
  return found;
}

/** Lets go of what only a walk that goes on needs. */
function finish(walk: ImpactWalk): Found {
  const { count, counts, degrees, reason, redacted } = walk;
  const nodes = Int32Array.from(walk.nodes(0, count));
  const begins = new Float64Array(degrees.length + 1);
  degrees.forEach((size, i) => (begins[i + 2] = begins[i + 1]! + size));
  const degreeAt = (place: number) =>
    findDegree(begins.length, (degree) => begins[degree]! <= place);
  return {
    ...{ count, counts, degrees, reason, redacted, degreeAt },
    nodes: (from, to) => Array.from(nodes.subarray(from, to)),
  };
}

function scopeOf(reader: Reader, { knownAt: _, ...question }: ImpactQuestion): CursorScope {
  const { organisation, subject, role } = reader.viewer;
  const asked = Object.entries(question)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    key: reader.rooms.cursorKey,
    binding: ['impact', organisation, subject, role, asked],
  };
}

/** The rules are part of what is formed: whoever may know of more or less has asked something else. */
function keyOf({ viewer }: Reader, formed: FormedImpact): string {
  const { organisation, subject, role } = viewer;
  return JSON.stringify([organisation, subject, role, formed]);
}
