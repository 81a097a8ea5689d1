import { gln, npi } from './gs1.js';
import { Random } from './random.js';
import { MANUFACTURER_PREFIX } from './treatment.js';
import type { Wording } from './wording.js';

/** An organisation of the sample and the one place it works at. */
export interface Organisation {
  id: string;
  locationId: string;
  name: string;
  place: string;
  role: Role;
  npi: string;
  /** Seven digits. */
  companyPrefix: string;
  /** Global location number of the place. */
  gln: string;
  /** The same kind of number for the organisation as a party. */
  pgln: string;
}

type Role = 'manufacturer' | 'wholesaler' | 'hospital' | 'pharmacy' | 'payer';

export interface Practitioner {
  id: string;
  npi: string;
  family: string;
  given: string;
}

/** The members of the sample: everything patients and lots refer to. */
export interface Consortium extends Record<Role, Organisation> {
  practitioners: [Practitioner, ...Practitioner[]];
}

export const NPI_SYSTEM = 'http://hl7.org/fhir/sid/us-npi';
export const GLN_SYSTEM = 'https://www.gs1.org/gln';

const FAMILIES = [
  'Adeyemi',
  'Bauer',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
] as const;
const GIVENS = ['Amina', 'Boris', 'Clara', 'Daniel', 'Elif', 'Farid', 'Greta', 'Hugo'] as const;

export function buildConsortium(random: Random, practitionerCount: number): Consortium {
  const organisation = (role: Role, name: string, place: string, prefix: string): Organisation => ({
    id: random.uuid(),
    locationId: random.uuid(),
    name,
    place,
    role,
    npi: npi(`1${random.digits(8)}`),
    companyPrefix: prefix,
    gln: gln(prefix, 1),
    pgln: gln(prefix, 0),
  });
  const practitioner = (): Practitioner => ({
    id: random.uuid(),
    npi: npi(`1${random.digits(8)}`),
    family: random.pick(FAMILIES),
    given: random.pick(GIVENS),
  });
  return {
    manufacturer: organisation('manufacturer', 'Sample Pharma', 'Plant', MANUFACTURER_PREFIX),
    wholesaler: organisation('wholesaler', 'Sample Wholesale', 'Depot', '0399991'),
    hospital: organisation('hospital', 'Sample General Hospital', 'Outpatient clinic', '0399992'),
    pharmacy: organisation('pharmacy', 'Sample Pharmacy', 'Main street shop', '0399993'),
    payer: organisation('payer', 'Sample Health Plan', 'Claims office', '0399994'),
    practitioners: [practitioner(), ...Array.from({ length: practitionerCount - 1 }, practitioner)],
  };
}

/** FHIR resources of the members, in an order in which each refers only to earlier ones. */
export function describeConsortium(consortium: Consortium, wording: Wording): object[] {
  const { manufacturer, wholesaler, hospital, pharmacy, payer } = consortium;
  const organisations = [manufacturer, wholesaler, hospital, pharmacy, payer];
  return [
    ...organisations.map(describeOrganisation),
    ...organisations.map((organisation) => describeLocation(organisation, wording)),
    ...consortium.practitioners.map(describePractitioner),
  ];
}

function describeOrganisation(organisation: Organisation): object {
  return {
    resourceType: 'Organization',
    id: organisation.id,
    identifier: [
      { system: NPI_SYSTEM, value: organisation.npi },
      { system: GLN_SYSTEM, value: organisation.pgln },
    ],
    active: true,
    type: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/organization-type',
            ...ORGANISATION_TYPES[organisation.role],
          },
        ],
      },
    ],
    name: organisation.name,
    telecom: [{ system: 'url', value: `https://${organisation.role}.example.org` }],
  };
}

const ORGANISATION_TYPES: Record<Role, { code: string; display: string }> = {
  manufacturer: { code: 'bus', display: 'Non-Healthcare Business or Corporation' },
  wholesaler: { code: 'bus', display: 'Non-Healthcare Business or Corporation' },
  hospital: { code: 'prov', display: 'Healthcare Provider' },
  pharmacy: { code: 'prov', display: 'Healthcare Provider' },
  payer: { code: 'pay', display: 'Payer' },
};

function describeLocation(organisation: Organisation, wording: Wording): object {
  return {
    resourceType: 'Location',
    id: organisation.locationId,
    identifier: [{ system: GLN_SYSTEM, value: organisation.gln }],
    status: 'active',
    name: `${organisation.name}, ${organisation.place}`,
    mode: 'instance',
    address: { city: 'Sampletown', state: 'NY', postalCode: '10001', country: 'US' },
    managingOrganization: { reference: wording.own('Organization', organisation.id) },
  };
}

function describePractitioner(practitioner: Practitioner): object {
  return {
    resourceType: 'Practitioner',
    id: practitioner.id,
    identifier: [{ system: NPI_SYSTEM, value: practitioner.npi }],
    active: true,
    name: [
      {
        use: 'official',
        family: practitioner.family,
        given: [practitioner.given],
        prefix: ['Dr.'],
      },
    ],
  };
}
