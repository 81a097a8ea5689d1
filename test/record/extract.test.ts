import { describe, expect, it } from '@jest/globals';
import { extractContent } from '../../src/record/extract.js';
import { buildDocument, buildEvent } from './epcis/build.js';
import { buildBundle, buildResource } from './fhir/build.js';
import { read } from './reading.js';

describe('extractContent', () => {
  it('gives the extract the draft had, also from padded text', () => {
    const documents = [
      buildBundle([
        { fullUrl: 'urn:uuid:x', resource: buildResource('Claim') },
        { fullUrl: 'http://a/fhir/Claim/c2', resource: buildResource('Claim', { id: 'c2' }) },
      ]),
      buildResource('Immunization', { lotNumber: 'L1', expirationDate: '2027-01' }),
      buildDocument([buildEvent(), buildEvent('TransformationEvent')]),
    ];
    const drafts = documents.flatMap((document) => read(document).drafts);
    expect(drafts).toHaveLength(5);
    for (const { text, mediaType, extract } of drafts) {
      expect(extractContent(text.padEnd(text.length + 300), mediaType)).toEqual(extract);
      expect(JSON.parse(JSON.stringify(extract))).toEqual(extract);
    }
  });

  it.each([
    ['[]', 'application/fhir+json', 'INVALID_RECORD'],
    ['{"a":1,"a":2}', 'application/fhir+json', 'DUPLICATE_MEMBER'],
    ['['.repeat(100_000), 'application/ld+json', 'TOO_DEEP'],
    ['', 'application/ld+json', 'EMPTY_INPUT'],
    ['{}', 'text/plain', 'UNSUPPORTED_MEDIA_TYPE'],
  ])('refuses %.20s as %s', (text, mediaType, code) => {
    expect(() => extractContent(text, mediaType)).toThrow(expect.objectContaining({ code }));
  });

  it('takes a resource that is none of ours for what it can', () => {
    const none = { aliases: [], identifiers: [], references: [] };
    expect(extractContent('{}', 'application/fhir+json')).toEqual({ type: 'unknown', ...none });
    expect(extractContent('{}', 'application/ld+json')).toEqual({ type: 'unknown', ...none });
    const list = '{"resourceType":"Bundle","entry":[]}';
    expect(extractContent(list, 'application/fhir+json')).toEqual({ type: 'Bundle', ...none });
  });
});
