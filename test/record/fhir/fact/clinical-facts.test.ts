import { describe, expect, it } from '@jest/globals';
import { clinicalFact } from '../../../../src/record/fhir/fact/clinical-facts.js';
import fc from '../../../support/fast-check.js';

const coded = (code: string, system = 'http://terminology.hl7.org/CodeSystem/adjudication') => ({
  coding: [{ system, code }],
});
const usd = (value: number) => ({ value, currency: 'USD' });

describe('the facts of a claim', () => {
  const claim = {
    resourceType: 'Claim',
    status: 'active',
    use: 'claim',
    type: coded('professional', 'urn:types'),
    patient: { reference: 'Patient/1' },
    provider: { reference: '#prov' },
    contained: [
      {
        resourceType: 'Organization',
        id: 'prov',
        identifier: [{ system: 'urn:npi', value: '77' }],
      },
      { resourceType: 'Coverage', id: 'cov', payor: [{ display: 'Blue' }] },
    ],
    insurance: [{ focal: true, coverage: { reference: '#cov' } }],
    billablePeriod: { start: '2024-01-15', end: '2024-01-15' },
    created: '2024-01-16',
    total: usd(120.5),
    item: [
      {
        productOrService: { coding: [{ system: 'urn:cpt', code: '99213', display: 'Visit' }] },
        modifier: [coded('59'), coded('25')],
        quantity: { value: 2 },
        net: usd(100.5),
        encounter: [{ reference: 'Encounter/9' }],
      },
      { net: usd(20) },
    ],
  };

  it('are its parties, times, total and lines', () => {
    expect(clinicalFact(claim, 'https://a.example/fhir')).toEqual({
      kind: 'CLAIM',
      patient: 'https://a.example/fhir/Patient/1',
      provider: 'identifier:urn:npi|77',
      payer: 'Blue',
      type: 'urn:types|professional',
      ...{ use: 'claim', status: 'active', currency: 'USD', amounts: { billed: 1_205_000 } },
      since: Date.UTC(2024, 0, 15),
      until: Date.UTC(2024, 0, 16) - 1,
      created: Date.UTC(2024, 0, 16),
      lines: [
        {
          ...{ code: 'urn:cpt|99213', label: 'Visit', modifiers: '25 59', quantity: 20_000 },
          encounter: 'https://a.example/fhir/Encounter/9',
          amounts: { billed: 1_005_000 },
        },
        { amounts: { billed: 200_000 } },
      ],
    });
  });

  it('have the sum of the lines where there is no total', () => {
    const { total: _, ...rest } = claim;
    expect(clinicalFact(rest)).toMatchObject({ amounts: { billed: 1_205_000 } });
  });
});

describe('the facts of an answer to a claim', () => {
  const total = [
    { category: coded('submitted'), amount: usd(100) },
    { category: coded('eligible'), amount: usd(80) },
    { category: coded('noncovered'), amount: usd(20) },
    { category: coded('paidtoprovider'), amount: usd(50) },
    { category: coded('paidtopatient'), amount: usd(10) },
  ];
  const answer = { resourceType: 'ExplanationOfBenefit', claim: { reference: 'Claim/1' }, total };

  it('are what was billed, allowed, paid to whomever, and denied', () => {
    expect(clinicalFact(answer)).toEqual({
      kind: 'EOB',
      claim: 'Claim/1',
      amounts: { billed: 1_000_000, allowed: 800_000, paid: 600_000, denied: 200_000 },
      currency: 'USD',
    });
  });

  it('have what the payment says before what totals say', () => {
    expect(clinicalFact({ ...answer, payment: { amount: usd(33) } })).toMatchObject({
      amounts: { paid: 330_000 },
    });
  });

  it('have all that was billed as denied where the payer says so', () => {
    const adjudication = [{ category: coded('benefitpaymentstatus'), reason: coded('denied') }];
    expect(clinicalFact({ ...answer, total: total.slice(0, 1), adjudication })).toMatchObject({
      amounts: { billed: 1_000_000, denied: 1_000_000 },
    });
  });

  it('say when amounts are of two currencies', () => {
    const mixed = [...total, { category: coded('benefit'), amount: { value: 1, currency: 'EUR' } }];
    expect(clinicalFact({ ...answer, total: mixed })).toMatchObject({ isInexact: true });
  });
});

describe('the facts of other resources', () => {
  it('are death, encounters, dispensings and names', () => {
    expect(clinicalFact({ resourceType: 'Patient', deceasedDateTime: '2024-03' })).toEqual({
      ...{ kind: 'PATIENT', isDeceased: true, deceasedAt: Date.UTC(2024, 3, 1) - 1 },
    });
    expect(clinicalFact({ resourceType: 'Patient' })).toEqual({ kind: 'PATIENT' });
    expect(
      clinicalFact({
        resourceType: 'Encounter',
        class: { system: 'urn:act', code: 'AMB' },
        subject: { reference: 'Patient/1' },
        period: { start: '2024-01-01T10:00:00Z' },
      }),
    ).toEqual({
      ...{ kind: 'ENCOUNTER', class: 'urn:act|AMB', patient: 'Patient/1' },
      since: Date.UTC(2024, 0, 1, 10),
    });
    expect(
      clinicalFact({
        resourceType: 'MedicationDispense',
        medicationCodeableConcept: coded('0591-0369-01', 'http://hl7.org/fhir/sid/ndc'),
        quantity: { value: 30 },
        whenHandedOver: '2024-01-01',
      }),
    ).toEqual({
      ...{ kind: 'DISPENSE', code: 'http://hl7.org/fhir/sid/ndc|0591-0369-01', quantity: 300_000 },
      handed: Date.UTC(2024, 0, 1),
    });
    const name = [{ family: 'Stark', given: ['Tony'] }];
    expect(clinicalFact({ resourceType: 'Practitioner', name })).toEqual({
      ...{ kind: 'PARTY', name: 'Tony Stark' },
    });
    expect(clinicalFact({ resourceType: 'Observation' })).toBeUndefined();
  });

  it('are read within seconds from ten thousand lines that name contained parts', () => {
    const contained = Array.from({ length: 50_000 }, (_, n) => ({ id: `p${n}`, name: `N${n}` }));
    const item = Array.from({ length: 10_000 }, (_, n) => ({
      encounter: [{ reference: `#p${49_999 - n}` }],
    }));
    const fact = clinicalFact({ resourceType: 'Claim', contained, item });
    const { lines = [] } = fact as { lines?: { encounter?: string }[] };
    expect([lines[0]?.encounter, lines[9_999]?.encounter]).toEqual(['N49999', 'N40000']);
  });

  it('are read from whatever stands in the place of what should', () => {
    const types = ['Claim', 'ExplanationOfBenefit', 'Encounter', 'Patient', 'MedicationDispense'];
    const members =
      'item total payment patient insurance contained class type name net adjudication';
    const resource = fc
      .tuple(
        fc.constantFrom(...types),
        fc.dictionary(fc.constantFrom(...members.split(' ')), fc.jsonValue()),
      )
      .map(([resourceType, rest]) => ({ ...rest, resourceType }));
    fc.assert(
      fc.property(resource, (one) => {
        const fact = clinicalFact(one);
        expect(JSON.parse(JSON.stringify(fact))).toEqual(fact);
      }),
    );
  });
});
