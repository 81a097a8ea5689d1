import type { LineageWalk } from './lineage-walk.js';

interface Kept {
  walk: LineageWalk;
  at: number;
}

/** What is kept at most: walks, what they hold together, and how long one waits for its next page. */
const WALKS_MAX = 16;
const WEIGHT_MAX = 3_000_000;
const AGE_MAX_MS = 120_000;

/**
 * Walks that wait to be asked for their next page. Nothing depends on it: a walk that is gone is walked again from its beginning,
 * which gives the same and takes longer.
 */
export class LineageBook {
  private readonly kept = new Map<string, Kept>();

  /** @param now ms */
  constructor(private readonly now: () => number) {}

  /** Takes a walk out: two callers never go on with the same one. */
  take(key: string): LineageWalk | undefined {
    this.forgetOld();
    const found = this.kept.get(key);
    this.kept.delete(key);
    return found?.walk;
  }

  keep(key: string, walk: LineageWalk): void {
    this.kept.delete(key);
    this.kept.set(key, { walk, at: this.now() });
    this.forgetOld();
  }

  private forgetOld(): void {
    let weight = 0;
    for (const { walk } of this.kept.values()) weight += walk.weight;
    // oldest first
    for (const [key, { walk, at }] of this.kept) {
      const isOld = this.now() - at > AGE_MAX_MS;
      if (!isOld && this.kept.size <= WALKS_MAX && weight <= WEIGHT_MAX) return;
      this.kept.delete(key);
      weight -= walk.weight;
    }
  }
}
