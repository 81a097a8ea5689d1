import { registerEnumType } from 'type-graphql';
import type { DeliveryFault, SubscriptionState } from '../../../watch/query-subscription.js';

export const SubscriptionStateEnum = {
  ACTIVE: 'ACTIVE',
  FAILING: 'FAILING',
  PAUSED: 'PAUSED',
  ENDED: 'ENDED',
} as const satisfies Record<SubscriptionState, SubscriptionState>;

registerEnumType(SubscriptionStateEnum, {
  name: 'SubscriptionState',
  description: 'Whether a subscription delivers.',
  valuesConfig: {
    ACTIVE: { description: 'It delivers, or tries again what failed.' },
    FAILING: {
      description:
        'It gave up on a delivery after a day of attempts, and waits to be resumed. Nothing is lost.',
    },
    PAUSED: {
      description: 'Its owner may not read events any more; it waits to be resumed by one who may.',
    },
    ENDED: { description: 'The receiver said it is gone (410).' },
  },
});

export const DeliveryFaultEnum = {
  ADDRESS_REFUSED: 'ADDRESS_REFUSED',
  CONNECTION_FAILED: 'CONNECTION_FAILED',
  TIMEOUT: 'TIMEOUT',
  REFUSED: 'REFUSED',
  FORBIDDEN: 'FORBIDDEN',
  UNAVAILABLE: 'UNAVAILABLE',
} as const satisfies Record<DeliveryFault, DeliveryFault>;

registerEnumType(DeliveryFaultEnum, {
  name: 'DeliveryFault',
  description: 'Why a delivery failed.',
  valuesConfig: {
    ADDRESS_REFUSED: { description: 'The host has no address, or one that may not be called.' },
    CONNECTION_FAILED: { description: 'No connection, no good certificate, or it broke off.' },
    TIMEOUT: { description: 'No answer in time.' },
    REFUSED: { description: 'An answer other than 2xx; `status` says which.' },
    FORBIDDEN: { description: 'The owner of the subscription may not read events.' },
    UNAVAILABLE: { description: 'This node could not open what was to be delivered.' },
  },
});
