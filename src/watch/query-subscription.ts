import type { Viewer } from '../access/viewer.js';

/**
 * ACTIVE: delivers, or tries again. FAILING: gave up on a delivery, which lies among the dead letters, and waits to be told
 * to go on. PAUSED: its owner may not read events, or not now. ENDED: the receiver said it is gone.
 */
export type SubscriptionState = 'ACTIVE' | 'FAILING' | 'PAUSED' | 'ENDED';

/** Why the last attempt failed. */
export type DeliveryFault =
  /** The host does not resolve, or to what may not be called. */
  | 'ADDRESS_REFUSED'
  | 'CONNECTION_FAILED'
  | 'TIMEOUT'
  /** An answer other than 2xx. */
  | 'REFUSED'
  /** The owner may not read events. */
  | 'FORBIDDEN'
  /** This node could not read what was to be delivered. */
  | 'UNAVAILABLE';

/** A saved query whose new events are sent to a webhook. Times in ms. */
export interface QuerySubscription {
  v: 1;
  id: string;
  queryName: string;
  url: string;
  /** 32 bytes, base64url: signs the deliveries. */
  secret: string;
  /** Of the receiver's choice: signs the deliveries as EPCIS 2.0 says. */
  signatureToken?: string;
  owner: Viewer;
  createdAt: number;
  /** The next ledger position to look at: everything before it was delivered, or does not match. */
  position: number;
  /** Where the delivery that failed ends: it is tried again as it was. */
  retryTo?: number;
  state: SubscriptionState;
  /** Failures in a row. */
  failures: number;
  nextAttemptAt?: number;
  fault?: DeliveryFault;
  /** The receiver's HTTP status when the fault is REFUSED. */
  status?: number;
  deliveredAt?: number;
  /** Events the receiver took. */
  delivered: number;
  /** Events left out: erased, or not for the owner to read. */
  withheld: number;
}

/** A delivery that was given up. The events lie in the log; it says which they are. */
export interface DeadLetter {
  v: 1;
  id: string;
  subscriptionId: string;
  /** First and last ledger position. */
  from: number;
  to: number;
  events: number;
  at: number;
  fault: DeliveryFault;
  status?: number;
}

/** One delivery: events from `from` to `to`, of which `events` are sent. */
export interface Batch {
  from: number;
  to: number;
  events: number;
  withheld: number;
}

export interface Failure {
  fault: DeliveryFault;
  status?: number;
}

/** The receiver has it: only now the position moves. */
export function afterDelivery(
  subscription: QuerySubscription,
  { to, events, withheld }: Batch,
  at: number,
): QuerySubscription {
  return {
    ...settled(subscription),
    position: to + 1,
    delivered: subscription.delivered + events,
    withheld: subscription.withheld + withheld,
    ...(events > 0 && { deliveredAt: at }),
  };
}

/** To be tried again, as it was. */
export function afterFailure(
  subscription: QuerySubscription,
  { to }: Pick<Batch, 'to'>,
  { fault, status }: Failure,
  nextAttemptAt: number,
): QuerySubscription {
  const { failures } = subscription;
  const next = { ...settled(subscription), failures: failures + 1, nextAttemptAt, retryTo: to };
  return { ...next, fault, ...(status !== undefined && { status }) };
}

/** Stops with the batch behind it, which has become a dead letter, or before it when there is no room for one. */
export function afterGivingUp(
  subscription: QuerySubscription,
  { to }: Pick<Batch, 'to'>,
  { fault, status }: Failure,
  isLetter: boolean,
): QuerySubscription {
  return {
    ...settled(subscription),
    state: 'FAILING',
    position: isLetter ? to + 1 : subscription.position,
    fault,
    ...(status !== undefined && { status }),
  };
}

export function pause(subscription: QuerySubscription): QuerySubscription {
  return { ...settled(subscription), state: 'PAUSED', fault: 'FORBIDDEN' };
}

export function end(subscription: QuerySubscription, status: number): QuerySubscription {
  return { ...settled(subscription), state: 'ENDED', fault: 'REFUSED', status };
}

/** Goes on at once, with what its owner may do now. */
export function resume(subscription: QuerySubscription, owner: Viewer): QuerySubscription {
  return { ...settled(subscription), state: 'ACTIVE', owner };
}

/** Without what belongs to a failure. */
function settled(subscription: QuerySubscription): QuerySubscription {
  const { nextAttemptAt: _, retryTo: __, fault: ___, status: ____, ...rest } = subscription;
  return { ...rest, failures: 0 };
}

export function letterId({ id }: Pick<QuerySubscription, 'id'>, from: number): string {
  return `${id}.${from}`;
}
