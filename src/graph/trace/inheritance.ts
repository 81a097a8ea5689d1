import type { ItemRole, MentionRole } from '../event/mention-role.js';
import { passageOf } from './passage.js';
import type { TraceEvent } from './trace-event.js';

/**
 * As what an event names a container and may reach what is in it. A container's member lists, which reach nothing, are
 * not even looked up: a hub has a million.
 */
export const INHERITED_MENTIONS = [
  'EPC',
  'CHILD',
  'TRANSACTION_PARENT',
] as const satisfies MentionRole[];

export type InheritedMention = (typeof INHERITED_MENTIONS)[number];

/** The role of an item that such a mention comes to. */
export function itemRoleOf(mention: InheritedMention): ItemRole {
  return mention === 'TRANSACTION_PARENT' ? 'PARENT' : mention;
}

/**
 * Whether an event that names a container reaches what is in it (DOMAIN 2): observations, transactions and what it is
 * itself put into or taken out of do; its own beginning and end, and the list of its members, do not.
 */
export function isInherited(event: TraceEvent, role: ItemRole): boolean {
  if (role === 'INPUT' || role === 'OUTPUT') return false;
  if (role === 'PARENT' && event.type !== 'TransactionEvent') return false;
  const passage = passageOf({ event, role });
  return passage !== 'COMMISSION' && passage !== 'DECOMMISSION' && passage !== 'DESTROY';
}
