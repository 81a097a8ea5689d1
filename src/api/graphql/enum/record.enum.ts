import { registerEnumType } from 'type-graphql';

/** Values are what the rooms below say; names are what GraphQL allows. */
export enum RecordClassEnum {
  FHIR_RESOURCE = 'fhir.resource',
  EPCIS_EVENT = 'epcis.event',
  MASTER_DATA = 'master.data',
  DATASET = 'dataset',
}

registerEnumType(RecordClassEnum, {
  name: 'RecordClass',
  description: 'What a record is, as the ledger names it in clear.',
  valuesConfig: {
    FHIR_RESOURCE: { description: 'One HL7 FHIR R4 resource.' },
    EPCIS_EVENT: { description: 'One EPCIS 2.0 event.' },
    MASTER_DATA: { description: 'An organisation, a place or a product.' },
    DATASET: { description: 'A derivative: a cohort, an extract, a model.' },
  },
});

export const ContentStateEnum = {
  AVAILABLE: 'AVAILABLE',
  SEALED: 'SEALED',
  ERASED: 'ERASED',
  UNAVAILABLE: 'UNAVAILABLE',
} as const;

registerEnumType(ContentStateEnum, {
  name: 'ContentState',
  description:
    'Why content is there or not. Its entry, its proof and its lineage hold in every state.',
  valuesConfig: {
    AVAILABLE: {
      description: 'The content was opened, and its hash, seal and key commitment hold.',
    },
    SEALED: {
      description:
        'It cannot be opened for this viewer here: no key on this node, or no right to it.',
    },
    ERASED: { description: 'Its keys were destroyed, and that was attested on the ledger.' },
    UNAVAILABLE: {
      description: 'The sealed block is missing, or its bytes do not match what the ledger says.',
    },
  },
});

export enum RecordOrderEnum {
  SEQ_ASC = 'SEQ_ASC',
  SEQ_DESC = 'SEQ_DESC',
  TIME_ASC = 'TIME_ASC',
  TIME_DESC = 'TIME_DESC',
}

registerEnumType(RecordOrderEnum, {
  name: 'RecordOrder',
  description: 'Order of a list of records.',
  valuesConfig: {
    SEQ_ASC: { description: 'As captured, oldest first. Stable while the log grows.' },
    SEQ_DESC: { description: 'As captured, newest first.' },
    TIME_ASC: {
      description:
        'By when it happened (or was captured, if it does not say), oldest first. Lists only records whose content the viewer may read.',
    },
    TIME_DESC: {
      description:
        'By when it happened (or was captured, if it does not say), newest first. Lists only records whose content the viewer may read.',
    },
  },
});
