import type { Random } from '../random.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Virtual time of one strand of events, ms since the epoch. It only goes on, so one thing has no two events at once. */
export class Clock {
  constructor(
    private readonly random: Random,
    public time: number,
  ) {}

  /** Some minutes later: more than `low`, at most `high`. */
  pass(low: number, high: number): this {
    this.time += 1 + low * MINUTE_MS + this.random.below((high - low) * MINUTE_MS);
    return this;
  }

  passHours(low: number, high: number): this {
    return this.pass(low * 60, high * 60);
  }

  /** A strand of its own that begins now. */
  fork(): Clock {
    return new Clock(this.random, this.time);
  }
}
