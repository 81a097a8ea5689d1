import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../../../src/record/document.js';
import { isProblem, type Draft, type Problem } from '../../../src/record/draft.js';
import { extractContent } from '../../../src/record/extract.js';

const MEDIA_TYPE = 'application/vnd.provtrail.dataset+json';

const dataset = {
  type: 'Dataset',
  id: 'cohort-1',
  name: 'Heart rates of adults',
  description: 'Resting heart rates',
  method: 'mean by age',
  code: { repository: 'https://git.example/r', revision: 'abc', path: 'run.py' },
  parameters: { ageMin: 18 },
  result: { mediaType: 'text/csv', sha256: 'a'.repeat(64), rows: 12, value: 61.5 },
  createdAt: '2026-03-04T05:06:07Z',
};

function read(value: unknown, mediaType?: string): (Draft | Problem)[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [...readDocument(text, { mediaType })];
}

describe('the description of a dataset', () => {
  it('becomes a draft in a key scope of its own, found by its id', () => {
    for (const mediaType of [MEDIA_TYPE, 'application/json', undefined]) {
      expect(read(dataset, mediaType)).toEqual([
        expect.objectContaining({
          pointer: '',
          class: 'dataset',
          mediaType: MEDIA_TYPE,
          scopeLabel: 'dataset/cohort-1',
          identity: 'dataset|cohort-1',
          extract: {
            type: 'Dataset',
            id: 'cohort-1',
            aliases: ['identifier:urn:provtrail:dataset|cohort-1'],
            identifiers: [{ system: 'urn:provtrail:dataset', value: 'cohort-1' }],
            references: [],
            occurredAt: Date.UTC(2026, 2, 4, 5, 6, 7),
          },
        }),
      ]);
    }
  });

  it('has the extract that its plaintext has, and keeps the spelling of numbers', () => {
    const [draft] = read(JSON.stringify(dataset).replace('61.5', '61.50')) as [Draft];
    expect(draft.text).toContain('"value":61.50');
    expect(extractContent(draft.text, draft.mediaType)).toEqual(draft.extract);
  });

  it.each<[string, object, string]>([
    ['without an id', { ...dataset, id: undefined }, ''],
    ['with an id of two words', { ...dataset, id: 'a b' }, '/id'],
    ['without a name', { ...dataset, name: undefined }, ''],
    ['with code that has no revision', { ...dataset, code: { repository: 'r' } }, '/code'],
    ['with parameters in a list', { ...dataset, parameters: [] }, '/parameters'],
    ['with an empty result', { ...dataset, result: {} }, '/result'],
    [
      'with a result by a short hash, whose pointer shows no digits',
      { ...dataset, result: { sha256: 'ab' } },
      '/result',
    ],
    ['with half a row', { ...dataset, result: { rows: 0.5 } }, '/result/rows'],
    ['made on a day', { ...dataset, createdAt: '2026-01-01' }, '/createdAt'],
    ['with a member nobody knows', { ...dataset, sources: ['x'] }, ''],
    ['with a NUL', { ...dataset, name: 'a\0b' }, '/name'],
  ])('is refused %s, with the place', (_, value, pointer) => {
    expect(read(value)).toEqual([expect.objectContaining({ code: 'INVALID_RECORD', pointer })]);
  });

  it('stands alone when its media type says so', () => {
    expect(read([dataset], MEDIA_TYPE).every(isProblem)).toBe(true);
    expect(read({ resourceType: 'Patient' }, MEDIA_TYPE)).toEqual([
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
    ]);
    expect(read(dataset, 'application/fhir+json').every(isProblem)).toBe(true);
  });
});
