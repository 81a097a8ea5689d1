import { registerEnumType } from 'type-graphql';
import type { RecallBucket } from '../../../graph/trace/recall.js';

export const RecallBucketEnum = {
  AT_SITE: 'AT_SITE',
  IN_TRANSIT: 'IN_TRANSIT',
  DISPENSED: 'DISPENSED',
  DESTROYED: 'DESTROYED',
  DECOMMISSIONED: 'DECOMMISSIONED',
  UNACCOUNTED: 'UNACCOUNTED',
} as const satisfies { [B in RecallBucket]: B };

registerEnumType(RecallBucketEnum, {
  name: 'RecallBucket',
  description: 'Where a unit of a recall is; each is in exactly one.',
  valuesConfig: {
    AT_SITE: { description: 'At a known site.' },
    IN_TRANSIT: { description: 'Sent, and not yet seen to arrive.' },
    DISPENSED: { description: 'Given to a patient or sold to a consumer.' },
    DESTROYED: { description: 'Destroyed.' },
    DECOMMISSIONED: {
      description: 'Its identifier is in use no more, or it went into a transformation.',
    },
    UNACCOUNTED: { description: 'No event says where it is.' },
  },
});
