import type { EventFacts } from '../../record/epcis/fact/event-fact.js';
import type { Terms } from './event-mention.js';
import { QUANTITY_ROLES } from './event-mention.js';
import { encodeRole, type ItemRole } from './mention-role.js';

/** The instances an event names: lists of a role's code and then the items. */
export type NamedItems = [role: number, ...items: number[]][];

export function listItems(facts: EventFacts, terms: Terms): NamedItems {
  const { epcs, children, parent, inputs, outputs } = facts;
  const lists: [ItemRole, readonly string[] | undefined][] = [
    ['EPC', epcs],
    ['CHILD', children],
    ['PARENT', parent === undefined ? undefined : [parent]],
    ['INPUT', inputs],
    ['OUTPUT', outputs],
  ];
  return lists.flatMap(([role, texts]): NamedItems => {
    if (!texts?.length) return [];
    return [[encodeRole(role), ...new Set(texts.map((text) => terms.idOf(text)))]];
  });
}

/** The classes and lots an event names; the lists as above. */
export function listClasses({ quantities = [] }: EventFacts, terms: Terms): NamedItems {
  const lists = new Map<number, Set<number>>();
  for (const { list, epcClass } of quantities) {
    const role = encodeRole(QUANTITY_ROLES[list]);
    const ids = lists.get(role) ?? new Set();
    lists.set(role, ids.add(terms.idOf(epcClass)));
  }
  return [...lists].map(([role, ids]) => [role, ...ids]);
}

export function parseItems(text: string): NamedItems {
  return JSON.parse(text) as NamedItems;
}
