import { registerEnumType } from 'type-graphql';

export enum RelationEnum {
  WAS_DERIVED_FROM = 'wasDerivedFrom',
  WAS_REVISION_OF = 'wasRevisionOf',
  WAS_GENERATED_BY = 'wasGeneratedBy',
  USED = 'used',
  WAS_ATTRIBUTED_TO = 'wasAttributedTo',
  WAS_ASSOCIATED_WITH = 'wasAssociatedWith',
  WAS_INVALIDATED_BY = 'wasInvalidatedBy',
  HAD_MEMBER = 'hadMember',
  REFERS_TO = 'refersTo',
}

registerEnumType(RelationEnum, {
  name: 'Relation',
  description:
    'How one record stands to another (W3C PROV-DM), read from the derived thing to its source.',
  valuesConfig: {
    WAS_DERIVED_FROM: { description: 'It was made from the other, in whole or in part.' },
    WAS_REVISION_OF: { description: 'It is a later version of the other.' },
    WAS_GENERATED_BY: { description: 'It came to be through the other.' },
    USED: { description: 'It made use of the other.' },
    WAS_ATTRIBUTED_TO: { description: 'The other answers for it.' },
    WAS_ASSOCIATED_WITH: { description: 'The other had a part in it.' },
    WAS_INVALIDATED_BY: { description: 'It ceased to hold through the other.' },
    HAD_MEMBER: { description: 'The other is one of its members.' },
    REFERS_TO: { description: 'Any other reference; lineage follows it only when asked to.' },
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
    BOTH: { description: 'Both ways at every step: everything connected.' },
  },
});

export enum IncompleteReasonEnum {
  MAX_DEPTH = 'MAX_DEPTH',
  MAX_NODES = 'MAX_NODES',
  DEADLINE = 'DEADLINE',
  ACCESS = 'ACCESS',
  MISSING_BLOCK = 'MISSING_BLOCK',
}

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
