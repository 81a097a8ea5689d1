import type { FactsStatus } from './facts-engine.js';

/** What is followed: tells where it is after each growth. */
export interface Grown {
  onApplied(listener: (cursor: number) => void): () => void;
}

interface Work {
  step(budgetMs: number): Promise<FactsStatus>;
  rest(): Promise<void>;
}

/** Facts are for questions about long times: they come after everything else that has to be written. */
const QUIET_MS = 1_000;
/** But where it never grows quiet, not later than this; who asks before that waits until they have caught up. */
const LATE_MS = 300_000;
/** A node that has just started has better things to do, and may soon be told more. */
const START_MS = 30_000;
/** One look at what there is. */
const SLICE_MS = 500;
/** While it grows, a step is followed by so many times its length of rest. */
const REST_TIMES = 9;
/** Memory is given back when nobody has asked and nothing has come for so long. */
const IDLE_MS = 120_000;

/** Decides when the facts follow. What goes wrong is tried again at the next growth, or when somebody asks. */
export class FactsFollower {
  /** Facts are complete up to here. */
  settled = 0;
  private timer?: NodeJS.Timeout;
  private idle?: NodeJS.Timeout;
  private unsubscribe?: () => void;
  /** When the first growth came that has not been followed, and when the last did. */
  private first?: number;
  private last = 0;
  private restUntil = 0;
  private isWorking = false;
  private isStopped = false;

  constructor(
    private readonly work: Work,
    private readonly now: () => number = () => performance.now(),
    /** Told when a step fails. */
    private readonly heldUp: (error: unknown) => void = () => {},
  ) {}

  /** What was there before is followed as if it came in a while. */
  start(index: Grown): void {
    if (this.unsubscribe || this.isStopped) return;
    this.unsubscribe = index.onApplied(() => this.grew());
    this.first = this.now();
    this.last = this.first + START_MS - QUIET_MS;
    this.schedule();
  }

  reach(settled: number): void {
    this.settled = settled;
    this.used();
  }

  /** Somebody asks: memory is not given back for a while. */
  used(): void {
    if (this.isStopped) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => void this.work.rest().catch(() => {}), IDLE_MS).unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.idle);
    this.unsubscribe?.();
  }

  private grew(): void {
    const now = this.now();
    this.last = Math.max(this.last, now);
    this.first ??= now;
    this.schedule();
  }

  private schedule(): void {
    if (this.isWorking || this.isStopped || this.first === undefined) return;
    const quiet = Math.min(this.last + QUIET_MS, this.first + LATE_MS);
    const wait = Math.max(quiet, this.restUntil) - this.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.follow(), Math.max(0, wait)).unref();
  }

  private async follow(): Promise<void> {
    this.isWorking = true;
    const begun = this.now();
    this.first = undefined;
    try {
      const { settled, head } = await this.work.step(SLICE_MS);
      this.reach(settled);
      if (settled < head) this.first ??= begun - LATE_MS;
    } catch (error) {
      // the index may be about to be rebuilt, the disk full: the next growth comes by again
      if (!this.isStopped) this.heldUp(error);
    }
    const took = this.now() - begun;
    const isBusy = this.last > begun - QUIET_MS;
    this.restUntil = isBusy ? this.now() + REST_TIMES * took : 0;
    this.isWorking = false;
    this.schedule();
  }
}
