import { registerEnumType } from 'type-graphql';

/** Spelt as PROV-DM does: one word in code, API and papers. */
export enum RelationEnum {
  wasDerivedFrom = 'wasDerivedFrom',
  wasRevisionOf = 'wasRevisionOf',
  wasGeneratedBy = 'wasGeneratedBy',
  used = 'used',
  wasAttributedTo = 'wasAttributedTo',
  wasAssociatedWith = 'wasAssociatedWith',
  wasInvalidatedBy = 'wasInvalidatedBy',
  hadMember = 'hadMember',
  refersTo = 'refersTo',
}

registerEnumType(RelationEnum, {
  name: 'Relation',
  description:
    'How one record stands to another (W3C PROV-DM), read from the derived thing to its source.',
  valuesConfig: {
    wasDerivedFrom: { description: 'It was made from the other, in whole or in part.' },
    wasRevisionOf: { description: 'It is a later version of the other.' },
    wasGeneratedBy: { description: 'It came to be through the other.' },
    used: { description: 'It made use of the other.' },
    wasAttributedTo: { description: 'The other answers for it.' },
    wasAssociatedWith: { description: 'The other had a part in it.' },
    wasInvalidatedBy: { description: 'It ceased to hold through the other.' },
    hadMember: { description: 'The other is one of its members.' },
    refersTo: { description: 'Any other reference; lineage follows it only when asked to.' },
  },
});

export enum LineageDirectionEnum {
  UPSTREAM = 'UPSTREAM',
  DOWNSTREAM = 'DOWNSTREAM',
  BOTH = 'BOTH',
}

registerEnumType(LineageDirectionEnum, {
  name: 'LineageDirection',
  description: 'Which way lineage is followed.',
  valuesConfig: {
    UPSTREAM: { description: 'To what a record came from.' },
    DOWNSTREAM: { description: 'To what came from a record.' },
    BOTH: { description: 'Both: what a record came from, and what came from it.' },
  },
});

export const IncompleteReasonEnum = {
  MAX_DEPTH: 'MAX_DEPTH',
  MAX_NODES: 'MAX_NODES',
  DEADLINE: 'DEADLINE',
  ACCESS: 'ACCESS',
  MISSING_BLOCK: 'MISSING_BLOCK',
} as const;

registerEnumType(IncompleteReasonEnum, {
  name: 'IncompleteReason',
  description: 'Why a lineage answer is not all there is.',
  valuesConfig: {
    MAX_DEPTH: { description: 'There is more beyond the depth asked for.' },
    MAX_NODES: { description: 'There are more nodes than asked for.' },
    DEADLINE: { description: 'The time for the request was over.' },
    ACCESS: { description: 'Nodes were left out that this viewer may not see.' },
    MISSING_BLOCK: {
      description: 'The content of a record could not be opened, so its references are not known.',
    },
  },
});

export const LineageNodeKindEnum = {
  RECORD: 'RECORD',
  ITEM: 'ITEM',
  CLASS: 'CLASS',
  PARTY: 'PARTY',
} as const;

registerEnumType(LineageNodeKindEnum, {
  name: 'LineageNodeKind',
  description: 'What stands in a lineage answer.',
  valuesConfig: {
    RECORD: { description: 'A version of a record.' },
    ITEM: { description: 'One instance of something, by its serial: a pack, a case, an asset.' },
    CLASS: { description: 'A class of things or a lot of them, without serials.' },
    PARTY: { description: 'Somebody who owns or holds things.' },
  },
});

export const MatchRuleEnum = {
  SERIAL: 'SERIAL',
  NDC: 'NDC',
  PRESCRIPTION: 'PRESCRIPTION',
} as const;

registerEnumType(MatchRuleEnum, {
  name: 'MatchRule',
  description: 'What two records have in common that were joined though neither names the other.',
  valuesConfig: {
    SERIAL: { description: 'Product code and serial number.' },
    NDC: {
      description: 'The National Drug Code and the day, where only one of each can be meant.',
    },
    PRESCRIPTION: { description: 'The number of the prescription.' },
  },
});
