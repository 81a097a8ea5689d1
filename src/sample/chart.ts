import { NPI_SYSTEM, type Consortium, type Organisation, type Practitioner } from './consortium.js';
import type { Wording } from './wording.js';

/** What a visit's records refer to, as references already worded. */
export interface Chart {
  wording: Wording;
  patient: Reference;
  coverage: Reference;
  hospital: Reference;
  pharmacy: Reference;
  payer: Reference;
  doctor: Reference;
}

export interface Reference {
  reference: string;
}

export function buildChart(
  wording: Wording,
  consortium: Consortium,
  doctor: Practitioner,
  patient: string,
  coverage: string,
): Chart {
  return {
    wording,
    patient: { reference: wording.own('Patient', patient) },
    coverage: { reference: wording.own('Coverage', coverage) },
    hospital: organisationReference(wording, consortium.hospital),
    pharmacy: organisationReference(wording, consortium.pharmacy),
    payer: organisationReference(wording, consortium.payer),
    doctor: practitionerReference(wording, doctor),
  };
}

function organisationReference(wording: Wording, organisation: Organisation): Reference {
  const identifier = { system: NPI_SYSTEM, value: organisation.npi };
  return { reference: wording.directory('Organization', organisation.id, identifier) };
}

function practitionerReference(wording: Wording, practitioner: Practitioner): Reference {
  const identifier = { system: NPI_SYSTEM, value: practitioner.npi };
  return { reference: wording.directory('Practitioner', practitioner.id, identifier) };
}
