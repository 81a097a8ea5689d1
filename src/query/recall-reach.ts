import type { RecallReach, RecallReachCount, ReachedRecord } from '../graph/trace/recall-reach.js';
import { SUBJECTS_MIN } from './analytics/small-cell.js';
import { formatCursor, parseCursor } from './cursor.js';
import { checkEventReader } from './event-list.js';
import { checkFirst, type Page } from './page.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { recallScope, type RecallView } from './recall.js';
import { mayRead, showRecord, type RecordView } from './record.js';

/** What is behind a recall's question. */
type RecallAsked = Pick<RecallView, 'request' | 'question'>;

/** What the dispensed units of a recall have reached, as far as the viewer may know. */
export interface RecallReachView extends RecallAsked {
  /** Null where withheld: these three together, or none. */
  dispensings: number | null;
  claims: number | null;
  patients: number | null;
  isWithheld: boolean;
  /** Null for whoever may not read the records. */
  byRule: RecallReachCount[] | null;
  isComplete: boolean;
  reason: NonNullable<RecallReach['gap']> | null;
  /** The last ledger position the answer knows of. */
  position: number | null;
}

export interface ReachedRecordView {
  rule: ReachedRecord['rule'];
  record: RecordView;
}

/** @throws AppError UNAUTHENTICATED, FORBIDDEN, QUERY_TOO_COMPLEX */
export async function recallReach(
  reader: Reader,
  { request, question }: RecallAsked,
): Promise<RecallReachView> {
  checkEventReader(reader);
  const reach = await reader.ask((read) => read.recallReach(request));
  return tellReach(reach, { request, question }, mayReadReached(reader));
}

/**
 * Exact for whoever may read the records. Others are told numbers of one lot of one product as it is now, and only when each is
 * large enough: such questions share no unit, so that no two answers differ by a small group.
 */
export function tellReach(
  reach: RecallReach,
  { request, question }: RecallAsked,
  isReader: boolean,
): RecallReachView {
  const { dispensings, claims, patients, byRule, gap, knownAt } = reach;
  const isWithheld = !isReader && (isNarrow({ request, question }, reach) || isSmall(reach));
  return {
    ...(isWithheld
      ? { dispensings: null, claims: null, patients: null }
      : { dispensings, claims, patients }),
    isWithheld,
    byRule: isReader ? byRule : null,
    isComplete: gap === undefined,
    reason: gap ?? null,
    position: formatPosition(knownAt),
    request,
    question,
  };
}

/**
 * The records themselves in ledger order, keyset by keyset; null for whoever may not read them.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR, QUERY_TOO_COMPLEX
 */
export async function listReachedRecords(
  reader: Reader,
  { request, question }: RecallAsked,
  page: { first?: number; after?: string },
): Promise<Page<ReachedRecordView> | null> {
  checkEventReader(reader);
  if (!mayReadReached(reader)) return null;
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = recallScope(reader, question, 'reached');
  const after = page.after === undefined ? undefined : Number(parseCursor(scope, page.after)[0]);
  const { records, hasNext } = await reader.ask((read) =>
    read.recallReached(request, { first, after }),
  );
  const nodes = await Promise.all(records.map(({ seq }) => reader.load.recordAt.load(seq)));
  return {
    nodes: nodes.flatMap((node, i) => {
      const record = node && mayRead(reader, node) ? showRecord(reader, node) : null;
      return record ? [{ rule: records[i]!.rule, record }] : [];
    }),
    hasNext,
    hasPrevious: after !== undefined,
    cursorOf: ({ record }) => formatCursor(scope, [record.seq]),
  };
}

function mayReadReached(reader: Reader): boolean {
  return reader.may('content.read', { class: 'fhir.resource' });
}

/** A question that another one, answered as well, could be a little larger than. */
function isNarrow({ request, question }: RecallAsked, { products }: RecallReach): boolean {
  const { asOf, knownAt } = question;
  const isOfNow = asOf === undefined && knownAt === undefined;
  return !isOfNow || request.lot === undefined || request.item !== undefined || products > 1;
}

function isSmall({ dispensings, claims, patients }: RecallReach): boolean {
  return Math.min(dispensings, claims, patients) < SUBJECTS_MIN;
}
