import type { VocabularyRole } from '../graph/event/event-vocabulary.js';
import { caughtUp } from './caught-up.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { checkEventReader } from './event-list.js';
import type { Reader } from './reader.js';

/** What events have named in one role, page by page. */
export interface VocabularyList {
  texts: string[];
  /** The cursor of the next page, when there is one. */
  next?: string;
}

/** @throws AppError BAD_CURSOR, UNAUTHENTICATED, FORBIDDEN */
export async function listVocabulary(
  reader: Reader,
  role: VocabularyRole,
  first: number,
  after?: string,
): Promise<VocabularyList> {
  checkEventReader(reader);
  if (after === undefined) await caughtUp(reader);
  const scope = scopeOf(reader, role);
  const place = after === undefined ? undefined : Number(parseCursor(scope, after)[0]);
  const { texts, end } = await reader.ask((read) => read.listMentioned(role, first, place));
  return end === undefined ? { texts } : { texts, next: formatCursor(scope, [end]) };
}

function scopeOf({ rooms, viewer }: Reader, role: VocabularyRole): CursorScope {
  const { organisation, subject } = viewer;
  return { key: rooms.cursorKey, binding: ['vocabulary', organisation, subject, role] };
}
