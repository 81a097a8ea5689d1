import { pgln, sgln } from './epc.js';

/** Lorries stay within one. */
export type Region = 'US' | 'EU';

export type Role =
  | 'manufacturer'
  | 'repackager'
  | 'wholesaler'
  | 'logistics'
  | 'distributor'
  | 'hospital'
  | 'pharmacy';

/** Where things stand at a site: the dock, which is the site as a whole, or a room of one climate. */
export type Room = '0' | 'COLD' | 'FREEZER' | 'SHELF';

export const ROOMS: readonly [Room, ...Room[]] = ['COLD', 'FREEZER', 'SHELF'];

/** A member of the supply chain and the one site it works at. */
export interface Organisation {
  name: string;
  role: Role;
  region: Region;
  /** Seven digits; the first six are nobody else's, so that the owner of a GTIN can be told. */
  companyPrefix: string;
  city: string;
  country: string;
  /** Degrees, WGS 84. */
  latitude: number;
  longitude: number;
  /** Offset of the local time from UTC. */
  zone: string;
}

function organisation(
  role: Role,
  companyPrefix: string,
  name: string,
  place: [city: string, country: string, latitude: number, longitude: number, zone: string],
): Organisation {
  const [city, country, latitude, longitude, zone] = place;
  const region = country === 'US' ? 'US' : 'EU';
  return { name, role, region, companyPrefix, city, country, latitude, longitude, zone };
}

/**
 * Names are made up, cities real. US makers have prefixes as an NDC labeler gives them, all others prefixes that GS1 keeps
 * for examples (952).
 */
export const ORGANISATIONS: readonly Organisation[] = [
  organisation('manufacturer', '0399910', 'Wabash Biologics', [
    'Indianapolis',
    'US',
    39.7684,
    -86.1581,
    '-05:00',
  ]),
  organisation('manufacturer', '0399920', 'Portage Pharma', [
    'Kalamazoo',
    'US',
    42.2917,
    -85.5872,
    '-05:00',
  ]),
  organisation('manufacturer', '0399930', 'Piedmont Therapeutics', [
    'Durham',
    'US',
    35.994,
    -78.8986,
    '-05:00',
  ]),
  organisation('repackager', '0399940', 'Falls City Repack', [
    'Louisville',
    'US',
    38.2527,
    -85.7585,
    '-05:00',
  ]),
  organisation('wholesaler', '9521110', 'Trinity Wholesale', [
    'Dallas',
    'US',
    32.7767,
    -96.797,
    '-06:00',
  ]),
  organisation('wholesaler', '9521120', 'Schuylkill Drug', [
    'Philadelphia',
    'US',
    39.9526,
    -75.1652,
    '-05:00',
  ]),
  organisation('logistics', '9521130', 'Bluff City Logistics', [
    'Memphis',
    'US',
    35.1495,
    -90.049,
    '-06:00',
  ]),
  organisation('distributor', '9521140', 'Front Range Distribution', [
    'Denver',
    'US',
    39.7392,
    -104.9903,
    '-07:00',
  ]),
  organisation('hospital', '9521150', 'Charles River Hospital', [
    'Boston',
    'US',
    42.3601,
    -71.0589,
    '-05:00',
  ]),
  organisation('hospital', '9521160', 'Bayou Medical Center', [
    'Houston',
    'US',
    29.7604,
    -95.3698,
    '-06:00',
  ]),
  organisation('pharmacy', '9521170', 'Lakeshore Pharmacy', [
    'Chicago',
    'US',
    41.8781,
    -87.6298,
    '-06:00',
  ]),
  organisation('pharmacy', '9521180', 'Sound Pharmacy', [
    'Seattle',
    'US',
    47.6062,
    -122.3321,
    '-08:00',
  ]),
  organisation('manufacturer', '9521310', 'Rheinknie Pharma', [
    'Basel',
    'CH',
    47.5596,
    7.5886,
    '+01:00',
  ]),
  organisation('manufacturer', '9521320', 'Oresund Biotech', [
    'Copenhagen',
    'DK',
    55.6761,
    12.5683,
    '+01:00',
  ]),
  organisation('repackager', '9521330', 'Domtoren Repack', [
    'Utrecht',
    'NL',
    52.0907,
    5.1214,
    '+01:00',
  ]),
  organisation('wholesaler', '9521340', 'Mainhafen Grosshandel', [
    'Frankfurt',
    'DE',
    50.1109,
    8.6821,
    '+01:00',
  ]),
  organisation('logistics', '9521350', 'Presqu-ile Logistique', [
    'Lyon',
    'FR',
    45.764,
    4.8357,
    '+01:00',
  ]),
  organisation('hospital', '9521360', 'Donaukanal Klinik', [
    'Vienna',
    'AT',
    48.2082,
    16.3738,
    '+01:00',
  ]),
  organisation('pharmacy', '9521370', 'Farmacia Naviglio', [
    'Milan',
    'IT',
    45.4642,
    9.19,
    '+01:00',
  ]),
  organisation('pharmacy', '9521380', 'Spree Apotheke', ['Berlin', 'DE', 52.52, 13.405, '+01:00']),
];

/** Organisations of a region that do one of these things; there is one at least. */
export function organisationsOf(
  region: Region,
  ...roles: Role[]
): readonly [Organisation, ...Organisation[]] {
  const [first, ...others] = ORGANISATIONS.filter(
    (each) => each.region === region && roles.includes(each.role),
  );
  return [first!, ...others];
}

/** Its site, or a room of it. */
export function placeOf({ companyPrefix }: Organisation, room: Room = '0'): string {
  return sgln(companyPrefix, 1, room);
}

export function partyOf({ companyPrefix }: Organisation): string {
  return pgln(companyPrefix);
}
