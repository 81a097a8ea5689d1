import { iso } from '../coding.js';
import { EPCIS_CONTEXT } from '../supply-event.js';
import {
  ORGANISATIONS,
  partyOf,
  placeOf,
  ROOMS,
  type Organisation,
  type Room,
} from './organisation.js';
import { listProducts, ndcOf, patternOf, type Product } from './product.js';

/** Places, parties and products as an EPCIS 2.0 document that has only master data. @param at when it was made, ms */
export function describeMasterData(at: number): object {
  return {
    '@context': EPCIS_CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: iso(at),
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          vocabulary('Location', ORGANISATIONS.flatMap(describePlaces)),
          vocabulary('SourceDest', ORGANISATIONS.map(describeParty)),
          vocabulary('EPCClass', listProducts().map(describeProduct)),
        ],
      },
    },
    epcisBody: { eventList: [] },
  };
}

function vocabulary(type: string, vocabularyElementList: object[]): object {
  return { type: `urn:epcglobal:epcis:vtype:${type}`, vocabularyElementList };
}

function describePlaces(organisation: Organisation): object[] {
  const rooms = ROOMS.map((room) => describePlace(organisation, room));
  const children = ROOMS.map((room) => placeOf(organisation, room));
  return [{ ...describePlace(organisation, '0'), children }, ...rooms];
}

function describePlace(organisation: Organisation, room: Room): object {
  const { name, city, country, latitude, longitude } = organisation;
  return {
    id: placeOf(organisation, room),
    attributes: attributes({
      'cbvmda:name': room === '0' ? name : `${name}, ${room.toLowerCase()}`,
      'cbvmda:city': city,
      'cbvmda:countryCode': country,
      'cbvmda:latitude': String(latitude),
      'cbvmda:longitude': String(longitude),
    }),
  };
}

function describeParty(organisation: Organisation): object {
  const { name, city, country } = organisation;
  return {
    id: partyOf(organisation),
    attributes: attributes({
      'cbvmda:name': name,
      'cbvmda:city': city,
      'cbvmda:countryCode': country,
    }),
  };
}

function describeProduct(product: Product): object {
  const { name, form, maker, storage } = product;
  const ndc = ndcOf(product);
  return {
    id: patternOf(product),
    attributes: attributes({
      'cbvmda:regulatedProductName': name,
      'cbvmda:dosageFormType': form,
      'cbvmda:manufacturerOfTradeItemPartyName': maker.name,
      ...(ndc !== undefined && {
        'cbvmda:additionalTradeItemIdentification': ndc,
        'cbvmda:additionalTradeItemIdentificationTypeCode': 'US_FDA_NDC',
      }),
      ...(storage.isColdChain && {
        'https://provtrail.org/ns/storageTemperatureMinimum': String(storage.min),
        'https://provtrail.org/ns/storageTemperatureMaximum': String(storage.max),
      }),
    }),
  };
}

function attributes(values: Record<string, string>): object[] {
  return Object.entries(values).map(([id, attribute]) => ({ id, attribute }));
}
