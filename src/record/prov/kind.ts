/**
 * What an attribute of PROV's own holds: a name or a time, written as a plain string; the names of a collection; the pairs or
 * keys of a dictionary.
 */
export type ProvRole = 'name' | 'time' | 'names' | 'pairs' | 'keys';

type Roles = Readonly<Record<string, ProvRole>>;

/** PROV-JSON section 3, PROV-Links (mentionOf), PROV-Dictionary: what stands in each kind of record, by local name. */
const KINDS = {
  entity: {},
  activity: { startTime: 'time', endTime: 'time' },
  agent: {},
  wasGeneratedBy: { entity: 'name', activity: 'name', time: 'time' },
  used: { activity: 'name', entity: 'name', time: 'time' },
  wasInformedBy: { informed: 'name', informant: 'name' },
  wasStartedBy: { activity: 'name', trigger: 'name', starter: 'name', time: 'time' },
  wasEndedBy: { activity: 'name', trigger: 'name', ender: 'name', time: 'time' },
  wasInvalidatedBy: { entity: 'name', activity: 'name', time: 'time' },
  wasDerivedFrom: {
    generatedEntity: 'name',
    usedEntity: 'name',
    activity: 'name',
    generation: 'name',
    usage: 'name',
  },
  wasAttributedTo: { entity: 'name', agent: 'name' },
  wasAssociatedWith: { activity: 'name', agent: 'name', plan: 'name' },
  actedOnBehalfOf: { delegate: 'name', responsible: 'name', activity: 'name' },
  wasInfluencedBy: { influencee: 'name', influencer: 'name' },
  specializationOf: { specificEntity: 'name', generalEntity: 'name' },
  alternateOf: { alternate1: 'name', alternate2: 'name' },
  hadMember: { collection: 'name', entity: 'names' },
  mentionOf: { specificEntity: 'name', generalEntity: 'name', bundle: 'name' },
  hadDictionaryMember: { dictionary: 'name', 'key-entity-set': 'pairs' },
  derivedByInsertionFrom: { after: 'name', before: 'name', 'key-entity-set': 'pairs' },
  derivedByRemovalFrom: { after: 'name', before: 'name', 'key-set': 'keys' },
} as const satisfies Record<string, Roles>;

export type ProvKind = keyof typeof KINDS;

/** In the order in which a document is written. */
export const PROV_KINDS = Object.keys(KINDS) as ProvKind[];

export function isProvKind(name: string): name is ProvKind {
  return Object.hasOwn(KINDS, name);
}

/** Local names and roles of the kind's own attributes, in the order in which they are written. */
export function rolesOf(kind: ProvKind): Roles {
  return KINDS[kind];
}

/** @param local a name of the PROV namespace, without it */
export function roleOf(kind: ProvKind, local: string): ProvRole | undefined {
  const roles = rolesOf(kind);
  return Object.hasOwn(roles, local) ? roles[local] : undefined;
}
