import { describe, expect, it } from '@jest/globals';
import {
  nameByQuery,
  namesOf,
  normaliseReference,
  splitUrl,
  typeOfName,
} from '../../../src/record/fhir/reference.js';

const UUID = '0b2c1f3e-8d5a-4c6b-9e7f-1a2b3c4d5e6f';

describe('normaliseReference', () => {
  it.each([
    ['Patient/1', 'Patient/1'],
    ['Patient/1/_history/3', 'Patient/1'],
    ['Claim/1#part', 'Claim/1'],
    [`urn:uuid:${UUID}`, `urn:uuid:${UUID}`],
    [`URN:UUID:${UUID.toUpperCase()}`, `urn:uuid:${UUID}`],
    ['urn:oid:1.2.3', 'urn:oid:1.2.3'],
    ['https://a.example/fhir/Patient/1', 'https://a.example/fhir/Patient/1'],
    ['https://a.example/fhir/Patient/1/_history/2', 'https://a.example/fhir/Patient/1'],
    ['Practitioner?identifier=http://npi|99', 'identifier:http://npi|99'],
    ['Practitioner?identifier=http%3A%2F%2Fnpi%7C99', 'identifier:http://npi|99'],
    ['Practitioner?identifier=99', 'identifier:|99'],
    ['Practitioner?identifier=%zz|9', 'identifier:%zz|9'],
    ['Practitioner?name=x', 'Practitioner?name=x'],
    ['Practitioner?identifier=a|b&active=true', 'Practitioner?identifier=a|b&active=true'],
  ])('%s stands for %s', (text, name) => {
    expect(normaliseReference(text)).toBe(name);
  });

  it.each(['', '#', '#contained', 'x'.repeat(5_000)])('%j stands for no record', (text) => {
    expect(normaliseReference(text)).toBeUndefined();
  });

  it('keeps relative references within their source, and leaves all others as they are', () => {
    const base = 'https://a.example/fhir';
    expect(normaliseReference('Patient/1/_history/2', base)).toBe(`${base}/Patient/1`);
    expect(normaliseReference('Patient/1', 'urn:oid:1.2')).toBe('urn:oid:1.2/Patient/1');
    const others = [`${base}/Patient/1`, 'https://b.example/Patient/1', `urn:uuid:${UUID}`, 'x/1'];
    for (const name of others) expect(normaliseReference(name, base)).toBe(name);
    expect(normaliseReference('Practitioner?identifier=s|v', base)).toBe('identifier:s|v');
  });

  it('is quick about hostile text', () => {
    for (const text of [
      '#'.repeat(4_000),
      '/a'.repeat(2_000),
      `http://${'a/'.repeat(2_000)}`,
      `urn:${'a/'.repeat(2_000)}!`,
    ]) {
      normaliseReference(`x${text}\n`, 'http://a');
      splitUrl(text);
    }
  });
});

describe('names of a resource', () => {
  it('are by type and id, and by URN where the id is a UUID or an OID', () => {
    expect(namesOf('Claim', 'c1')).toEqual(['Claim/c1']);
    expect(namesOf('Claim', UUID)).toEqual([`Claim/${UUID}`, `urn:uuid:${UUID}`]);
    expect(namesOf('Claim', '2.16.840.1')).toEqual(['Claim/2.16.840.1', 'urn:oid:2.16.840.1']);
    expect(namesOf('Claim', '-427786917')).toEqual(['Claim/-427786917']);
  });

  it('are within their source, where that is known', () => {
    expect(namesOf('Claim', 'c1', 'http://a/fhir')).toEqual(['http://a/fhir/Claim/c1']);
    expect(namesOf('Claim', UUID, 'urn:oid:1.2')).toEqual([
      `urn:oid:1.2/Claim/${UUID}`,
      `urn:uuid:${UUID}`,
    ]);
  });

  it('are the search tokens of conditional requests, when they name one thing', () => {
    expect(nameByQuery('Patient', 'identifier=http%3A%2F%2Fmrn|7')).toBe('identifier:http://mrn|7');
    for (const query of ['identifier=7', 'identifier=|7', 'identifier=s|', 'name=x', '', 'a=b&c=d'])
      expect(nameByQuery('Patient', query)).toBeUndefined();
  });

  it('tell their type where they can', () => {
    expect(typeOfName('Claim/1')).toBe('Claim');
    expect(typeOfName('http://a/Claim/1')).toBe('Claim');
    expect(typeOfName('urn:oid:1.2/Claim/1')).toBe('Claim');
    expect(typeOfName('Nothing/1')).toBeUndefined();
    expect(typeOfName('urn:uuid:x')).toBeUndefined();
  });
});
