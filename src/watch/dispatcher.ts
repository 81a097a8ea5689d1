import { describeFault } from '../graph/fault.js';
import type { Logger } from '../log.js';
import type { Delivery, DeliveryResult } from './delivery.js';
import { keyOf } from './principal.js';
import type { QuerySubscription } from './query-subscription.js';
import { settleDelivery } from './settlement.js';
import type { WatchStore } from './watch-store.js';

export interface DispatcherOptions {
  /** ms since the epoch */
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  /** How long is waited for more when something has come. */
  gatherMs: number;
  logger: Logger;
}

const AT_ONCE = 32;
/** One caller's slow receivers hold up no one else. */
const AT_ONCE_PER_PRINCIPAL = 4;
const SLEEP_MAX_MS = 60_000;
/** After a failure of our own. */
const REST_MS = 10_000;

/**
 * Keeps every active subscription going: at least once, in order, none left out. A subscription has one delivery under way
 * at most; the position it has reached moves when the receiver has answered with 2xx, and not before.
 */
export class Dispatcher {
  /** To be looked after, in the order of their coming: id and whose. */
  private readonly hungry = new Map<string, string>();
  private readonly running = new Map<string, AbortController>();
  /** How many of a principal's are running. */
  private readonly held = new Map<string, number>();
  private readonly restUntil = new Map<string, number>();
  private timer?: NodeJS.Timeout;
  private timerAt = Infinity;
  private isStopped = false;
  private whenIdle: (() => void)[] = [];

  constructor(
    private readonly store: WatchStore,
    private readonly delivery: Delivery,
    private readonly options: DispatcherOptions,
  ) {}

  /** There may be something to deliver: soon. */
  readonly nudge = (): void => {
    this.wakeIn(this.options.gatherMs);
  };

  /** Looks after every subscription whose time has come. */
  ring(): void {
    if (this.isStopped) return;
    const now = this.options.now();
    for (const subscription of this.store.subscriptions()) {
      if (this.dueAt(subscription) <= now) this.crave(subscription);
    }
    this.pump();
  }

  /** Whatever is under way for it is broken off. */
  drop(id: string): void {
    this.hungry.delete(id);
    this.running.get(id)?.abort();
  }

  /** Resolves when nothing is under way and nothing is due. */
  idle(): Promise<void> {
    if (this.running.size === 0 && this.hungry.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  /** What is under way is broken off: it is sent again after the next start. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.hungry.clear();
    for (const abort of this.running.values()) abort.abort();
    await this.idle();
  }

  private pump(): void {
    const now = this.options.now();
    for (const [id, principal] of this.hungry) {
      if (this.running.size >= AT_ONCE) return;
      if (this.running.has(id)) continue;
      const subscription = this.store.subscription(id);
      // what happened while it waited its turn may have put it off
      if (!subscription || this.dueAt(subscription) > now) this.hungry.delete(id);
      else if ((this.held.get(principal) ?? 0) < AT_ONCE_PER_PRINCIPAL) {
        this.begin(subscription, principal);
      }
    }
    if (this.running.size === 0 && this.hungry.size === 0) {
      for (const resolve of this.whenIdle.splice(0)) resolve();
    }
  }

  private crave({ id, owner }: QuerySubscription): void {
    if (!this.hungry.has(id)) this.hungry.set(id, keyOf(owner));
  }

  private begin(subscription: QuerySubscription, principal: string): void {
    const { id } = subscription;
    const abort = new AbortController();
    this.hungry.delete(id);
    this.running.set(id, abort);
    this.hold(principal, 1);
    void this.attend(subscription, abort.signal).then((isMore) => {
      this.running.delete(id);
      this.hold(principal, -1);
      if (isMore && !this.isStopped) this.crave(subscription);
      this.pump();
      this.sleep();
    });
  }

  private hold(principal: string, more: number): void {
    const held = (this.held.get(principal) ?? 0) + more;
    if (held === 0) this.held.delete(principal);
    else this.held.set(principal, held);
  }

  /** @returns whether there may be more at once */
  private async attend(subscription: QuerySubscription, signal: AbortSignal): Promise<boolean> {
    const { id, owner, queryName, position: from, retryTo: to } = subscription;
    const query = this.store.query(owner, queryName);
    if (!query) return false;
    try {
      const range = { from, ...(to !== undefined && { to }) };
      const result = await this.delivery.send(subscription, query.filter, range, signal);
      if (signal.aborted) return false;
      this.restUntil.delete(id);
      return await this.settle(subscription, result);
    } catch (error) {
      if (signal.aborted) return false;
      this.options.logger.warn({ ...describeFault(error), id }, 'a subscription is held up');
      this.restUntil.set(id, this.options.now() + REST_MS);
      return false;
    }
  }

  private async settle(subscription: QuerySubscription, result: DeliveryResult): Promise<boolean> {
    if (result.kind === 'NOTHING') return false;
    const isPassed = result.kind === 'DELIVERED' && result.batch.events === 0;
    const isPlain = subscription.retryTo === undefined && isPassed && result.batch.withheld === 0;
    if (isPlain) await this.store.pass(subscription, result.batch.to + 1);
    else {
      const { now: clock, random } = this.options;
      const settled = await this.store.update(subscription, (now) => {
        if (now.position !== subscription.position) return undefined;
        const isRoom = this.store.hasRoomForLetter(now);
        return settleDelivery(now, result, { at: clock(), random: random(), isRoom });
      });
      if (settled?.state === 'FAILING') {
        const { id, fault } = settled;
        this.options.logger.warn({ id, fault }, 'a delivery is given up');
      }
    }
    return result.kind === 'DELIVERED';
  }

  private dueAt({ id, state, nextAttemptAt = 0 }: QuerySubscription): number {
    if (state !== 'ACTIVE') return Infinity;
    return Math.max(nextAttemptAt, this.restUntil.get(id) ?? 0);
  }

  /** Until the next retry is due. */
  private sleep(): void {
    const now = this.options.now();
    let next = Infinity;
    for (const subscription of this.store.subscriptions()) {
      const at = this.dueAt(subscription);
      if (at > now && at < next) next = at;
    }
    if (next < Infinity) this.wakeIn(next - now);
  }

  private wakeIn(ms: number): void {
    if (this.isStopped) return;
    const at = performance.now() + Math.min(ms, SLEEP_MAX_MS);
    if (at >= this.timerAt) return;
    clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(
      () => {
        this.timerAt = Infinity;
        this.ring();
        this.sleep();
      },
      Math.max(0, at - performance.now()),
    );
  }
}
