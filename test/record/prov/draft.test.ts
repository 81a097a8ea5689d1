import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../../../src/crypto/bytes.js';
import { cidOf } from '../../../src/crypto/cid.js';
import { readDocument } from '../../../src/record/document.js';
import { isProblem, type Draft, type Problem } from '../../../src/record/draft.js';
import { extractContent } from '../../../src/record/extract.js';

const CID = cidOf(utf8('a record'));
const DOCUMENT = {
  prefix: { cid: 'urn:cid:', ex: 'http://example.org/' },
  entity: { [`cid:${CID}`]: {}, 'ex:cohort': { 'prov:label': 'Cohort' }, 'cid:nonsense': {} },
  bundle: { 'ex:b': { entity: { [`cid:${CID}`]: {} } } },
};

function read(document: unknown, mediaType?: string): (Draft | Problem)[] {
  return [...readDocument(JSON.stringify(document), { mediaType })];
}

function draftOf(document: unknown, mediaType?: string): Draft {
  const [draft, ...others] = read(document, mediaType);
  if (!draft || isProblem(draft) || others.length > 0) throw new Error('not one draft');
  return draft;
}

describe('PROV-JSON as a record', () => {
  it('is told by its media type, and by its content', () => {
    const said = draftOf(DOCUMENT, 'application/prov+json');
    expect(draftOf(DOCUMENT)).toEqual(said);
    expect(said).toMatchObject({
      class: 'dataset',
      mediaType: 'application/prov+json',
      text: JSON.stringify(DOCUMENT),
      extract: { type: 'ProvDocument', aliases: [], identifiers: [] },
    });
    expect(said).not.toHaveProperty('identity');
  });

  it('rests on the records it has as entities, and on nothing else', () => {
    expect(draftOf(DOCUMENT).extract.references).toEqual([
      { target: `urn:cid:${CID}`, relation: 'wasDerivedFrom', path: '/entity' },
    ]);
  });

  it('has a scope of its own, always the same, that does not tell what it says', () => {
    const { scopeLabel } = draftOf(DOCUMENT);
    expect(scopeLabel).toMatch(/^dataset\/prov\/[\da-f]{64}$/);
    expect(draftOf(DOCUMENT).scopeLabel).toBe(scopeLabel);
    expect(draftOf({ ...DOCUMENT, bundle: {} }).scopeLabel).not.toBe(scopeLabel);
  });

  it('gives the same extract from its sealed text', () => {
    const { text, mediaType, extract } = draftOf(DOCUMENT);
    expect(extractContent(text, mediaType)).toEqual(extract);
  });

  it('is read line by line and out of lists, too', () => {
    const line = JSON.stringify(DOCUMENT);
    const lines = [...readDocument(`${line}\n${line}`, { mediaType: 'application/x-ndjson' })];
    expect(lines.map((draft) => 'extract' in draft && draft.extract.type)).toEqual([
      'ProvDocument',
      'ProvDocument',
    ]);
    expect(read([DOCUMENT])).toHaveLength(1);
  });

  it.each<[string, object, string | undefined, string, string]>([
    ['nothing but prefixes', { prefix: {} }, undefined, 'UNKNOWN_RESOURCE_TYPE', ''],
    ['another member', { entity: {}, events: [] }, undefined, 'UNKNOWN_RESOURCE_TYPE', ''],
    [
      'another member, said to be PROV',
      { entity: {}, events: [] },
      'application/prov+json',
      'INVALID_RECORD',
      '',
    ],
    [
      'FHIR, said to be PROV',
      { resourceType: 'Patient' },
      'application/prov+json',
      'INVALID_RECORD',
      '',
    ],
    [
      'a prefix nobody declared',
      { entity: { 'no:x': {} } },
      undefined,
      'INVALID_RECORD',
      '/entity',
    ],
    [
      'a NUL',
      { entity: { '_:a': { 'prov:label': '\0' } } },
      undefined,
      'INVALID_RECORD',
      '/entity',
    ],
  ])('refuses %s', (_what, document, mediaType, code, pointer) => {
    expect(read(document, mediaType)).toMatchObject([{ code, pointer }]);
  });
});
