import type { ItemRole, MentionRole } from '../event/mention-role.js';
import { passageOf } from './passage.js';
import type { TraceEvent } from './trace-event.js';

/** Roles in which an event may name a container and reach what is in it. */
export const INHERITED_ROLES = ['EPC', 'CHILD', 'PARENT'] as const satisfies ItemRole[];

/** The same where mentions are looked up: a container's member lists, which reach nothing, are not even read. */
export const INHERITED_MENTIONS = [
  'EPC',
  'CHILD',
  'TRANSACTION_PARENT',
] as const satisfies MentionRole[];

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
