import { registerEnumType } from 'type-graphql';

export const FreshnessStateEnum = {
  CURRENT: 'CURRENT',
  OUTDATED: 'OUTDATED',
  UNKNOWN: 'UNKNOWN',
} as const;

registerEnumType(FreshnessStateEnum, {
  name: 'FreshnessState',
  description: 'Whether what a dataset was made of is still as it was.',
  valuesConfig: {
    CURRENT: { description: 'No source has a later version, and all of them can be read.' },
    OUTDATED: { description: 'A source has a later version, or can no longer be read.' },
    UNKNOWN: {
      description: 'No such source was found, but there are more than one answer looks at.',
    },
  },
});

export const OutdatedReasonEnum = {
  SUPERSEDED: 'SUPERSEDED',
  UNREADABLE: 'UNREADABLE',
} as const;

registerEnumType(OutdatedReasonEnum, {
  name: 'OutdatedReason',
  description: 'Why a source is not what it was.',
  valuesConfig: {
    SUPERSEDED: { description: 'It was corrected: there is a later version.' },
    UNREADABLE: {
      description: 'Its key or its block is gone: it was erased, or never was this node’s to read.',
    },
  },
});
