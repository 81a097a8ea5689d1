interface Growth {
  size: number;
  at: number;
}

/** Times of growth kept apart; more are merged, which makes a lag look at most a little older. */
const KEPT_MAX = 1_000;

/** How far the index is behind the log, in entries and in time. */
export class Lag {
  private growths: Growth[] = [];

  /** The log has `size` entries as of `at`, ms. */
  grow(size: number, at: number): void {
    const last = this.growths[this.growths.length - 1];
    if (last && this.growths.length >= KEPT_MAX) last.size = size;
    else this.growths.push({ size, at });
  }

  /** The index has applied everything before `cursor`. */
  catchUp(cursor: number): void {
    const rest = this.growths.findIndex(({ size }) => size > cursor);
    this.growths.splice(0, rest < 0 ? this.growths.length : rest);
  }

  /** How long the oldest entry not applied has been there, ms; 0 when there is none. */
  age(now: number): number {
    const [oldest] = this.growths;
    return oldest ? Math.max(0, now - oldest.at) : 0;
  }
}
