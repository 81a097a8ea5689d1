import { wasKnown } from './movement.js';
import { sumDecimals } from './decimal-sum.js';
import { comparePositions, type Position } from './position.js';

/** So much of a lot put into a parent, or (negative) taken out; without lot, all there was is gone. */
export interface QuantityChange {
  parent: number;
  position: Position;
  lot?: number;
  /** Unit of measure; pieces where there is none. */
  unit?: number;
  /** Absent when the event names the lot and no amount. */
  amount?: number;
  voidedAt?: number;
}

/** What is left of a lot in a parent. Without identity of units: below zero says that more came out than went in. */
export interface Balance {
  lot: number;
  unit?: number;
  amount: number;
  /** False when some event named no amount. */
  isExact: boolean;
}

/**
 * Balances from a parent's changes, by lot and unit, at that event time and as known when the ledger had `knownAt`
 * entries. The order in which the changes are given makes no difference.
 */
export function balanceAt(
  changes: readonly QuantityChange[],
  asOf: number,
  knownAt = Infinity,
): Balance[] {
  const counted = changes
    .filter(({ position, voidedAt }) => {
      return position.time <= asOf && wasKnown(position.seq, voidedAt, knownAt);
    })
    .sort((a, b) => comparePositions(a.position, b.position));
  const emptied = counted.findLastIndex(({ lot }) => lot === undefined);
  const groups = new Map<string, QuantityChange[]>();
  for (const change of counted.slice(emptied + 1)) {
    const key = `${change.lot} ${change.unit}`;
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()]
    .map((group): Balance => ({
      lot: group[0]!.lot!,
      unit: group[0]!.unit,
      amount: sumDecimals(group.map(({ amount }) => (isAmount(amount) ? amount : 0))),
      isExact: group.every(({ amount }) => isAmount(amount)),
    }))
    .sort((a, b) => a.lot - b.lot || (a.unit ?? -1) - (b.unit ?? -1));
}

function isAmount(amount: number | undefined): amount is number {
  return amount !== undefined && Number.isFinite(amount);
}
