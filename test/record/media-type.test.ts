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
    'application/fhir+json; fhirVersion=3.0',
    '__proto__',
  ])('refuses %j', (mediaType) => {
    expect(() => parseMediaType(mediaType)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
    );
  });

  it.each(['application/xml', 'text/xml; charset=utf-8', 'application/fhir+xml'])(
    'refuses %s with a hint',
    (mediaType) => {
      expect(() => parseMediaType(mediaType)).toThrow(
        expect.objectContaining({
          code: 'UNSUPPORTED_MEDIA_TYPE',
          data: { hint: expect.stringContaining('JSON-LD') as unknown },
        }),
      );
    },
  );
});
