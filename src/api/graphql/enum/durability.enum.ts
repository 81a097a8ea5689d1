import { registerEnumType } from 'type-graphql';

export enum DurabilityEnum {
  SEQUENCED = 'SEQUENCED',
  PUBLISHED = 'PUBLISHED',
  INDEXED = 'INDEXED',
}

registerEnumType(DurabilityEnum, {
  name: 'Durability',
  description: 'How far a record has come. Each state includes the ones before it.',
  valuesConfig: {
    SEQUENCED: { description: 'Durable, its position in the log fixed.' },
    PUBLISHED: { description: 'Covered by a signed checkpoint.' },
    INDEXED: { description: 'Found by queries.' },
  },
});

export enum CaptureModeEnum {
  ROLLBACK = 'rollback',
  PROCEED = 'proceed',
}

registerEnumType(CaptureModeEnum, {
  name: 'CaptureMode',
  description: 'What becomes of the good records of a call that has bad ones too.',
  valuesConfig: {
    ROLLBACK: { description: 'All records are captured, or none is.' },
    PROCEED: { description: 'The good records are captured, and each bad one is reported.' },
  },
});
