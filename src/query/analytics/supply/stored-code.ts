import { encodeRole, type MentionRole } from '../../../graph/event/mention-role.js';
import { ITEM_STATUSES } from '../../../graph/fact/item-status.js';
import { encodePassage } from '../../../graph/fact/passage-code.js';
import type { ItemStatus } from '../../../graph/trace/item-state.js';
import type { Passage } from '../../../graph/trace/passage.js';

/** What the tables of facts store in place of these words. */
export function passagesOf(...passages: Passage[]): number[] {
  return passages.map(encodePassage);
}

export function statusesOf(...statuses: ItemStatus[]): number[] {
  return statuses.map((status) => ITEM_STATUSES.indexOf(status));
}

export function roleOf(role: MentionRole): number {
  return encodeRole(role);
}
