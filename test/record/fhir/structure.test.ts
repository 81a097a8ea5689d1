import { describe, expect, it } from '@jest/globals';
import { readOne, readProblems } from '../reading.js';
import { buildResource } from './build.js';

const problemsOf = (members: Record<string, unknown>, type = 'Observation') =>
  readProblems(buildResource(type, members));

describe('structure of a FHIR resource', () => {
  it.each([
    'Observation',
    'Claim',
    'ExplanationOfBenefit',
    'Patient',
    'Provenance',
    'Organization',
  ])('takes a minimal %s', (type) => {
    expect(readOne(buildResource(type)).extract.type).toBe(type);
  });

  it.each([
    'Observtion',
    'observation',
    'ObjectEvent',
    'Resource',
    'DomainResource',
    '__proto__',
    '',
  ])('refuses the resource type %j', (resourceType) => {
    expect(readProblems({ resourceType })).toEqual(['UNKNOWN_RESOURCE_TYPE /resourceType']);
  });

  it.each([null, 1, ['Patient'], { a: 'Patient' }])(
    'refuses the resource type %j',
    (resourceType) => {
      expect(readProblems({ resourceType })[0]).toBe('UNKNOWN_RESOURCE_TYPE /resourceType');
    },
  );

  it.each(['', 'a b', 'a/b', 'x'.repeat(65), 'a_b', 'ä', 5, null, {}])(
    'refuses the id %j',
    (id) => {
      expect(problemsOf({ id })[0]).toBe('INVALID_RECORD /id');
    },
  );

  it('takes ids of digits, letters, hyphens and dots, up to 64 of them', () => {
    for (const id of ['-427786917', '1.2.840', 'x'.repeat(64)]) {
      expect(readOne(buildResource('Patient', { id })).extract.id).toBe(id);
    }
  });

  it.each([
    ['a null', { note: null }, '/note'],
    ['a null inside', { code: { text: null } }, '/code/text'],
    ['a null item', { note: [{ text: 'a' }, null] }, '/note/1'],
    ['an empty list', { note: [] }, '/note'],
    ['an empty object', { code: {} }, '/code'],
    ['an empty object in a list', { note: [{ text: 'a' }, {}] }, '/note/1'],
    ['a list in a list', { note: [['a']] }, '/note/0'],
    ['a name no element has', { 'no-name': 1 }, ''],
    ['__proto__', JSON.parse('{"__proto__": {"a": 1}}') as Record<string, unknown>, ''],
    ['a primitive under an underscore', { _status: 'x' }, '/_status'],
    ['a reference that is a number', { performer: [{ reference: 5 }] }, '/performer/0/reference'],
    ['a reference that is a list', { focus: [{ reference: ['a'] }] }, '/focus/0/reference'],
    [
      'a reference without end',
      { focus: [{ reference: 'x'.repeat(5_000) }] },
      '/focus/0/reference',
    ],
    ['a patient given as text', { subject: 'Patient/1' }, '/subject'],
    ['an encounter given as text', { encounter: 'Encounter/1' }, '/encounter'],
    ['a NUL character', { code: { text: 'a\u0000b' } }, '/code/text'],
  ])('refuses %s', (_name, members, pointer) => {
    expect(problemsOf(members)).toEqual([`INVALID_RECORD ${pointer}`]);
  });

  it('takes nulls that keep a list of primitives in step with its extensions', () => {
    const name = [{ given: ['Ann', null], _given: [null, { id: 'a' }] }];
    expect(readOne(buildResource('Patient', { name })).text).toContain('"given":["Ann",null]');
    expect(problemsOf({ name: [{ given: ['Ann', null] }] }, 'Patient')).toEqual([
      'INVALID_RECORD /name/0/given/1',
    ]);
  });

  it('takes a Reference or an Identifier named reference', () => {
    const related = [{ claim: { reference: 'Claim/2' }, reference: { value: 'file 7' } }];
    expect(readOne(buildResource('Claim', { related })).extract.references).toContainEqual({
      target: 'Claim/2',
      relation: 'wasRevisionOf',
      path: '/related/0/claim',
    });
  });

  it.each([
    ['Claim', 'status type use patient created provider priority insurance'],
    ['ExplanationOfBenefit', 'status type use patient created insurer provider outcome insurance'],
    ['Encounter', 'status class'],
    ['Condition', 'subject'],
    ['Observation', 'status code'],
    ['Procedure', 'status subject'],
    ['MedicationRequest', 'status intent medicationCodeableConcept subject'],
    ['MedicationDispense', 'status medicationReference'],
    ['DiagnosticReport', 'status code'],
    ['Immunization', 'status vaccineCode patient occurrenceDateTime'],
    ['Coverage', 'status beneficiary payor'],
    ['DocumentReference', 'status content'],
    ['Provenance', 'target recorded agent'],
  ])('refuses a %s without one of: %s', (type, elements) => {
    for (const element of elements.split(' ')) {
      const { [element]: _left, ...rest } = buildResource(type);
      expect(readProblems(rest)).toEqual(['INVALID_RECORD ']);
    }
  });

  it('counts an element as there when only its extensions are', () => {
    const { status: _left, ...rest } = buildResource('Observation');
    const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    const _status = { extension: [{ url, valueCode: 'unknown' }] };
    expect(readOne({ ...rest, _status }).extract.type).toBe('Observation');
  });

  it('does not take a longer name for a choice of an element', () => {
    const { medicationCodeableConcept: _left, ...rest } = buildResource('MedicationRequest');
    expect(readProblems({ ...rest, medications: 'x' })).toEqual(['INVALID_RECORD ']);
  });

  it.each([
    [
      'of no known type',
      { resourceType: 'Nothing', id: 'a' },
      'UNKNOWN_RESOURCE_TYPE',
      '/resourceType',
    ],
    ['with a bad id', { resourceType: 'Patient', id: '#a' }, 'INVALID_RECORD', '/id'],
    ['that is text', 'Patient', 'INVALID_RECORD', ''],
    [
      'with one inside',
      { resourceType: 'List', contained: [{ resourceType: 'List' }] },
      'INVALID_RECORD',
      '',
    ],
  ])('refuses a contained resource %s', (_name, resource, code, pointer) => {
    expect(problemsOf({ contained: [resource] })).toContain(`${code} /contained/0${pointer}`);
  });

  it('reports up to ten problems of one record, each with its place', () => {
    const { problems } = { problems: problemsOf({ note: Array.from({ length: 50 }, () => ({})) }) };
    expect(problems).toHaveLength(10);
    expect(problems[9]).toBe('INVALID_RECORD /note/9');
  });
});
