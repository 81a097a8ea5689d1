/** Events of each size. */
export const SUPPLY_SIZES = { S: 10_000, M: 100_000, L: 1_000_000 } as const;

export type SupplySize = keyof typeof SUPPLY_SIZES;
