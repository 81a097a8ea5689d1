import { iso } from './coding.js';
import type { Organisation } from './consortium.js';
import { locationLink, partyLink } from './gs1.js';
import type { Random } from './random.js';

export const EPCIS_CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { cbvmda: 'urn:epcglobal:cbv:mda:' },
];

const HOUR_MS = 3_600_000;

/** A hand-over under one order. */
export interface Shipment {
  from: Organisation;
  to: Organisation;
  order: string;
}

export function shipping(
  random: Random,
  at: number,
  epcList: string[],
  shipment: Shipment,
): object {
  return {
    ...objectEvent(random, at, 'OBSERVE', 'shipping', 'in_transit', shipment.from),
    epcList,
    ...parties(shipment),
  };
}

export function receiving(
  random: Random,
  at: number,
  epcList: string[],
  shipment: Shipment,
): object {
  return {
    ...objectEvent(random, at, 'OBSERVE', 'receiving', 'in_progress', shipment.to),
    epcList,
    ...parties(shipment),
    sensorElementList: [
      {
        sensorMetadata: {
          time: iso(at - HOUR_MS),
          deviceID: `urn:epc:id:giai:${shipment.to.companyPrefix}.7001`,
        },
        sensorReport: [
          { type: 'Temperature', value: random.between(180, 240) / 10, uom: 'CEL' },
          { type: 'RelativeHumidity', value: random.between(30, 55), uom: 'P1' },
        ],
      },
    ],
  };
}

function parties({ from, to, order }: Shipment): object {
  return {
    bizTransactionList: [
      { type: 'po', bizTransaction: `https://${to.role}.example.org/po/${order}` },
    ],
    sourceList: [
      { type: 'owning_party', source: partyLink(from.pgln) },
      { type: 'location', source: locationLink(from.gln) },
    ],
    destinationList: [
      { type: 'owning_party', destination: partyLink(to.pgln) },
      { type: 'location', destination: locationLink(to.gln) },
    ],
  };
}

export function objectEvent(
  random: Random,
  at: number,
  action: 'ADD' | 'OBSERVE',
  bizStep: string,
  disposition: string,
  where: Organisation,
): object {
  return {
    type: 'ObjectEvent',
    ...common(random, at),
    action,
    bizStep,
    disposition,
    ...place(where),
  };
}

export function aggregation(
  random: Random,
  at: number,
  action: 'ADD' | 'DELETE',
  parentID: string,
  childEPCs: string[],
  where: Organisation,
): object {
  return {
    type: 'AggregationEvent',
    ...common(random, at),
    action,
    bizStep: action === 'ADD' ? 'packing' : 'unpacking',
    disposition: 'in_progress',
    parentID,
    childEPCs,
    ...place(where),
  };
}

function common(random: Random, at: number): object {
  return {
    eventID: `urn:uuid:${random.uuid()}`,
    eventTime: iso(at),
    eventTimeZoneOffset: '+00:00',
  };
}

function place(where: Organisation): object {
  const id = locationLink(where.gln);
  return { readPoint: { id }, bizLocation: { id } };
}
