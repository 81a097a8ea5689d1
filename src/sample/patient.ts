import { buildChart } from './chart.js';
import { describePharmacyClaim, describeVisitClaim } from './claim.js';
import { status } from './coding.js';
import type { Consortium } from './consortium.js';
import type { Dispensing, Lot } from './lot.js';
import type { Random } from './random.js';
import { buildVisit, describeVisit, PRESCRIPTION_SYSTEM } from './visit.js';
import type { Wording } from './wording.js';

const DAY_MS = 86_400_000;
const FAMILIES = [
  'Abara',
  'Brandt',
  'Conti',
  'Duarte',
  'Egede',
  'Fontaine',
  'Gruber',
  'Hansen',
] as const;
const GIVENS = [
  'Ada',
  'Bela',
  'Chidi',
  'Dora',
  'Emil',
  'Freya',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
] as const;
const MEMBER_SYSTEM = 'https://payer.example.org/member';
const CHART_SYSTEM = 'https://hospital.example.org/chart';

/** A patient's records, each referring only to earlier ones or to the directory, and the units they were given. */
export interface PatientStory {
  records: object[];
  dispensings: Dispensing[];
}

/** One patient's visits about what the lot's product treats; `units` are still on the pharmacy's shelf. */
export function describePatient(
  random: Random,
  consortium: Consortium,
  wording: Wording,
  lot: Lot,
  units: readonly string[],
): PatientStory {
  const patient = random.uuid();
  const coverage = random.uuid();
  const doctor = random.pick(consortium.practitioners);
  const chart = buildChart(wording, consortium, doctor, patient, coverage);
  const records: object[] = [
    describePerson(random, patient, chart.doctor.reference),
    describeCoverage(random, coverage, chart.patient.reference, chart.payer.reference),
  ];
  const dispensings: Dispensing[] = [];
  let at = lot.unpackedAt + random.below(5 * DAY_MS);
  for (const unit of units) {
    const visit = buildVisit(random, lot.treatment, at);
    const dispensedAt = at + random.between(1, 48) * 3_600_000;
    records.push(
      ...describeVisit(random, visit, chart),
      ...describeVisitClaim(random, visit, chart),
      ...describePharmacyClaim(random, visit, chart, dispensedAt),
    );
    const prescription = `${PRESCRIPTION_SYSTEM}/${visit.prescription}`;
    dispensings.push({ unit, prescription, at: dispensedAt });
    at += random.between(20, 40) * DAY_MS;
  }
  return { records, dispensings };
}

function describePerson(random: Random, id: string, doctor: string): object {
  const born = `${random.between(1935, 2018)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
  return {
    resourceType: 'Patient',
    id,
    identifier: [
      {
        use: 'usual',
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/v2-0203',
              code: 'MR',
              display: 'Medical Record Number',
            },
          ],
        },
        system: CHART_SYSTEM,
        value: `MRN-${random.digits(9)}`,
      },
      { system: MEMBER_SYSTEM, value: `M-${random.digits(9)}` },
    ],
    active: true,
    name: [{ use: 'official', family: random.pick(FAMILIES), given: [random.pick(GIVENS)] }],
    telecom: [{ system: 'phone', value: `555-01${random.digits(2)}`, use: 'home' }],
    gender: random.chance(0.5) ? 'female' : 'male',
    birthDate: born,
    address: [
      {
        line: [`${random.between(1, 999)} Sample Street`],
        city: 'Sampletown',
        state: 'NY',
        country: 'US',
      },
    ],
    generalPractitioner: [{ reference: doctor }],
  };
}

function describeCoverage(random: Random, id: string, patient: string, payer: string): object {
  return {
    resourceType: 'Coverage',
    id,
    status: 'active',
    type: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
          code: 'EHCPOL',
          display: 'extended healthcare',
        },
      ],
    },
    subscriberId: `M-${random.digits(9)}`,
    beneficiary: { reference: patient },
    relationship: status('subscriber-relationship', 'self'),
    payor: [{ reference: payer }],
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
