import type { DeliveryResult } from './delivery.js';
import {
  afterDelivery,
  afterFailure,
  afterGivingUp,
  end,
  letterId,
  pause,
  type DeadLetter,
  type QuerySubscription,
} from './query-subscription.js';
import { ATTEMPTS_MAX, retryDelayMs } from './retry.js';

/** What becomes of a subscription. */
export interface Change {
  next: QuerySubscription;
  newLetter?: DeadLetter;
  oldLetter?: DeadLetter;
}

export interface Circumstance {
  /** ms */
  at: number;
  /** From 0 to 1. */
  random: number;
  /** For another dead letter. */
  isRoom: boolean;
}

/** What a delivery makes of its subscription; nothing, when that has stopped meanwhile. */
export function settleDelivery(
  now: QuerySubscription,
  result: Exclude<DeliveryResult, { kind: 'NOTHING' }>,
  circumstance: Circumstance,
): Change | undefined {
  if (now.state !== 'ACTIVE') return undefined;
  switch (result.kind) {
    case 'DELIVERED':
      return { next: afterDelivery(now, result.batch, circumstance.at) };
    case 'FORBIDDEN':
      return { next: pause(now) };
    case 'GONE':
      return { next: end(now, result.status) };
    case 'FAILED':
      return settleFailure(now, result, circumstance);
  }
}

function settleFailure(
  now: QuerySubscription,
  { batch, failure, retryAfterMs }: Extract<DeliveryResult, { kind: 'FAILED' }>,
  { at, random, isRoom }: Circumstance,
): Change {
  const failures = now.failures + 1;
  if (failures < ATTEMPTS_MAX) {
    const delay = retryDelayMs(failures, random, retryAfterMs);
    return { next: afterFailure(now, batch, failure, at + delay) };
  }
  const next = afterGivingUp(now, batch, failure, isRoom);
  if (!isRoom) return { next };
  const { from, to, events } = batch;
  const place = { id: letterId(now, from), subscriptionId: now.id, from, to };
  return { next, newLetter: { v: 1, ...place, events, at, ...failure } };
}
