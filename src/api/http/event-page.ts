import { AppError } from '../../error.js';
import { formatEpcisText, type EventView } from '../../query/event.js';
import { countEvents, listEvents, type EventPage } from '../../query/event-list.js';
import type { SimpleEventQuery } from '../../query/event-parameter.js';
import type { Reader } from '../../query/reader.js';

/** Events as they were captured, and how to go on. */
export interface EpcisPage {
  /** Compact JSON texts. */
  events: string[];
  /** Events whose content is erased or cannot be opened here. */
  withheld: number;
  /** `nextPageToken` of the next page, when there is one. */
  next?: string;
}

/** Stands between what is left of an `eventCountLimit` and the cursor. */
const SEPARATOR = '~';

/**
 * One page of the events asked for.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_CURSOR, QUERY_TOO_COMPLEX, TOO_LARGE (over maxEventCount)
 */
export async function loadEventPage(reader: Reader, query: SimpleEventQuery): Promise<EpcisPage> {
  const { filter, orderBy } = query;
  const { after, left } = readToken(query);
  const first = Math.min(query.first, left);
  const page = await listEvents(reader, { filter, orderBy, first, after });
  if (after === undefined) await checkCount(reader, query, page);
  const texts = await Promise.all(page.nodes.map((view) => formatEpcisText(reader, view)));
  const events = texts.filter((text) => text !== null);
  const next = nextToken(page, left - page.nodes.length);
  return { events, withheld: texts.length - events.length, ...(next !== undefined && { next }) };
}

/**
 * The newest event with this id: where one was declared erroneous, the declaration.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function loadEvent(reader: Reader, eventId: string): Promise<string> {
  const filter = { eventId: [eventId] };
  const { nodes } = await listEvents(reader, { filter, orderBy: 'RECORD_DESC', first: 1 });
  const [view] = nodes as [EventView?];
  const text = view && (await formatEpcisText(reader, view));
  if (text) return text;
  throw new AppError('NOT_FOUND', 'there is no such event');
}

async function checkCount(
  reader: Reader,
  { maxEventCount }: SimpleEventQuery,
  page: EventPage,
): Promise<void> {
  if (maxEventCount === undefined) return;
  if (!page.hasNext && page.nodes.length <= maxEventCount) return;
  const { count, isExact } = await countEvents(reader, page);
  if (count > maxEventCount) {
    throw new AppError('TOO_LARGE', 'there are more events than maxEventCount', {
      hint: 'ask for less, or read them page by page without maxEventCount',
    });
  }
  if (!isExact) {
    throw new AppError('QUERY_TOO_COMPLEX', 'these events cannot be counted in one request', {
      hint: 'ask for a shorter time, or without maxEventCount',
    });
  }
}

function readToken({ after, eventCountLimit }: SimpleEventQuery): { after?: string; left: number } {
  if (eventCountLimit === undefined) {
    const left = Number.POSITIVE_INFINITY;
    return after === undefined ? { left } : { after, left };
  }
  if (after === undefined) return { left: eventCountLimit };
  const [count = '', ...cursor] = after.split(SEPARATOR);
  const left = Number(count);
  if (cursor.length === 1 && Number.isInteger(left) && left >= 1 && left <= eventCountLimit) {
    return { after: cursor[0]!, left };
  }
  throw new AppError('BAD_CURSOR', 'the token was not made for this question');
}

function nextToken({ hasNext, endCursor }: EventPage, left: number): string | undefined {
  if (!hasNext || endCursor === null || left <= 0) return undefined;
  return Number.isFinite(left) ? `${left}${SEPARATOR}${endCursor}` : endCursor;
}
