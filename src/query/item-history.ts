import type { HistoryEntry } from '../graph/trace/trace-event.js';
import { comparePositions, type Position } from '../graph/containment/position.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { shapeEvent, type EventView } from './event.js';
import type { ItemView } from './item.js';
import { itemScope } from './item-scope.js';
import { checkFirst, type Page } from './page.js';
import type { Reader } from './reader.js';

/** How an event came into the history. */
export interface HistorySourceView {
  kind: string;
  epc: string | null;
  level: number | null;
  place: string | null;
}

export interface HistoryEntryView {
  source: HistorySourceView;
  /** As what the event names the item, or what it is inherited from; null for a sensor of a place, which names none. */
  role: string | null;
  event: EventView;
}

export type HistoryPage = Page<HistoryEntryView>;

/** One page of an item's history, oldest first. @throws AppError BAD_USER_INPUT, BAD_CURSOR */
export function listHistory(
  reader: Reader,
  item: ItemView,
  page: { first?: number; after?: string },
): HistoryPage {
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = itemScope(reader, 'history', item);
  const after = page.after === undefined ? undefined : parsePosition(scope, page.after);
  const { entries } = item.trace.history;
  const start = after === undefined ? 0 : entries.findIndex((each) => isBehind(each, after));
  const rest = start < 0 ? [] : entries.slice(start);
  return {
    nodes: rest.slice(0, first).map((entry) => shapeEntry(entry)),
    hasNext: rest.length > first,
    hasPrevious: after !== undefined,
    cursorOf: ({ event: { event } }) =>
      formatCursor(scope, [event.time, event.recordTime, event.seq]),
  };
}

export function shapeEntry({ event, source, role }: HistoryEntry): HistoryEntryView {
  return {
    source: {
      kind: source.kind,
      epc: 'epc' in source ? source.epc : null,
      level: 'level' in source ? source.level : null,
      place: 'place' in source ? source.place : null,
    },
    role: source.kind === 'LOCATION_SENSOR' ? null : role,
    event: shapeEvent(event),
  };
}

function isBehind({ event }: HistoryEntry, after: Position): boolean {
  return comparePositions(event, after) > 0;
}

function parsePosition(scope: CursorScope, cursor: string): Position {
  const [time, recordTime, seq] = parseCursor(scope, cursor) as [number, number, number];
  return { time, recordTime, seq };
}
