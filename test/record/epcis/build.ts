export const CONTEXT = 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld';
export const EPC = 'https://id.gs1.org/01/09521141012345/21/2017';
export const PALLET = 'urn:epc:id:sscc:0614141.1234567890';

/** A small valid event; `members` are added or replace. */
export function buildEvent(
  type = 'ObjectEvent',
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  const time = { eventTime: '2026-07-22T06:45:00+02:00', eventTimeZoneOffset: '+02:00' };
  return { type, ...time, ...(MINIMA[type] ?? {}), ...members };
}

const MINIMA: Record<string, Record<string, unknown>> = {
  ObjectEvent: { action: 'OBSERVE', epcList: [EPC] },
  AggregationEvent: { action: 'ADD', parentID: PALLET, childEPCs: [EPC] },
  AssociationEvent: { action: 'ADD', parentID: PALLET, childEPCs: [EPC] },
  TransactionEvent: {
    action: 'ADD',
    epcList: [EPC],
    bizTransactionList: [{ bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:1152' }],
  },
  TransformationEvent: { inputEPCList: [EPC], outputEPCList: [`${EPC}8`] },
};

export function buildDocument(
  events: unknown[],
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    '@context': [CONTEXT],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-07-22T10:30:00Z',
    epcisBody: { eventList: events },
    ...members,
  };
}
