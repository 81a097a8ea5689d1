import { describe, expect, it } from '@jest/globals';
import { read, readOne } from '../reading.js';
import { buildBundle, buildResource } from './build.js';

const scopeOf = (type: string, members: Record<string, unknown> = {}) =>
  readOne(buildResource(type, members)).scopeLabel;
const UUID = '0b2c1f3e-8d5a-4c6b-9e7f-1a2b3c4d5e6f';
const ref = (reference: string) => ({ reference });

function scopesOf(...entries: [string | undefined, Record<string, unknown>][]): string[] {
  const bundle = buildBundle(entries.map(([fullUrl, resource]) => ({ fullUrl, resource })));
  return read(bundle).drafts.map(({ scopeLabel }) => scopeLabel);
}

describe('key scope of a FHIR resource', () => {
  it.each([
    ['Patient', {}, 'patient/Patient/p1'],
    ['Claim', {}, 'patient/Patient/p1'],
    ['Observation', {}, 'patient/Patient/p1'],
    ['Coverage', {}, 'patient/Patient/p1'],
    ['Observation', { subject: ref('Patient/p1/_history/2') }, 'patient/Patient/p1'],
    ['Observation', { subject: ref(`urn:uuid:${UUID}`) }, `patient/Patient/${UUID}`],
    ['Observation', { subject: ref(`Patient/${UUID.toUpperCase()}`) }, `patient/Patient/${UUID}`],
    ['Observation', { subject: ref('http://a/Patient/1') }, 'patient/http://a/Patient/1'],
    ['Claim', { patient: ref('Patient?identifier=s|v') }, 'patient/identifier:s|v'],
    ['Claim', { patient: { identifier: { system: 's', value: 'v' } } }, 'patient/identifier:s|v'],
    ['Task', { status: 'ready', intent: 'order', for: ref('Patient/9') }, 'patient/Patient/9'],
  ])('is the patient of a %s: %j', (type, members, label) => {
    expect(scopeOf(type, members)).toBe(label);
  });

  it('is one for a patient whose id is a UUID, by whichever name', () => {
    const labels = scopesOf(
      [`urn:uuid:${UUID}`, buildResource('Patient', { id: UUID })],
      [undefined, buildResource('Observation', { subject: ref(`urn:uuid:${UUID}`) })],
      [undefined, buildResource('Observation', { id: 'o2', subject: ref(`Patient/${UUID}`) })],
    );
    expect(new Set(labels)).toEqual(new Set([`patient/Patient/${UUID}`]));
  });

  it('is one for all names a patient has in a Bundle', () => {
    const identifier = [{ system: 's', value: 'v' }];
    const labels = scopesOf(
      [undefined, buildResource('Observation', { subject: ref('http://a/fhir/Patient/p1') })],
      ['http://a/fhir/Observation/o1', buildResource('Observation')],
      [undefined, buildResource('Claim', { patient: ref('Patient?identifier=s|v') })],
      ['http://a/fhir/Patient/p1', buildResource('Patient', { identifier })],
    );
    expect(labels).toEqual(Array(4).fill('patient/http://a/fhir/Patient/p1'));
  });

  it('is never that of a patient of another server with the same id', () => {
    const labels = scopesOf(
      ['http://a/fhir/Patient/p1', buildResource('Patient')],
      ['http://b/fhir/Patient/p1', buildResource('Patient')],
      ['http://b/fhir/Observation/o1', buildResource('Observation')],
      [undefined, buildResource('Observation', { subject: ref('Patient/p1') })],
    );
    expect(labels).toEqual([
      'patient/http://a/fhir/Patient/p1',
      'patient/http://b/fhir/Patient/p1',
      'patient/http://b/fhir/Patient/p1',
      'patient/Patient/p1',
    ]);
  });

  it('follows the fullUrl of a patient without id', () => {
    const labels = scopesOf(
      [`urn:uuid:${UUID}`, buildResource('Patient', { id: undefined })],
      [undefined, buildResource('Observation', { subject: ref(`urn:uuid:${UUID}`) })],
    );
    expect(labels).toEqual(Array(2).fill(`patient/Patient/${UUID}`));
  });

  it.each([
    ['Organization', {}],
    ['Observation', { subject: ref('Group/1') }],
    ['Observation', { subject: ref('Device/1') }],
    ['Observation', { subject: { reference: 'urn:oid:1.2', type: 'Location' } }],
    ['Observation', { subject: { display: 'somebody' } }],
    ['Provenance', {}],
  ])('is the directory where no patient is named: %s %j', (type, members) => {
    expect(scopeOf(type, members)).toBe('directory');
  });

  it('is the only patient any link names, and the directory when there are several', () => {
    const agents = [{ who: { display: 'x' }, requestor: true }];
    const audit = (...names: string[]) => ({
      type: { code: 'rest' },
      recorded: '2026-01-01T00:00:00Z',
      source: { observer: { display: 'x' } },
      agent: agents,
      entity: names.map((name) => ({ what: ref(name) })),
    });
    expect(scopeOf('AuditEvent', audit('Patient/1', 'Claim/1'))).toBe('patient/Patient/1');
    expect(scopeOf('AuditEvent', audit('Patient/1', 'Patient/2'))).toBe('directory');
  });

  it('is that of the record a Provenance is about, when both come in one Bundle', () => {
    expect(
      scopesOf([undefined, buildResource('Provenance')], [undefined, buildResource('Claim')]),
    ).toEqual(['patient/Patient/p1', 'patient/Patient/p1']);
  });

  it('does not leave a patient without any name in the directory', () => {
    expect(scopeOf('Patient', { id: undefined })).toBe('patient/unnamed');
  });
});
