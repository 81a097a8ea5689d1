/** Small valid resources for tests; `members` are added or replace. */
export function buildResource(
  resourceType: string,
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  return { resourceType, ...(MINIMA[resourceType] ?? {}), ...members };
}

const PATIENT = { reference: 'Patient/p1' };
const CODE = { text: 'code' };

const MINIMA: Record<string, Record<string, unknown>> = {
  Claim: {
    id: 'c1',
    status: 'active',
    type: CODE,
    use: 'claim',
    patient: PATIENT,
    created: '2026-01-02T03:04:05Z',
    provider: { display: 'provider' },
    priority: CODE,
    insurance: [{ sequence: 1, focal: true, coverage: { display: 'coverage' } }],
  },
  ExplanationOfBenefit: {
    id: 'eob1',
    status: 'active',
    type: CODE,
    use: 'claim',
    patient: PATIENT,
    created: '2026-01-03',
    insurer: { display: 'insurer' },
    provider: { display: 'provider' },
    outcome: 'complete',
    insurance: [{ focal: true, coverage: { display: 'coverage' } }],
  },
  Encounter: { id: 'e1', status: 'finished', class: { code: 'AMB' }, subject: PATIENT },
  Condition: { id: 'k1', subject: PATIENT },
  Observation: { id: 'o1', status: 'final', code: CODE, subject: PATIENT },
  Procedure: { id: 'q1', status: 'completed', subject: PATIENT },
  DiagnosticReport: { id: 'd1', status: 'final', code: CODE, subject: PATIENT },
  MedicationRequest: {
    id: 'm1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: CODE,
    subject: PATIENT,
  },
  MedicationDispense: { id: 'n1', status: 'completed', medicationReference: { display: 'drug' } },
  Immunization: {
    id: 'i1',
    status: 'completed',
    vaccineCode: CODE,
    patient: PATIENT,
    occurrenceDateTime: '2026-01-02',
  },
  Coverage: { id: 'v1', status: 'active', beneficiary: PATIENT, payor: [{ display: 'payor' }] },
  DocumentReference: { id: 'r1', status: 'current', content: [{ attachment: { title: 'a' } }] },
  Provenance: {
    id: 'x1',
    target: [{ reference: 'Claim/c1' }],
    recorded: '2026-01-02T03:04:05Z',
    agent: [{ who: { reference: 'Practitioner/d1' } }],
  },
  Patient: { id: 'p1' },
  Organization: { id: 'org1', name: 'Org' },
};

export interface EntryInput {
  fullUrl?: string;
  resource?: unknown;
}

export function buildBundle(entry: EntryInput[], type = 'collection'): Record<string, unknown> {
  return { resourceType: 'Bundle', type, entry };
}
