import type { CursorScope } from './cursor.js';
import type { ItemView } from './item.js';
import type { Reader } from './reader.js';

/** Cursors of one list of one item, asked for by one viewer at one moment. */
export function itemScope({ rooms, viewer }: Reader, list: string, item: ItemView): CursorScope {
  const { organisation, subject } = viewer;
  // as it was asked: "now" is another time with each page
  const { asOf = null, knownAt = null } = item.question;
  return {
    key: rooms.cursorKey,
    binding: ['item', list, organisation, subject, item.epc, asOf, knownAt],
  };
}
