import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work on the main thread before others get their turn. */
const STRETCH_MS = 8;

/** Breaks long loops into stretches: `if (pace.isDue()) await pace.rest();` */
export class Pace {
  private since = performance.now();

  isDue(): boolean {
    return performance.now() - this.since > STRETCH_MS;
  }

  async rest(): Promise<void> {
    await setImmediate();
    this.since = performance.now();
  }
}
