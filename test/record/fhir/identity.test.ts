import { describe, expect, it } from '@jest/globals';
import { read, readOne } from '../reading.js';
import { buildBundle, buildResource } from './build.js';

const MRN = { system: 'http://mrn', value: '7' };

const identityOf = (resource: object, entry: object = {}) =>
  readOne(buildBundle([{ resource, ...entry }])).identity;

describe('what a resource is the same as', () => {
  it('is its id at its source, whatever its business identifiers are', () => {
    const identifier = [MRN];
    expect(identityOf(buildResource('Patient', { identifier }))).toBe('fhir||Patient|Patient/p1');
    const fullUrl = 'http://a/fhir/Patient/p1';
    expect(identityOf(buildResource('Patient', { identifier }), { fullUrl })).toBe(
      'fhir|http://a/fhir|Patient|Patient/p1',
    );
  });

  it('is its first business identifier with a system when it has no id', () => {
    const identifier = [{ value: 'no system' }, MRN, { system: 's', value: 'other' }];
    const resource = buildResource('Patient', { id: undefined, identifier });
    expect(identityOf(resource)).toBe('fhir||Patient|identifier:http://mrn|7');
  });

  it('is no business identifier that others of its Bundle have, too', () => {
    const accession = { system: 'http://lab/accession', value: 'A1' };
    const own = { system: 'http://lab/result', value: 'R3' };
    const members = { id: undefined, identifier: [accession] };
    const resource = buildResource('Observation', members);
    const uuid = (n: number) => `urn:uuid:0b2c1f3e-8d5a-4c6b-9e7f-1a2b3c4d5e6${n}`;
    const { drafts } = read(
      buildBundle([
        { resource, fullUrl: uuid(1) },
        { resource, fullUrl: uuid(2) },
        { resource },
        { resource: { ...resource, identifier: [own] } },
        { resource: buildResource('DiagnosticReport', members), fullUrl: uuid(3) },
        { resource: buildResource('DiagnosticReport', members), fullUrl: uuid(3) },
      ]),
    );
    expect(drafts.map(({ identity }) => identity)).toEqual([
      `fhir||Observation|${uuid(1)}`,
      `fhir||Observation|${uuid(2)}`,
      undefined,
      'fhir||Observation|identifier:http://lab/result|R3',
      'fhir||DiagnosticReport|identifier:http://lab/accession|A1',
      'fhir||DiagnosticReport|identifier:http://lab/accession|A1',
    ]);
  });

  it('is nothing when nothing tells', () => {
    const identifier = [{ value: 'no system' }];
    const resource = buildResource('Patient', { id: undefined, identifier });
    expect(identityOf(resource)).toBeUndefined();
    const fullUrl = 'urn:uuid:0b2c1f3e-8d5a-4c6b-9e7f-1a2b3c4d5e6f';
    expect(identityOf(resource, { fullUrl })).toBeUndefined();
  });

  it.each([
    [{ method: 'POST', url: 'Patient', ifNoneExist: 'identifier=http://mrn|7' }],
    [{ method: 'POST', url: 'Patient', ifNoneExist: 'Patient?identifier=http%3A%2F%2Fmrn|7' }],
    [{ method: 'PUT', url: 'Patient?identifier=http://mrn|7' }],
  ])('is what its sender says it is: %j', (request) => {
    expect(identityOf(buildResource('Patient'), { request })).toBe(
      'fhir||Patient|identifier:http://mrn|7',
    );
  });

  it.each([
    [{ method: 'POST', url: 'Patient', ifNoneExist: 'name=x' }],
    [{ method: 'POST', url: 'Patient?identifier=http://mrn|7' }],
    [{ method: 'PUT', url: 'Group?identifier=http://mrn|7' }],
    [{ method: 'PUT', url: 'Patient/p1' }],
    [{ ifNoneExist: 7, url: [] }],
    ['PUT'],
  ])('is its id when the request names nothing: %j', (request) => {
    expect(identityOf(buildResource('Patient'), { request })).toBe('fhir||Patient|Patient/p1');
  });

  it('is never one for two types, two ids or two sources', () => {
    const identifier = [MRN];
    const { drafts } = read(
      buildBundle([
        { resource: buildResource('ExplanationOfBenefit', { id: 'e1', identifier }) },
        { resource: buildResource('ExplanationOfBenefit', { id: 'e2', identifier }) },
        { resource: buildResource('Claim', { id: 'e1', identifier }) },
        { resource: buildResource('Claim', { id: undefined, identifier }) },
        { fullUrl: 'http://a/Claim/e1', resource: buildResource('Claim', { id: 'e1' }) },
      ]),
    );
    expect(new Set(drafts.map(({ identity }) => identity)).size).toBe(drafts.length);
  });
});
