import type { Chart, Reference } from './chart.js';
import { concept, iso, medication, SNOMED, status } from './coding.js';
import type { Random } from './random.js';
import type { Treatment } from './treatment.js';

/** A patient's visit and the records that came of it: id of each, and when it began (ms since the epoch). */
export interface Visit {
  at: number;
  treatment: Treatment;
  encounter: string;
  condition: string;
  observation: string;
  report: string;
  procedure: string;
  request: string;
  /** Number of the prescription at the pharmacy. */
  prescription: string;
}

export const PRESCRIPTION_SYSTEM = 'https://pharmacy.example.org/prescription';

const MINUTE_MS = 60_000;

export function buildVisit(random: Random, treatment: Treatment, at: number): Visit {
  return {
    at,
    treatment,
    encounter: random.uuid(),
    condition: random.uuid(),
    observation: random.uuid(),
    report: random.uuid(),
    procedure: random.uuid(),
    request: random.uuid(),
    prescription: `RX-${random.digits(9)}`,
  };
}

/** The clinical records of a visit, each referring only to earlier ones. */
export function describeVisit(random: Random, visit: Visit, chart: Chart): object[] {
  const start = iso(visit.at);
  const end = iso(visit.at + random.between(10, 45) * MINUTE_MS);
  const own = (type: string, id: string): Reference => ({ reference: chart.wording.own(type, id) });
  const encounter = own('Encounter', visit.encounter);
  const { treatment } = visit;
  return [
    {
      resourceType: 'Encounter',
      id: visit.encounter,
      status: 'finished',
      class: {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
        code: 'AMB',
        display: 'ambulatory',
      },
      type: [concept(SNOMED, { code: '185349003', display: 'Encounter for check up' })],
      subject: chart.patient,
      participant: [{ individual: chart.doctor, period: { start, end } }],
      period: { start, end },
      serviceProvider: chart.hospital,
    },
    {
      resourceType: 'Condition',
      id: visit.condition,
      clinicalStatus: status('condition-clinical', 'active'),
      verificationStatus: status('condition-ver-status', 'confirmed'),
      category: [status('condition-category', 'encounter-diagnosis')],
      code: {
        coding: [
          { system: SNOMED, ...treatment.condition },
          { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: treatment.icd10 },
        ],
        text: treatment.condition.display,
      },
      subject: chart.patient,
      encounter,
      onsetDateTime: start,
      recordedDate: start,
    },
    describeObservation(random, visit, chart, encounter),
    {
      resourceType: 'DiagnosticReport',
      id: visit.report,
      status: 'final',
      code: concept('http://loinc.org', treatment.measure),
      subject: chart.patient,
      encounter,
      effectiveDateTime: start,
      issued: end,
      performer: [chart.hospital],
      result: [own('Observation', visit.observation)],
      conclusion: `Findings consistent with: ${treatment.condition.display}`,
    },
    {
      resourceType: 'Procedure',
      id: visit.procedure,
      status: 'completed',
      code: concept(SNOMED, treatment.procedure),
      subject: chart.patient,
      encounter,
      performedPeriod: { start, end },
      performer: [{ actor: chart.doctor, onBehalfOf: chart.hospital }],
      reasonReference: [own('Condition', visit.condition)],
    },
    describeRequest(visit, chart, encounter, own('Condition', visit.condition)),
  ];
}

function describeObservation(
  random: Random,
  visit: Visit,
  chart: Chart,
  encounter: Reference,
): object {
  const { low, high, unit, ...coded } = visit.treatment.measure;
  const value = random.between(low * 10, high * 10) / 10;
  return {
    resourceType: 'Observation',
    id: visit.observation,
    status: 'final',
    category: [status('observation-category', 'laboratory')],
    code: concept('http://loinc.org', coded),
    subject: chart.patient,
    encounter,
    effectiveDateTime: iso(visit.at),
    issued: iso(visit.at + 5 * MINUTE_MS),
    performer: [chart.doctor],
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  };
}

function describeRequest(
  visit: Visit,
  chart: Chart,
  encounter: Reference,
  reason: Reference,
): object {
  return {
    resourceType: 'MedicationRequest',
    id: visit.request,
    identifier: [{ system: PRESCRIPTION_SYSTEM, value: visit.prescription }],
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: medication(visit.treatment),
    subject: chart.patient,
    encounter,
    authoredOn: iso(visit.at),
    requester: chart.doctor,
    reasonReference: [reason],
    dosageInstruction: [
      {
        sequence: 1,
        text: 'One a day',
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
      },
    ],
    dispenseRequest: { numberOfRepeatsAllowed: 0, quantity: { value: 1, unit: 'pack' } },
  };
}
