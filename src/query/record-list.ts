import type { RecordFilter } from '../graph/record/record-filter.js';
import { positionOf, type RecordOrder, type RecordPosition } from '../graph/record/record-list.js';
import type { RecordNode } from '../graph/record/record-node.js';
import type { RecordClass } from '../record/draft.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { checkFirst, type Page } from './page.js';
import { formatPosition } from './position.js';
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
  /** The last ledger position known; all when left out. */
  knownAt?: number;
}

export interface RecordPage extends Page<RecordView> {
  /** What to ask again for the number of records in all. */
  filters: RecordFilter[];
  /** Last ledger position the index had applied. */
  position: number | null;
}

const CLASSES: readonly RecordClass[] = ['fhir.resource', 'epcis.event', 'master.data', 'dataset'];

/**
 * The records of this question that the viewer may know of, keyset by keyset.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR, UNAUTHENTICATED
 */
export async function listRecords(
  reader: Reader,
  list: { question?: RecordQuestion; orderBy?: RecordOrder; first?: number; after?: string },
): Promise<RecordPage> {
  reader.checkKnown();
  const question = list.question ?? {};
  const orderBy = list.orderBy ?? 'SEQ_DESC';
  const first = checkFirst(list.first, reader.rooms.limits.firstMax);
  const scope = scopeOf(reader, question, orderBy);
  const after = list.after === undefined ? undefined : parsePosition(scope, list.after);
  const { cursor } = await reader.ask((read) => read.status());
  const filters = formatFilters(reader, question, orderBy);
  const pages = await Promise.all(
    filters.map((filter) => reader.ask((read) => read.listRecords(filter, orderBy, first, after))),
  );
  const nodes = merge(
    pages.map((page) => page.nodes),
    orderBy,
  );
  return {
    nodes: nodes.slice(0, first).map((node) => shapeRecord(reader, node)),
    hasNext: nodes.length > first || pages.some(({ hasNext }) => hasNext),
    hasPrevious: after !== undefined,
    cursorOf: ({ node }) => formatCursor(scope, placeOf(node, orderBy)),
    filters,
    position: formatPosition(cursor),
  };
}

/** How many there are in all. */
export async function countRecords(reader: Reader, { filters }: RecordPage): Promise<number> {
  const counts = await Promise.all(
    filters.map((filter) => reader.ask((read) => read.countRecords(filter))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The rules become part of the question, so that pages and counts are of what the viewer may know. Whoever may not
 * read content may neither search it nor sort by it: a hit on an identifier, or a place among dates, would say what
 * is in a record.
 *
 * @returns one filter for each class, a single one without class when all classes are open
 */
function formatFilters(
  reader: Reader,
  question: RecordQuestion,
  orderBy: RecordOrder,
): RecordFilter[] {
  const {
    capturedFrom,
    capturedBefore,
    identifier,
    class: only,
    type,
    author,
    latestOnly,
    knownAt,
  } = question;
  const isOfContent = identifier !== undefined || orderBy.startsWith('TIME');
  const isOpen = (one: RecordClass) =>
    reader.may('record.list', { class: one }) &&
    (!isOfContent || reader.may('content.read', { class: one }));
  const filter: RecordFilter = {
    type,
    author,
    from: capturedFrom,
    to: capturedBefore,
    identifier,
    latestOnly,
    knownAt,
  };
  if (only === undefined && CLASSES.every(isOpen)) return [filter];
  const open = CLASSES.filter((one) => (only === undefined || one === only) && isOpen(one));
  return open.map((one) => ({ ...filter, class: one }));
}

function merge(lists: RecordNode[][], orderBy: RecordOrder): RecordNode[] {
  const [only = [], ...others] = lists;
  if (others.length === 0) return only;
  const sign = orderBy.endsWith('DESC') ? -1 : 1;
  const isByTime = orderBy.startsWith('TIME');
  return lists.flat().sort((a, b) => {
    const byTime = isByTime ? positionOf(a).time - positionOf(b).time : 0;
    return sign * (byTime || a.seq - b.seq);
  });
}

function placeOf(node: RecordNode, orderBy: RecordOrder): number[] {
  const { seq, time } = positionOf(node);
  return orderBy.startsWith('TIME') ? [seq, time] : [seq];
}

function parsePosition(scope: CursorScope, cursor: string): RecordPosition {
  const [seq, time] = parseCursor(scope, cursor) as [number, number?];
  return time === undefined ? { seq } : { seq, time };
}

function scopeOf(
  { rooms, viewer }: Reader,
  question: RecordQuestion,
  orderBy: RecordOrder,
): CursorScope {
  const { organisation, subject } = viewer;
  const asked = Object.entries(question)
    .filter(([, value]) => value !== undefined)
    .sort();
  return { key: rooms.cursorKey, binding: ['records', organisation, subject, orderBy, asked] };
}
