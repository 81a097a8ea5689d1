import { code, format, ORGANIZATIONS, PRACTITIONERS, ref, type Resource } from './resource.ts';

/** What one visit leaves behind. */
export const VISIT_RESOURCES = 10;

export interface Visit {
  patient: number;
  /** Number among all visits of this patient, from 0: each claim names two earlier ones. */
  ordinal: number;
}

const REACH = 8;
const CREATED = '2026-03-01';

/** The visit's ten resources, each after what it names, as minified JSON of about a kilobyte. */
export function formatVisit(visit: Visit): string[] {
  return [...clinical(visit), ...financial(visit)].map(format);
}

/** The business identifier that all resources of a visit bear. */
export function identifierOf({ patient, ordinal }: Visit): { system: string; value: string } {
  return { system: 'urn:oid:2.16.840.1.113883.19.5', value: `V-${patient}-${ordinal}` };
}

function headOf(resourceType: string, visit: Visit, part = '') {
  const id = idOf(resourceType, visit.patient, visit.ordinal, part);
  return { resourceType, id, identifier: [identifierOf(visit)] };
}

function nameOf(type: string, { patient, ordinal }: Visit, part = ''): string {
  return `${type}/${idOf(type, patient, ordinal, part)}`;
}

function idOf(type: string, patient: number, ordinal: number, part = ''): string {
  return `${type.slice(0, 4).toLowerCase()}${part}-${patient}-${ordinal}`;
}

function partiesOf({ patient, ordinal }: Visit) {
  return {
    subject: ref('Patient', `p${patient}`),
    doctor: ref('Practitioner', `d${(patient + ordinal) % PRACTITIONERS}`),
    clinic: ref('Organization', `o${patient % ORGANIZATIONS}`),
    cover: ref('Coverage', `c${patient}`),
  };
}

function clinical(visit: Visit): Resource[] {
  const { subject, doctor, clinic } = partiesOf(visit);
  const of = (type: string, part = '') => ({ reference: nameOf(type, visit, part) });
  const head = (resourceType: string, part = '') => headOf(resourceType, visit, part);
  const observation = (part: string, display: string) => ({
    ...head('Observation', part),
    status: 'final',
    code: code('http://loinc.org', '8867-4', display),
    subject,
    encounter: of('Encounter'),
    effectiveDateTime: `${CREATED}T10:00:00Z`,
    performer: [doctor, clinic],
    valueQuantity: { value: 70 + (visit.ordinal % 20), unit: '/min' },
  });
  const condition = (part: string, display: string) => ({
    ...head('Condition', part),
    code: code('http://snomed.info/sct', '38341003', display),
    subject,
    encounter: of('Encounter'),
    recorder: doctor,
    asserter: doctor,
    evidence: [{ detail: [of('Observation', part)] }],
  });
  return [
    {
      ...head('Encounter'),
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject,
      participant: [{ individual: doctor }],
      serviceProvider: clinic,
      period: { start: `${CREATED}T09:00:00Z`, end: `${CREATED}T10:30:00Z` },
    },
    observation('a', 'Heart rate'),
    { ...observation('b', 'Resting heart rate'), derivedFrom: [of('Observation', 'a')] },
    condition('a', 'Hypertensive disorder'),
    condition('b', 'Tachycardia'),
    {
      ...head('Procedure'),
      status: 'completed',
      code: code('http://snomed.info/sct', '29303009', 'Electrocardiographic procedure'),
      subject,
      encounter: of('Encounter'),
      performedDateTime: `${CREATED}T10:10:00Z`,
      performer: [{ actor: doctor, onBehalfOf: clinic }],
      reasonReference: [of('Condition', 'a')],
    },
    {
      ...head('MedicationRequest'),
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: code('http://hl7.org/fhir/sid/ndc', '0591-0369-01', 'Tablet'),
      subject,
      encounter: of('Encounter'),
      authoredOn: `${CREATED}T10:20:00Z`,
      requester: doctor,
      performer: clinic,
      reasonReference: [of('Condition', 'a'), of('Condition', 'b')],
    },
    {
      ...head('DiagnosticReport'),
      status: 'final',
      code: code('http://loinc.org', '11524-6', 'EKG study'),
      subject,
      encounter: of('Encounter'),
      issued: `${CREATED}T10:25:00Z`,
      performer: [clinic],
      resultsInterpreter: [doctor],
      result: [of('Observation', 'a'), of('Observation', 'b')],
    },
  ];
}

function financial(visit: Visit): Resource[] {
  const { patient, ordinal } = visit;
  const { subject, doctor, clinic, cover } = partiesOf(visit);
  const of = (type: string, part = '') => ({ reference: nameOf(type, visit, part) });
  const earlier = [...new Set([ordinal - 1, ordinal - REACH])].filter((other) => other >= 0);
  const shared = {
    status: 'active',
    type: code('http://terminology.hl7.org/CodeSystem/claim-type', 'professional'),
    use: 'claim',
    patient: subject,
    created: `${CREATED}T11:00:00Z`,
    insurer: clinic,
    provider: doctor,
    insurance: [{ sequence: 1, focal: true, coverage: cover }],
    prescription: of('MedicationRequest'),
  };
  const claim: Resource = {
    ...headOf('Claim', visit),
    ...shared,
    priority: code('http://terminology.hl7.org/CodeSystem/processpriority', 'normal'),
    related: earlier.map((other) => ({ claim: ref('Claim', idOf('Claim', patient, other)) })),
    diagnosis: ['a', 'b'].map((part, i) => ({
      sequence: i + 1,
      diagnosisReference: of('Condition', part),
    })),
    procedure: [{ sequence: 1, procedureReference: of('Procedure') }],
    item: [{ sequence: 1, productOrService: { text: 'visit' }, encounter: [of('Encounter')] }],
  };
  if (earlier.length === 0) delete claim.related;
  const explanation: Resource = {
    ...headOf('ExplanationOfBenefit', visit),
    ...shared,
    outcome: 'complete',
    claim: of('Claim'),
    careTeam: [{ sequence: 1, provider: doctor }],
    item: [{ sequence: 1, productOrService: { text: 'visit' }, encounter: [of('Encounter')] }],
    payment: { amount: { value: 125.5, currency: 'USD' } },
  };
  return [claim, explanation];
}
