import { registerEnumType } from 'type-graphql';
import type { ConflictKind } from '../../../graph/containment/conflict.js';
import type { ItemRole } from '../../../graph/event/mention-role.js';
import type { CustodyGapKind } from '../../../graph/trace/custody.js';
import type { ItemStatus } from '../../../graph/trace/item-state.js';
import type { HistorySource } from '../../../graph/trace/trace-event.js';

/** One line for each value, for the schema: the compiler misses none. */
type Described<Name extends string> = Record<Name, string>;

const STATUSES: Described<ItemStatus> = {
  AT_SITE: 'At a known place.',
  IN_TRANSIT: 'Sent, and not yet seen to arrive.',
  DISPENSED: 'Given to a patient or sold to a consumer.',
  DESTROYED: 'Destroyed.',
  DECOMMISSIONED: 'Its identifier is in use no more.',
  CONSUMED: 'Went into a transformation.',
  UNKNOWN: 'No event says where it is.',
};

const SOURCES: Described<HistorySource['kind']> = {
  SELF: 'The event names the item.',
  CONTAINER: 'The event names a container the item was in, directly or through others.',
  LOCATION_SENSOR: 'A sensor at the place where the item was.',
  ASSOCIATION: 'A sensor of something associated with the item or one of its containers.',
};

const ROLES: Described<ItemRole> = {
  EPC: 'As one of its EPCs.',
  CHILD: 'As a child.',
  PARENT: 'As the parent.',
  INPUT: 'As an input of a transformation.',
  OUTPUT: 'As an output of a transformation.',
};

const GAPS: Described<CustodyGapKind> = {
  NOT_RECEIVED: 'Sent, and seen elsewhere without having been received, or not seen for 14 days.',
  NOT_SHIPPED: 'Received at another site than the one where it was, without having been sent.',
};

const CONFLICTS: Described<ConflictKind> = {
  REPARENTED_WITHOUT_DELETE: 'Put into a container while it was in another.',
  CYCLE: 'Put into something that is in it.',
  DELETE_WITHOUT_ADD: 'Taken out of a container it was not in.',
  MISMATCH_INSTANCE: 'Seen in a container it was not in.',
  TOO_DEEP: 'Put into a container that is in too many others.',
};

export const ItemStatusEnum = valuesOf(STATUSES);
export const HistorySourceKindEnum = valuesOf(SOURCES);
export const ItemRoleEnum = valuesOf(ROLES);
export const CustodyGapKindEnum = valuesOf(GAPS);
export const ConflictKindEnum = valuesOf(CONFLICTS);

register(ItemStatusEnum, STATUSES, 'ItemStatus', 'Where a thing stands in its life.');
register(
  HistorySourceKindEnum,
  SOURCES,
  'HistorySourceKind',
  'How an event comes into the history of an item.',
);
register(ItemRoleEnum, ROLES, 'ItemRole', 'As what an event names a thing.');
register(CustodyGapKindEnum, GAPS, 'CustodyGapKind', 'What is missing in a chain of custody.');
register(
  ConflictKindEnum,
  CONFLICTS,
  'ContainmentConflictKind',
  'How an event does not fit where things are known to be.',
);

function valuesOf<Name extends string>(described: Described<Name>): { [N in Name]: N } {
  return Object.fromEntries(Object.keys(described).map((name) => [name, name])) as {
    [N in Name]: N;
  };
}

function register(values: object, described: Described<string>, name: string, description: string) {
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries(described).map(([value, text]) => [value, { description: text }]),
    ),
  });
}
