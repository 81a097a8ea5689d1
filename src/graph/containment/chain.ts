import type { Position } from './position.js';

/** More levels than any real packing has; a walk up costs no more than this. */
export const LEVELS_MAX = 64;

/**
 * A container and what it is in, upwards, just before an event. Longer than the levels allowed by one: there are more.
 * It ends, for the state before any event has no cycle.
 */
export type Chain = readonly number[];

export function walkUp(
  start: number,
  position: Position,
  levelsMax: number,
  parentBefore: (child: number, position: Position) => number | undefined,
): Chain {
  const chain = [start];
  for (let node: number | undefined = start; chain.length <= levelsMax;) {
    node = parentBefore(node, position);
    if (node === undefined) break;
    chain.push(node);
  }
  return chain;
}

/** What the chain of a parent says to putting the child into it. */
export type Way = 'FREE' | 'CYCLE' | 'TOO_DEEP';

export function wayInto(chain: Chain, child: number, levelsMax: number): Way {
  if (chain.includes(child)) return 'CYCLE';
  return chain.length > levelsMax ? 'TOO_DEEP' : 'FREE';
}
