import { describe, expect, it } from '@jest/globals';
import { parseMediaType } from '../../src/record/media-type.js';

describe('parseMediaType', () => {
  it.each([
    [undefined, 'any'],
    ['application/json', 'any'],
    ['Application/FHIR+JSON; charset=UTF-8; fhirVersion=4.0', 'fhir'],
    ['application/fhir+json;fhirVersion="4.0.1"', 'fhir'],
    ['application/ld+json; profile="https://example.org"', 'epcis'],
    ['application/x-ndjson', 'lines'],
    ['application/fhir+ndjson', 'lines'],
    ['application/xml', 'xml'],
    ['text/xml; charset=utf-8', 'xml'],
    ['application/epcis+xml', 'xml'],
  ])('reads %s as %s', (mediaType, syntax) => {
    expect(parseMediaType(mediaType)).toBe(syntax);
  });

  it.each([
    '',
    'text/csv',
    'application/pdf',
    'json',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'text/xml; charset=iso-8859-1',
    'application/fhir+json; fhirVersion=3.0',
    '__proto__',
  ])('refuses %j', (mediaType) => {
    expect(() => parseMediaType(mediaType)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
    );
  });

  it('refuses FHIR as XML with a hint', () => {
    expect(() => parseMediaType('application/fhir+xml')).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_MEDIA_TYPE',
        data: { hint: 'EPCIS 1.x and 2.0 are read as XML, FHIR only as JSON' },
      }),
    );
  });
});
