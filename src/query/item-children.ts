import type { ParentCursor } from '../graph/containment/containment-store.js';
import type { ItemChild } from '../graph/trace/item-tracer.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import type { ItemView } from './item.js';
import { itemScope } from './item-scope.js';
import { checkFirst, type Page } from './page.js';
import type { Reader } from './reader.js';

export interface ChildPage extends Page<ItemChild> {
  /** Where to go on; a page may be empty and yet not the last. Null at the end. */
  endCursor: string | null;
}

/** One page of what is in an item. @throws AppError BAD_USER_INPUT, BAD_CURSOR, QUERY_TOO_COMPLEX */
export async function listChildren(
  reader: Reader,
  item: ItemView,
  page: { first?: number; after?: string },
): Promise<ChildPage> {
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = itemScope(reader, 'children', item);
  const after = page.after === undefined ? undefined : parsePlace(scope, page.after);
  const { children, next } = await reader.ask((read) =>
    read.itemChildren(item.epc, item.moment, first, after),
  );
  return {
    nodes: children,
    hasNext: next !== undefined,
    hasPrevious: after !== undefined,
    cursorOf: ({ cursor }) => formatPlace(scope, cursor),
    endCursor: next ? formatPlace(scope, next) : null,
  };
}

function formatPlace(scope: CursorScope, { to, child, from }: ParentCursor): string {
  return formatCursor(scope, [to, child, from.time, from.recordTime, from.seq]);
}

function parsePlace(scope: CursorScope, cursor: string): ParentCursor {
  const [to, child, time, recordTime, seq] = parseCursor(scope, cursor) as [
    ...[number, number, number, number, number],
  ];
  return { to, child, from: { time, recordTime, seq } };
}
