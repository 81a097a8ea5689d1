import type {
  RecallBucket,
  RecallGroup,
  RecallQuantity,
  RecallReport,
  RecallRequest,
  RecallUnit,
} from '../graph/trace/recall.js';
import { DISPOSITION } from '../record/cbv/known-term.js';
import { caughtUp } from './caught-up.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { checkEventReader } from './event-list.js';
import { checkFirst, type Page } from './page.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { parseRecallSubject, type RecallWish } from './recall-subject.js';

/** What is recalled, and as of when. */
export interface RecallQuestion extends RecallWish {
  /** Event time, ms; now when left out. */
  asOf?: number;
  /** The last ledger position known; all when left out. */
  knownAt?: number;
}

/** Units by where they are; they add up to `total`. */
export interface RecallCountsView {
  total: number;
  atSite: number;
  inTransit: number;
  dispensed: number;
  destroyed: number;
  decommissioned: number;
  unaccounted: number;
}

export interface RecallGroupView {
  id: string | null;
  name: string | null;
  counts: RecallCountsView;
}

export interface RecallView {
  counts: RecallCountsView;
  recalled: number;
  bySite: RecallGroupView[];
  byCustodian: RecallGroupView[];
  byOwner: RecallGroupView[];
  byProduct: RecallGroupView[];
  quantities: RecallQuantity[];
  quantityEvents: number;
  isComplete: boolean;
  reason: NonNullable<RecallReport['gap']> | null;
  /** ms */
  asOf: number;
  /** The last ledger position the answer knows of. */
  position: number | null;
  /** What was asked, for the units themselves. */
  request: RecallRequest;
  question: RecallQuestion;
}

export interface RecallUnitView {
  epc: string;
  bucket: RecallBucket;
  status: string;
  bizStep: string | null;
  disposition: string | null;
  isRecalled: boolean;
  site: string | null;
  custodian: string | null;
  owner: string | null;
  since: number | null;
  lot: string | null;
  expiry: number | null;
  /** The newest event of its history. */
  lastSeq: number | null;
  isComplete: boolean;
  /** Its place in the order of units. */
  item: number;
}

/** @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, QUERY_TOO_COMPLEX */
export async function recall(reader: Reader, question: RecallQuestion): Promise<RecallView> {
  checkEventReader(reader);
  const request = formRequest(reader, question);
  await caughtUp(reader, request.knownAt);
  const report = await reader.ask((read) => read.recall(request));
  return { ...shapeReport(report), asOf: request.asOf, request, question };
}

/**
 * The units of a recall, of one bucket or of all, keyset by keyset.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR, QUERY_TOO_COMPLEX
 */
export async function listRecallUnits(
  reader: Reader,
  { request, question }: Pick<RecallView, 'request' | 'question'>,
  page: { bucket?: RecallBucket; first?: number; after?: string },
): Promise<Page<RecallUnitView>> {
  checkEventReader(reader);
  const { bucket } = page;
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = recallScope(reader, question, 'units', bucket);
  const after = page.after === undefined ? undefined : Number(parseCursor(scope, page.after)[0]);
  const { units, hasNext } = await reader.ask((read) =>
    read.recallUnits(request, { bucket, first, after }),
  );
  return {
    nodes: units.map(shapeUnit),
    hasNext,
    hasPrevious: after !== undefined,
    cursorOf: ({ item }) => formatCursor(scope, [item]),
  };
}

function formRequest(reader: Reader, question: RecallQuestion): RecallRequest {
  const { asOf = reader.rooms.now(), knownAt, ...wish } = question;
  return {
    ...parseRecallSubject(wish),
    asOf,
    ...(knownAt !== undefined && { knownAt: knownAt + 1 }),
  };
}

/** @param list which list of the recall, and what of it */
export function recallScope(
  { rooms, viewer }: Reader,
  question: RecallQuestion,
  ...list: (string | undefined)[]
): CursorScope {
  const { organisation, subject } = viewer;
  const { lot, gtin, item, asOf, knownAt } = question;
  // as it was asked: "now" is another time with each page
  const asked = [lot, gtin, item, asOf, knownAt, ...list].map((value) => value ?? null);
  return { key: rooms.cursorKey, binding: ['recall', organisation, subject, ...asked] };
}

function shapeReport(report: RecallReport) {
  const { counts, gap, knownAt, recalled, quantities, quantityEvents } = report;
  return {
    counts: shapeCounts(counts),
    recalled,
    bySite: report.bySite.map(shapeGroup),
    byCustodian: report.byCustodian.map(shapeGroup),
    byOwner: report.byOwner.map(shapeGroup),
    byProduct: report.byProduct.map(shapeGroup),
    quantities,
    quantityEvents,
    isComplete: gap === undefined,
    reason: gap ?? null,
    position: formatPosition(knownAt),
  };
}

function shapeGroup({ id, name, counts }: RecallGroup): RecallGroupView {
  return { id, name, counts: shapeCounts(counts) };
}

function shapeCounts(counts: RecallReport['counts']): RecallCountsView {
  return {
    total: counts.total,
    atSite: counts.AT_SITE,
    inTransit: counts.IN_TRANSIT,
    dispensed: counts.DISPENSED,
    destroyed: counts.DESTROYED,
    decommissioned: counts.DECOMMISSIONED,
    unaccounted: counts.UNACCOUNTED,
  };
}

function shapeUnit({ item, epc, bucket, state, isComplete }: RecallUnit): RecallUnitView {
  return {
    epc,
    bucket,
    status: state.status,
    bizStep: state.bizStep ?? null,
    disposition: state.disposition ?? null,
    isRecalled: state.persistent.some(({ disposition }) => disposition === DISPOSITION.recalled),
    site: state.site ?? null,
    custodian: state.custodian ?? null,
    owner: state.owner ?? null,
    since: state.since ?? null,
    lot: state.lot ?? null,
    expiry: state.expiry ?? null,
    lastSeq: state.lastSeq ?? null,
    isComplete,
    item,
  };
}
