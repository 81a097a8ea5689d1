import { describe, expect, it } from '@jest/globals';
import { readOne } from '../reading.js';
import { buildResource } from './build.js';

const extractOf = (type: string, members: Record<string, unknown> = {}) =>
  readOne(buildResource(type, members)).extract;
const NDC = 'http://hl7.org/fhir/sid/ndc';

describe('names and identifiers of a FHIR resource', () => {
  it('are its id and its business identifiers', () => {
    const identifier = [
      { system: 'http://npi', value: '1' },
      { value: 'no system' },
      { system: 'http://npi', value: '1' },
      { system: 'no value' },
    ];
    const extract = extractOf('Organization', { identifier });
    expect(extract.aliases).toEqual(['Organization/org1', 'identifier:http://npi|1']);
    expect(extract.identifiers).toEqual([
      { system: 'http://npi', value: '1' },
      { system: '', value: 'no system' },
    ]);
  });

  it('may be none at all', () => {
    const extract = extractOf('Patient', { id: undefined });
    expect(extract).toMatchObject({
      type: 'Patient',
      aliases: [],
      identifiers: [],
      references: [],
    });
    expect(extract).not.toHaveProperty('id');
  });

  it('take a single identifier too', () => {
    const identifier = { system: 's', value: 'v' };
    expect(extractOf('QuestionnaireResponse', { status: 'completed', identifier }).aliases).toEqual(
      ['identifier:s|v'],
    );
  });

  it('include drug codes wherever they stand, lots and device identifiers', () => {
    const coding = [
      { system: NDC, code: '0591-0369-01' },
      { system: 'http://rx', code: '1' },
    ];
    const item = [{ sequence: 1, productOrService: { coding } }];
    expect(extractOf('ExplanationOfBenefit', { item }).identifiers).toEqual([
      { system: NDC, value: '0591-0369-01' },
    ]);
    expect(extractOf('Immunization', { lotNumber: 'L1' }).identifiers).toEqual([
      { system: 'lot', value: 'L1' },
    ]);
    expect(extractOf('Medication', { batch: { lotNumber: 'L2' } }).identifiers).toEqual([
      { system: 'lot', value: 'L2' },
    ]);
    expect(extractOf('Device', { udiCarrier: [{ deviceIdentifier: 'D' }] }).identifiers).toEqual([
      { system: 'udi', value: 'D' },
    ]);
  });

  it('leave out those of contained resources, and endless ones', () => {
    const inner = {
      resourceType: 'Organization',
      id: 'o',
      identifier: [{ system: 's', value: 'v' }],
    };
    const identifier = [{ system: 's', value: 'x'.repeat(2_000) }];
    expect(extractOf('Patient', { contained: [inner], identifier }).identifiers).toEqual([]);
  });
});

describe('times of a FHIR resource', () => {
  const at = (text: string) => Date.parse(text);

  it.each([
    ['Claim', { billablePeriod: { start: '2020-01-01' } }, '2026-01-02T03:04:05Z'],
    ['ExplanationOfBenefit', {}, '2026-01-03'],
    ['Encounter', { period: { start: '2026-05-01T10:00:00+02:00' } }, '2026-05-01T08:00:00Z'],
    ['Condition', { onsetDateTime: '2025-06', recordedDate: '2026-01-01' }, '2025-06-01'],
    ['Condition', { recordedDate: '2026-01-01' }, '2026-01-01'],
    [
      'Observation',
      { effectiveDateTime: '2025-07-08', issued: '2026-01-01T00:00:00Z' },
      '2025-07-08',
    ],
    ['Observation', { effectivePeriod: { start: '2025-07-08' } }, '2025-07-08'],
    ['Observation', { issued: '2026-01-01T00:00:00Z' }, '2026-01-01'],
    ['Procedure', { performedPeriod: { start: '2025-07-09' } }, '2025-07-09'],
    ['DiagnosticReport', { effectiveDateTime: '2025-07-10' }, '2025-07-10'],
    ['MedicationRequest', { authoredOn: '2025-07-11' }, '2025-07-11'],
    [
      'MedicationDispense',
      { whenPrepared: '2025-07-11', whenHandedOver: '2025-07-12' },
      '2025-07-12',
    ],
    ['Immunization', {}, '2026-01-02'],
    ['Coverage', { period: { start: '2025' } }, '2025-01-01'],
    ['Provenance', { occurredDateTime: '2025-03-01' }, '2025-03-01'],
    ['Provenance', {}, '2026-01-02T03:04:05Z'],
  ])('say when a %s happened: %j', (type, members, expected) => {
    expect(extractOf(type, members).occurredAt).toBe(at(expected));
  });

  it('are absent where nothing happened or the date is none', () => {
    expect(extractOf('Patient', { birthDate: '1970-01-01' })).not.toHaveProperty('occurredAt');
    expect(extractOf('Observation', { effectiveDateTime: 'soon' })).not.toHaveProperty(
      'occurredAt',
    );
  });

  it.each([
    ['Coverage', { period: { end: '2026-12' } }, '2026-12-31T23:59:59.999Z'],
    [
      'MedicationRequest',
      { dispenseRequest: { validityPeriod: { end: '2026-02-01' } } },
      '2026-02-01T23:59:59.999Z',
    ],
    ['Medication', { batch: { expirationDate: '2027' } }, '2027-12-31T23:59:59.999Z'],
    ['Immunization', { expirationDate: '2026-02-01' }, '2026-02-01T23:59:59.999Z'],
  ])('say until when a %s holds: %j', (type, members, expected) => {
    expect(extractOf(type, members).validUntil).toBe(at(expected));
  });

  it('do not take the end of a visit for an end of validity', () => {
    expect(extractOf('Encounter', { period: { end: '2026-01-01' } })).not.toHaveProperty(
      'validUntil',
    );
  });
});
