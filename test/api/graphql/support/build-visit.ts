/** Stands in every place of a record that could tell who it is about. */
export const CANARY = 'CANARY';

/**
 * A visit and its bill as a FHIR Bundle: explanation of benefit -> claim -> encounter and condition -> patient.
 * `n` tells one visit from another.
 */
export function buildVisit(n: number): string {
  const patient = { reference: `urn:uuid:${uuid(n, 1)}` };
  const encounter = { reference: `urn:uuid:${uuid(n, 2)}` };
  const condition = { reference: `urn:uuid:${uuid(n, 3)}` };
  const claim = { reference: `urn:uuid:${uuid(n, 4)}` };
  const coding = (code: string) => ({ coding: [{ code }], text: `${CANARY} ${code}` });
  const resources = [
    {
      resourceType: 'Patient',
      id: uuid(n, 1),
      identifier: [{ system: 'urn:mrn', value: `${CANARY}-${n}` }],
      name: [{ family: CANARY }],
      birthDate: '1901-02-03',
    },
    {
      resourceType: 'Encounter',
      id: uuid(n, 2),
      status: 'finished',
      class: { code: 'AMB' },
      subject: { ...patient, display: CANARY },
      period: { start: '1999-01-02T03:04:05Z', end: '1999-01-02T04:04:05Z' },
    },
    {
      resourceType: 'Condition',
      id: uuid(n, 3),
      code: coding('I10'),
      subject: patient,
      encounter,
      recordedDate: '1999-01-02T03:34:05Z',
    },
    {
      resourceType: 'Claim',
      id: uuid(n, 4),
      status: 'active',
      use: 'claim',
      type: coding('institutional'),
      priority: coding('normal'),
      patient,
      created: '1999-01-03T00:00:00Z',
      provider: { display: CANARY },
      insurance: [{ sequence: 1, focal: true, coverage: { display: CANARY } }],
      diagnosis: [{ sequence: 1, diagnosisReference: condition }],
      item: [{ sequence: 1, productOrService: coding('99213'), encounter: [encounter] }],
      total: { value: 129.1, currency: 'USD' },
    },
    {
      resourceType: 'ExplanationOfBenefit',
      id: uuid(n, 5),
      status: 'active',
      use: 'claim',
      outcome: 'complete',
      type: coding('institutional'),
      patient,
      created: '1999-01-04T00:00:00Z',
      insurer: { display: CANARY },
      provider: { display: CANARY },
      claim,
      insurance: [{ focal: true, coverage: { display: CANARY } }],
    },
  ];
  const entry = resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource }));
  // 129.10 and not 129.1: the spelling carries precision
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }).replace(
    '129.1,',
    '129.10,',
  );
}

/** One EPCIS event of one pack. */
export function buildEvent(n: number): string {
  return JSON.stringify({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'ObjectEvent',
    eventID: `urn:uuid:${uuid(n, 9)}`,
    eventTime: '2026-01-02T03:04:05.000Z',
    eventTimeZoneOffset: '+00:00',
    action: 'OBSERVE',
    epcList: [`urn:epc:id:sgtin:0614141.107346.${n}`],
    bizStep: 'shipping',
  });
}

function uuid(n: number, k: number): string {
  return `00000000-0000-4000-8000-${String(n * 10 + k).padStart(12, '0')}`;
}
