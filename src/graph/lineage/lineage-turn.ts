import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import type { EdgeSource } from '../edge/edge-scan.js';
import { KindReader } from '../record/kind.js';
import type { LineageExtent, LineageMark, LineageRequest } from './lineage.js';
import { LineageAdmission } from './lineage-admission.js';
import { LineageBook } from './lineage-book.js';
import { cyclesOf } from './lineage-cycle.js';
import { LineageGaps } from './lineage-gap.js';
import { PageNumbers } from './lineage-page.js';
import { findRoots, type LineageSources } from './lineage-root.js';
import { LineageWalk, type WalkPage, type WalkRequest } from './lineage-walk.js';
import type { RecordReader } from '../record/record-reader.js';
import { formatRelationFilter } from '../edge/relation.js';

/** How long a walk may hold up others that wait for the reader, ms: about as long as it takes to answer a large page. */
const TURN_MS = 100;

/** A page of a walk, and what can be said of it before its nodes are read. */
export interface Turn {
  walk: LineageWalk;
  page: WalkPage;
  nodes: number[];
  depths: number[];
  numbers: PageNumbers;
  /** As indexes. */
  cycles: number[][];
  position: number;
  next?: LineageMark;
  unresolved: number;
  /** What was missing on the pages before. */
  flaw: LineageMark['flaw'];
  /** Whoever asks may not know of things at all. */
  hasNoThings: boolean;
}

/** Turns the pages of walks: begins them, goes on with those that wait, and begins those again that are gone. */
export class LineageTurner {
  private readonly admission: LineageAdmission;
  private readonly gaps: LineageGaps;
  private readonly book: LineageBook;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
    private readonly sources: LineageSources,
    private readonly now: () => number,
  ) {
    this.admission = new LineageAdmission(database, new KindReader(database), sources.things);
    this.gaps = new LineageGaps(database);
    this.book = new LineageBook(now);
  }

  /**
   * @returns undefined when it is somebody else's turn: asked again, the walk goes on
   * @throws AppError NOT_FOUND, BAD_USER_INPUT, BAD_CURSOR
   */
  turn(request: LineageRequest, head: number): Turn | undefined {
    checkRequest(request, head);
    const started = this.now();
    const isOver = () => this.now() - started >= request.deadlineMs;
    const { after, nodesMax } = request;
    const position = after?.position ?? Math.min(request.knownAt ?? head, head);
    const question = this.question(request, position);
    const parts = keyParts(request, question);
    const keyOf = ({ shown, steps }: LineageMark) => JSON.stringify([parts, shown, steps]);
    const paused = request.turn && JSON.stringify([parts, request.turn.id]);
    const own = paused === undefined ? undefined : this.book.take(paused);
    const kept = own ?? (after && this.book.take(keyOf(after)));
    const walk = kept ?? new LineageWalk(this.sourceOf(request), question);
    // one that had to make room for others would never end if it began anew each time
    const mayPause = own !== undefined || request.turn?.count === 0;
    if (paused !== undefined && mayPause) {
      const isEnough = () => this.now() - started >= Math.min(TURN_MS, request.deadlineMs);
      const isReady =
        (!after || walk.replay(after.shown, after.steps, isEnough)) &&
        walk.advance(nodesMax, isEnough);
      if (!isReady && !isOver()) {
        this.book.keep(paused, walk);
        return undefined;
      }
    }
    if (after && !walk.replay(after.shown, after.steps, isOver)) {
      this.book.keep(keyOf(after), walk);
      return this.describe(request, walk, unturned(after), position, head, after);
    }
    const page = walk.page(nodesMax, isOver);
    const next = page.hasNext ? { position, shown: walk.shown, steps: walk.steps } : undefined;
    const turn = this.describe(request, walk, page, position, head, next);
    if (next) this.book.keep(keyOf(next), walk);
    return turn;
  }

  /** @param unreadable nodes of the page that could not be read */
  extentOf(turn: Turn, unreadable: readonly number[]): LineageExtent & { frontier: number[] } {
    const { walk, page, numbers, position, next, unresolved } = turn;
    const blind = this.blindSpots(turn, unreadable);
    const isRedacted = page.redacted > 0;
    const isHiding = isRedacted || turn.hasNoThings;
    const own = isHiding ? 'ACCESS' : blind && 'MISSING_BLOCK';
    const flaw = turn.flaw === 'ACCESS' ? turn.flaw : (own ?? turn.flaw);
    const reason = page.reason ?? flaw;
    const frontier = new Set(page.frontier);
    for (const node of blind ?? []) frontier.add(walk.nodes.numberOf(node));
    return {
      isComplete: reason === undefined,
      reason,
      omitted: page.omitted,
      isOmittedExact: page.isOmittedExact && flaw === undefined,
      redacted: page.redacted,
      unresolved,
      position,
      next: next && { ...next, ...(flaw && { flaw }) },
      frontier: [...frontier].map((number) => numbers.ofNumber(number)),
    };
  }

  private describe(
    request: LineageRequest,
    walk: LineageWalk,
    page: WalkPage,
    position: number,
    head: number,
    next: LineageMark | undefined,
  ): Turn {
    const numbers = new PageNumbers(walk, page);
    const nodes = walk.nodes.slice(page.from, page.to);
    const relations = formatRelationFilter(request.relations);
    return {
      ...{ walk, page, nodes, numbers, position, next },
      flaw: request.after?.flaw,
      hasNoThings: request.access?.things === 'ABSENT',
      depths: nodes.map((_, i) => walk.depthOf(page.from + i)),
      cycles: cyclesOf(walk, page).map((cycle) => cycle.map((number) => numbers.ofNumber(number))),
      unresolved: this.gaps.countUnresolved(followed(walk, page, nodes), relations, position, head),
    };
  }

  private question(request: LineageRequest, position: number): WalkRequest {
    const { direction, depthMax, asOf, access } = request;
    const roots = findRoots(request.roots, access, position, this.records, this.sources);
    return {
      roots: [...new Set(roots)],
      direction,
      depthMax,
      relations: formatRelationFilter(request.relations),
      moment: { upTo: position, asOf },
      admit: this.admission.of(request),
    };
  }

  private sourceOf({ access }: LineageRequest): EdgeSource {
    return access?.things === 'ABSENT' ? this.sources.records : this.sources.all;
  }

  /**
   * Where the answer may miss something because a record could not be read: the unreadable nodes of the page, or
   * undefined when nothing can be missing. What an unreadable record comes from is unknown; so is, elsewhere, whether
   * it came of one of the nodes or is what an unresolved reference means.
   */
  private blindSpots(
    { walk, page, nodes, unresolved, position }: Turn,
    unreadable: readonly number[],
  ): number[] | undefined {
    const spots = unreadable.filter((node) =>
      walk.isReached(walk.nodes.numberOf(node), 'UPSTREAM'),
    );
    if (spots.length > 0) return spots;
    const isDownstream = nodes.some((_, i) => walk.isReached(page.from + i, 'DOWNSTREAM'));
    const isElsewhere = isDownstream || unresolved > 0;
    return isElsewhere && this.gaps.hasUnreadable(position) ? [] : undefined;
  }
}

/** Records of the page whose own references were followed. */
function followed(walk: LineageWalk, page: WalkPage, nodes: number[]): number[] {
  return nodes.filter((node, i) => node >= 0 && walk.isReached(page.from + i, 'UPSTREAM'));
}

/** A page that could not be begun in time: the same mark leads on. */
function unturned({ shown }: LineageMark): WalkPage {
  return {
    ...{ from: shown, to: shown, edges: [], frontier: [] },
    ...{ omitted: 0, isOmittedExact: false, redacted: 0, reason: 'DEADLINE', hasNext: true },
  };
}

/** All that tells one walk from another. */
function keyParts(request: LineageRequest, { roots, moment }: WalkRequest): unknown[] {
  const { direction, depthMax, relations, types, authors, from, to, access } = request;
  const bounds = [roots, direction, depthMax, relations, types, authors, from, to, moment];
  return [...bounds, access && [access.hidden, access.undated, access.things]];
}

function checkRequest({ roots, depthMax, nodesMax, after }: LineageRequest, head: number): void {
  const isCount = (value: number, min: number) => Number.isSafeInteger(value) && value >= min;
  if (roots.length === 0) throw new AppError('BAD_USER_INPUT', 'lineage needs a root');
  if (!isCount(depthMax, 0)) throw new AppError('BAD_USER_INPUT', 'depthMax must be 0 or more');
  if (!isCount(nodesMax, 1)) throw new AppError('BAD_USER_INPUT', 'nodesMax must be 1 or more');
  if (after && after.position > head) {
    throw new AppError('BAD_CURSOR', 'the index does not reach as far as when the cursor was made');
  }
}
