import { AppError } from '../error.js';
import type { Delivery } from './delivery.js';
import type { DeadLetter, QuerySubscription } from './query-subscription.js';
import type { WatchStore } from './watch-store.js';

const AT_ONCE = 8;

/** Sends dead letters when told to. What stands in the log is read anew, and access decided anew. */
export class Redelivery {
  private readonly sending = new Map<string, Promise<unknown>>();
  private readonly abort = new AbortController();

  constructor(
    private readonly store: WatchStore,
    private readonly delivery: Delivery,
    private readonly now: () => number,
  ) {}

  /** @throws AppError UNAVAILABLE when it fails again, FORBIDDEN, RATE_LIMITED, NOT_FOUND */
  async send(
    subscription: QuerySubscription,
    letter: DeadLetter,
  ): Promise<{ events: number; subscription: QuerySubscription }> {
    if (this.sending.size >= AT_ONCE || this.sending.has(letter.id)) {
      throw new AppError('RATE_LIMITED', 'this or enough others are being delivered again now');
    }
    const sent = this.sendAll(subscription, letter);
    this.sending.set(letter.id, sent);
    try {
      return await sent;
    } finally {
      this.sending.delete(letter.id);
    }
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await Promise.allSettled(this.sending.values());
  }

  private async sendAll(subscription: QuerySubscription, letter: DeadLetter) {
    const query = this.store.query(subscription.owner, subscription.queryName);
    if (!query) throw gone();
    let events = 0;
    for (let from = letter.from; from <= letter.to;) {
      const range = { from, to: letter.to };
      const { signal } = this.abort;
      const result = await this.delivery.send(subscription, query.filter, range, signal);
      if (result.kind !== 'DELIVERED') throw failed(result.kind);
      events += result.batch.events;
      from = result.batch.to + 1;
    }
    const updated = await this.store.update(subscription, (now) => ({
      next: { ...now, delivered: now.delivered + events, deliveredAt: this.now() },
      oldLetter: letter,
    }));
    if (!updated) throw gone();
    return { events, subscription: updated };
  }
}

function failed(kind: 'NOTHING' | 'FORBIDDEN' | 'GONE' | 'FAILED'): AppError {
  if (kind === 'FORBIDDEN')
    return new AppError('FORBIDDEN', 'supply events are not for this token');
  if (kind === 'NOTHING') return new AppError('UNAVAILABLE', 'the index is not so far yet');
  return new AppError('UNAVAILABLE', 'the receiver did not take it', {
    hint: 'it stays among the dead letters; try again when the receiver is well',
  });
}

function gone(): AppError {
  return new AppError('NOT_FOUND', 'there is no such dead letter');
}
