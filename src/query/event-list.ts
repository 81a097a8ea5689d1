import { AppError } from '../error.js';
import type { EventFilter, EventOrder, EventPosition } from '../graph/event/event-filter.js';
import type { EventCount } from '../graph/event/event-list.js';
import { caughtUp } from './caught-up.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { shapeEvent, type EventView } from './event.js';
import { checkFirst, type Page } from './page.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';

export interface EventPage extends Page<EventView> {
  /**
   * How far was looked, to go on behind. There may be one though the page is empty: what a page may cost is bounded, and
   * when much had to be passed over it ends early.
   */
  endCursor: string | null;
  /** Last ledger position the index had applied. */
  position: number | null;
  /** What was asked, for the number of events in all. */
  question: EventQuestion;
}

export interface EventQuestion {
  filter?: EventFilter;
  orderBy?: EventOrder;
  first?: number;
  after?: string;
  /** Where instances are asked for, also what happened to the containers they were in. */
  includeInherited?: boolean;
}

/**
 * The events of this filter, keyset by keyset. Error declarations and events they void are among them, unless the filter
 * says otherwise.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, BAD_CURSOR, QUERY_TOO_COMPLEX
 */
export async function listEvents(reader: Reader, question: EventQuestion): Promise<EventPage> {
  checkEventReader(reader);
  const { filter = {}, orderBy = 'TIME_DESC', after, includeInherited = false } = question;
  const first = checkFirst(question.first, reader.rooms.limits.firstMax);
  const scope = scopeOf(reader, question);
  // a first page is of all that is in the log by now, and later pages go on from it
  if (after === undefined) await caughtUp(reader);
  const place = after === undefined ? undefined : parse(scope, after);
  const { events, hasNext, end, cursor } = await reader.ask((read) =>
    read.listEvents(filter, orderBy, first, place, { includeInherited }),
  );
  return {
    nodes: events.map((event) => shapeEvent(event)),
    hasNext,
    hasPrevious: after !== undefined,
    cursorOf: ({ event }) => format(scope, event),
    endCursor: end ? format(scope, end) : null,
    position: formatPosition(cursor),
    question,
  };
}

/** How many there are in all, as far as may be counted. */
export function countEvents(reader: Reader, { question }: EventPage): Promise<EventCount> {
  checkEventReader(reader);
  const { filter = {}, includeInherited = false } = question;
  return reader.ask((read) => read.countEvents(filter, { includeInherited }));
}

/** Whether something is there is content as well: whoever may not read is told so, and nothing else. */
export function checkEventReader(reader: Reader): void {
  reader.checkKnown();
  if (reader.may('content.read', { class: 'epcis.event' })) return;
  throw new AppError('FORBIDDEN', 'this token is not good for reading supply events', {
    hint: 'ask with a token of a role that may read them',
  });
}

function format(scope: CursorScope, { time, seq }: EventPosition): string {
  return formatCursor(scope, [time, seq]);
}

function parse(scope: CursorScope, cursor: string): EventPosition {
  const [time, seq] = parseCursor(scope, cursor);
  return { time: Number(time), seq: Number(seq) };
}

function scopeOf({ rooms, viewer }: Reader, question: EventQuestion): CursorScope {
  const { organisation, subject } = viewer;
  const { filter = {}, orderBy = 'TIME_DESC', includeInherited = false } = question;
  const asked = JSON.stringify(sortMembers(filter));
  return {
    key: rooms.cursorKey,
    binding: ['events', organisation, subject, orderBy, includeInherited, asked],
  };
}

/** The same question in whatever order its members were given. */
function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sortMembers(member)]));
}
