import { fromBase64url, toBase64url, utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import { isAppError } from '../error.js';
import { Gate } from '../gate.js';
import type { EventFilter } from '../graph/event/event-filter.js';
import { formatQueryDocument } from '../query/event-document.js';
import type { EventSource, FoundEvent } from './event-source.js';
import type { Batch, Failure, QuerySubscription } from './query-subscription.js';
import { parseRetryAfter } from './retry.js';
import type { Target, TargetGuard } from './target-guard.js';
import { callWebhook } from './webhook-call.js';
import { signBody, signDelivery } from './webhook-signature.js';

/** What came of looking for events and sending them. */
export type DeliveryResult =
  /** There is nothing to look at. */
  | { kind: 'NOTHING' }
  | { kind: 'FORBIDDEN' }
  /** The receiver has it; or there was nothing for it, up to there. */
  | { kind: 'DELIVERED'; batch: Batch }
  | { kind: 'GONE'; batch: Batch; status: number }
  | { kind: 'FAILED'; batch: Batch; failure: Failure; retryAfterMs?: number };

export interface DeliveryRange {
  from: number;
  /** The last position meant; as far as the index is when left out. */
  to?: number;
}

export interface DeliveryOptions {
  guard: TargetGuard;
  now: () => number;
  timeoutMs: number;
  /** Most events of one delivery. */
  eventsMax: number;
}

/** Of the events of one delivery, unless one alone has more: as many deliveries as are under way lie in memory. */
const CHARACTERS_MAX = 1024 * 1024;
/** The index has other readers. */
const LOOKS_AT_ONCE = 2;
const GONE = 410;

/** Makes one delivery of a subscription and sends it once. Changes nothing here. */
export class Delivery {
  private readonly looks = new Gate(LOOKS_AT_ONCE);

  constructor(
    private readonly source: EventSource,
    private readonly options: DeliveryOptions,
  ) {}

  /** @throws AppError what `EventSource.look` throws */
  async send(
    subscription: QuerySubscription,
    filter: EventFilter,
    { from, to }: DeliveryRange,
    signal: AbortSignal,
  ): Promise<DeliveryResult> {
    const look = await this.looks.run(() =>
      this.source.look(
        {
          viewer: subscription.owner,
          filter,
          from,
          ...(to !== undefined && { to: to + 1 }),
          eventsMax: this.options.eventsMax,
          charactersMax: CHARACTERS_MAX,
        },
        signal,
      ),
    );
    if (look.kind === 'FORBIDDEN') return look;
    if (look.kind === 'UNREADABLE') {
      const batch = { from, to: look.next - 1, events: 1, withheld: 0 };
      return { kind: 'FAILED', batch, failure: { fault: 'UNAVAILABLE' } };
    }
    const { next, events, withheld } = look;
    if (next === from) return { kind: 'NOTHING' };
    const batch = { from, to: next - 1, events: events.length, withheld };
    if (events.length === 0) return { kind: 'DELIVERED', batch };
    return this.post(subscription, batch, events, signal);
  }

  private async post(
    subscription: QuerySubscription,
    batch: Batch,
    events: readonly FoundEvent[],
    signal: AbortSignal,
  ): Promise<DeliveryResult> {
    const target = await this.resolve(subscription.url);
    if (!target) return { kind: 'FAILED', batch, failure: { fault: 'ADDRESS_REFUSED' } };
    const { now, timeoutMs } = this.options;
    const at = now();
    const texts = events.map(({ text }) => text);
    const { queryName, id } = subscription;
    const body = utf8(formatQueryDocument(queryName, texts, at, id));
    const signature = signDelivery(fromBase64url(subscription.secret), {
      id: deliveryId(subscription, events),
      at,
      body,
    });
    const { signatureToken } = subscription;
    const own = signatureToken === undefined ? {} : signBody(signatureToken, body);
    const headers = { ...HEADERS, ...signature, ...own };
    const outcome = await callWebhook({ target, headers, body, timeoutMs, signal });
    if (outcome.kind !== 'ANSWERED') {
      return { kind: 'FAILED', batch, failure: { fault: outcome.kind } };
    }
    const { status } = outcome;
    if (status >= 200 && status < 300) return { kind: 'DELIVERED', batch };
    if (status === GONE) return { kind: 'GONE', batch, status };
    const retryAfterMs = parseRetryAfter(outcome.retryAfter, now());
    const failed = { kind: 'FAILED', batch, failure: { fault: 'REFUSED', status } } as const;
    return retryAfterMs === undefined ? failed : { ...failed, retryAfterMs };
  }

  /** Resolved for each connection anew. */
  private async resolve(url: string): Promise<Target | undefined> {
    try {
      return await this.options.guard.check(url);
    } catch (error) {
      if (isAppError(error, 'BAD_USER_INPUT')) return undefined;
      throw error;
    }
  }
}

const HEADERS = {
  'content-type': 'application/ld+json',
  'user-agent': 'provtrail',
  'gs1-epcis-version': '2.0.0',
  'gs1-cbv-version': '2.0.0',
};

/** The same whenever the same events are sent, so that a receiver can tell what it has already. */
function deliveryId({ id }: QuerySubscription, events: readonly FoundEvent[]): string {
  const whole = JSON.stringify([id, events.map(({ seq }) => seq)]);
  return `msg_${toBase64url(sha256(utf8(whole)).subarray(0, 16))}`;
}
