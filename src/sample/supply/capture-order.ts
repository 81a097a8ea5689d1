import type { Random } from '../random.js';
import { DAY_MS } from './clock.js';
import type { Step, SupplyEvent } from './journal.js';

/** Events that are captured late for no reason of their own; those that put others right make them one in twenty. */
const LATE_SHARE = 0.044;
const LATE_DAYS = { low: 1, high: 5 };

interface Arrival {
  at: number;
  event: SupplyEvent;
}

/**
 * Events in the order in which they are captured: at once for most, days later for some. Holds only what has not been
 * captured yet, by day.
 */
export class CaptureOrder {
  private readonly days = new Map<number, Arrival[]>();
  private nextDay = 0;

  constructor(private readonly random: Random) {}

  add({ time, event, delayMs = this.delay() }: Step): void {
    const at = time + delayMs;
    const day = Math.floor(at / DAY_MS);
    const arrivals = this.days.get(day);
    if (arrivals) arrivals.push({ at, event });
    else this.days.set(day, [{ at, event }]);
  }

  /** What arrives on days that are over at that time; nothing may be added for those days any more. */
  *before(time: number): Generator<SupplyEvent> {
    const today = Math.floor(time / DAY_MS);
    for (this.nextDay ||= today; this.nextDay < today; this.nextDay++)
      yield* this.take(this.nextDay);
  }

  *rest(): Generator<SupplyEvent> {
    for (const day of [...this.days.keys()].sort((a, b) => a - b)) yield* this.take(day);
  }

  private *take(day: number): Generator<SupplyEvent> {
    const arrivals = this.days.get(day) ?? [];
    this.days.delete(day);
    for (const { event } of arrivals.sort((a, b) => a.at - b.at)) yield event;
  }

  private delay(): number {
    if (!this.random.chance(LATE_SHARE)) return 0;
    return this.random.between(LATE_DAYS.low * DAY_MS, LATE_DAYS.high * DAY_MS);
  }
}
