import type { ItemStatus } from '../trace/item-state.js';

/** Position is the stored code. */
export const ITEM_STATUSES: readonly ItemStatus[] = [
  'AT_SITE',
  'IN_TRANSIT',
  'DISPENSED',
  'DESTROYED',
  'DECOMMISSIONED',
  'CONSUMED',
  'UNKNOWN',
];
