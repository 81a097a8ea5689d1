import { AppError } from '../error.js';
import type { RecordFilter, RecordOrder } from '../graph/record-filter.js';
import type { RecordClass } from '../record/draft.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { checkFirst, type Page } from './page.js';
import type { Reader } from './reader.js';
import { shapeRecord, type RecordView } from './record.js';

/** What may be asked of a list of records. */
export interface RecordQuestion {
  class?: RecordClass;
  type?: string;
  author?: string;
  capturedFrom?: number;
  capturedBefore?: number;
  identifier?: { system?: string; value: string };
  latestOnly?: boolean;
}

export interface RecordPage extends Page<RecordView> {
  question: RecordQuestion;
  /** Entries the index had applied. */
  position: number;
}

const CLASSES: readonly RecordClass[] = ['fhir.resource', 'epcis.event', 'master.data', 'dataset'];

/**
 * The records of this question that the viewer may know of, keyset by keyset.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR, UNAUTHENTICATED
 */
export async function listRecords(
  reader: Reader,
  list: { question: RecordQuestion; orderBy: RecordOrder; first: number; after?: string },
): Promise<RecordPage> {
  reader.checkKnown();
  const { question, orderBy, after } = list;
  const { graph, limits } = reader.rooms;
  const first = checkFirst(list.first, limits.firstMax);
  const scope = scopeOf(reader, question, orderBy);
  const place = after == null ? undefined : parseCursor(scope, after);
  const { cursor } = await reader.within(graph.read.status());
  const filter = formatFilter(reader, question);
  const page = filter
    ? await reader.within(graph.read.listRecords(filter, orderBy, first, placeOf(place)))
    : { nodes: [], hasNext: false };
  return {
    nodes: page.nodes.map(shapeRecord),
    hasNext: page.hasNext,
    hasPrevious: place !== undefined,
    cursorOf: ({ seq, occurredAt }) => formatCursor(scope, [seq, occurredAt]),
    question,
    position: cursor,
  };
}

/** How many there are in all. */
export async function countRecords(reader: Reader, question: RecordQuestion): Promise<number> {
  const filter = formatFilter(reader, question);
  return filter ? reader.within(reader.rooms.graph.read.countRecords(filter)) : 0;
}

/**
 * The rules become part of the question, so that pages and counts are of what the viewer may know. Whoever may
 * not read content may not search it either: a hit on an identifier would say what is in a record.
 *
 * @returns undefined when nothing can be found
 */
function formatFilter(reader: Reader, question: RecordQuestion): RecordFilter | undefined {
  const { capturedFrom: from, capturedBefore: to, class: only, identifier, ...rest } = question;
  const classes = CLASSES.filter(
    (one) =>
      (only == null || one === only) &&
      reader.may('record.list', { class: one }) &&
      (identifier == null || reader.may('content.read', { class: one })),
  );
  if (classes.length === 0) return undefined;
  return { ...rest, from, to, identifier, ...(classes.length < CLASSES.length && { classes }) };
}

function scopeOf(
  { rooms, viewer }: Reader,
  question: RecordQuestion,
  order: RecordOrder,
): CursorScope {
  const { organisation, subject } = viewer;
  const asked = Object.entries(question)
    .filter(([, value]) => value != null)
    .sort();
  return { key: rooms.cursorKey, binding: ['records', organisation, subject, order, asked] };
}
