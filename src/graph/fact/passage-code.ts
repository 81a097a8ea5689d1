import type { Passage } from '../trace/passage.js';

/** Position is the stored code. */
export const PASSAGES: readonly Passage[] = [
  'OTHER',
  'COMMISSION',
  'DEPART',
  'ARRIVE',
  'DISPENSE',
  'CONSUME',
  'DECOMMISSION',
  'DESTROY',
];

export function encodePassage(passage: Passage): number {
  return PASSAGES.indexOf(passage);
}
