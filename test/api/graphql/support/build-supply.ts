/** A small EPCIS document's worth of events: units made, packed, shipped, received, dispensed. */
export interface SupplyEvent {
  type?: string;
  action?: string;
  minute: number;
  [member: string]: unknown;
}

/** One event as JSON text; the eventID comes from `minute` unless it is given. */
export function buildSupply({ minute, type = 'ObjectEvent', ...rest }: SupplyEvent): string {
  const time = new Date(Date.UTC(2026, 0, 2) + minute * 60_000).toISOString();
  return JSON.stringify({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type,
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(minute).padStart(12, '0')}`,
    eventTime: time,
    eventTimeZoneOffset: '+00:00',
    ...rest,
  });
}

export const sgtin = (serial: number | string) => `urn:epc:id:sgtin:0614141.107346.${serial}`;
export const CASE = 'urn:epc:id:sscc:0614141.1234567890';
const PLANT = 'urn:epc:id:sgln:0614141.00729.0';
const PHARMACY = 'urn:epc:id:sgln:0614141.11111.0';

/** Units 1 to 4 of lot A; 1 and 2 are under way in a case, 3 is dispensed. */
export const SUPPLY_CHAIN: string[] = [
  buildSupply({
    minute: 1,
    action: 'ADD',
    epcList: [1, 2, 3, 4].map(sgtin),
    bizStep: 'commissioning',
    bizLocation: { id: PLANT },
    ilmd: { 'cbvmda:lotNumber': 'A', 'cbvmda:itemExpirationDate': '2099-05-31' },
  }),
  buildSupply({
    type: 'AggregationEvent',
    minute: 2,
    action: 'ADD',
    parentID: CASE,
    childEPCs: [1, 2].map(sgtin),
    bizStep: 'packing',
  }),
  buildSupply({
    minute: 3,
    action: 'OBSERVE',
    epcList: [CASE],
    bizStep: 'shipping',
    disposition: 'in_transit',
    readPoint: { id: PLANT },
    persistentDisposition: { set: ['recalled'] },
  }),
  buildSupply({
    minute: 4,
    action: 'OBSERVE',
    epcList: [sgtin(3)],
    bizStep: 'dispensing',
    disposition: 'dispensed',
    bizLocation: { id: PHARMACY },
  }),
];
