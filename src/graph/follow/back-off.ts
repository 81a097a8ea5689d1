import type { Alarm } from './alarm.js';

const WAIT_MIN_MS = 100;
const WAIT_MAX_MS = 10_000;

/** Waits longer after each failure in a row. */
export class BackOff {
  private next = WAIT_MIN_MS;

  /** @param now ms */
  constructor(
    private readonly alarm: Alarm,
    private readonly now: () => number,
  ) {}

  /** Something has succeeded. */
  reset(): void {
    this.next = WAIT_MIN_MS;
  }

  async wait(isStopped: () => boolean): Promise<void> {
    const until = this.now() + this.next;
    this.next = Math.min(this.next * 2, WAIT_MAX_MS);
    for (let left = until - this.now(); left > 0 && !isStopped(); left = until - this.now()) {
      await this.alarm.wait(left);
    }
  }
}
