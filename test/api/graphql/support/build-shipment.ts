const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** The parties of the GS1 US pharma example, and a pharmacy of our own that buys from its wholesaler. */
export const PHARMA = {
  maker: 'urn:epc:id:sgln:030001.111111.0',
  makerDc: 'urn:epc:id:sgln:030001.111121.0',
  wholesaler: 'urn:epc:id:sgln:039999.999999.0',
  wholesalerDc: 'urn:epc:id:sgln:039999.345678.0',
  pharmacy: 'urn:epc:id:sgln:0614141.00777.0',
  unit: 'urn:epc:id:sgtin:030001.0012345.11',
  case: 'urn:epc:id:sgtin:030001.1012345.110',
  pallet: 'urn:epc:id:sscc:030001.41234567890',
} as const;

/** The file the example is in. */
export const PHARMA_FILE =
  '../shared/data/epcis/openepcis/1.2/EPCIS/XML/Capture/Documents/GS1_US_Pharma_Example_2_2_1_1.xml';

function epcisDocument(eventList: object[]): string {
  return JSON.stringify({
    '@context': [CONTEXT],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2023-04-07T00:00:00Z',
    epcisBody: { eventList },
  });
}

function epcisEvent(type: string, eventTime: string, members: Record<string, unknown>): object {
  return { type, eventTime, eventTimeZoneOffset: '+00:00', ...members };
}

/** What the example tells, in short, of one unit. */
export function buildFirstJourney(): string {
  const { maker, makerDc, wholesaler, unit, pallet } = PHARMA;
  const at = (id: string) => ({ readPoint: { id }, bizLocation: { id } });
  return epcisDocument([
    epcisEvent('ObjectEvent', '2023-03-27T06:45:16Z', {
      action: 'ADD',
      epcList: [unit],
      bizStep: 'commissioning',
      disposition: 'active',
      ...at(maker),
      ilmd: { 'cbvmda:lotNumber': 'A123', 'cbvmda:itemExpirationDate': '2025-03-27' },
    }),
    epcisEvent('AggregationEvent', '2023-03-27T06:50:16Z', {
      action: 'ADD',
      parentID: PHARMA.case,
      childEPCs: [unit],
      bizStep: 'packing',
      ...at(maker),
    }),
    epcisEvent('AggregationEvent', '2023-04-01T06:48:16Z', {
      action: 'ADD',
      parentID: pallet,
      childEPCs: [PHARMA.case],
      bizStep: 'packing',
      ...at(makerDc),
    }),
    epcisEvent('ObjectEvent', '2023-04-01T07:48:16Z', {
      action: 'OBSERVE',
      epcList: [pallet],
      bizStep: 'shipping',
      disposition: 'in_transit',
      readPoint: { id: makerDc },
      sourceList: [{ type: 'owning_party', source: maker }],
      destinationList: [{ type: 'owning_party', destination: wholesaler }],
      sensorElementList: [{ sensorReport: [{ type: 'gs1:Temperature', value: 5, uom: 'CEL' }] }],
    }),
  ]);
}

/** What comes after the example: the wholesaler breaks the pallet up and sells one case to the pharmacy. */
export function buildOnwardJourney(): string {
  const { wholesaler, wholesalerDc, pharmacy, pallet, unit } = PHARMA;
  const at = (id: string) => ({ readPoint: { id }, bizLocation: { id } });
  const eventList = [
    epcisEvent('ObjectEvent', '2023-04-03T09:00:00Z', {
      action: 'OBSERVE',
      epcList: [pallet],
      bizStep: 'receiving',
      disposition: 'in_progress',
      ...at(wholesalerDc),
    }),
    epcisEvent('AggregationEvent', '2023-04-03T10:00:00Z', {
      action: 'DELETE',
      parentID: pallet,
      childEPCs: [PHARMA.case],
      bizStep: 'unpacking',
      disposition: 'in_progress',
      ...at(wholesalerDc),
    }),
    epcisEvent('ObjectEvent', '2023-04-04T08:00:00Z', {
      action: 'OBSERVE',
      epcList: [PHARMA.case],
      bizStep: 'shipping',
      disposition: 'in_transit',
      readPoint: { id: wholesalerDc },
      sourceList: [
        { type: 'owning_party', source: wholesaler },
        { type: 'possessing_party', source: wholesaler },
      ],
      destinationList: [
        { type: 'owning_party', destination: pharmacy },
        { type: 'possessing_party', destination: pharmacy },
      ],
    }),
    epcisEvent('ObjectEvent', '2023-04-05T08:00:00Z', {
      action: 'OBSERVE',
      epcList: [pallet],
      bizStep: 'storing',
      ...at(wholesalerDc),
    }),
    epcisEvent('ObjectEvent', '2023-04-05T09:00:00Z', {
      action: 'OBSERVE',
      epcList: [PHARMA.case],
      bizStep: 'receiving',
      disposition: 'in_progress',
      ...at(pharmacy),
      persistentDisposition: { set: ['completeness_verified'] },
    }),
    epcisEvent('AggregationEvent', '2023-04-05T10:00:00Z', {
      action: 'DELETE',
      parentID: PHARMA.case,
      childEPCs: [unit],
      bizStep: 'unpacking',
      ...at(pharmacy),
    }),
    epcisEvent('ObjectEvent', '2023-04-06T12:00:00Z', {
      action: 'OBSERVE',
      epcList: [unit],
      bizStep: 'dispensing',
      disposition: 'dispensed',
      ...at(pharmacy),
    }),
  ];
  return epcisDocument(eventList);
}
