import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../../../src/record/document.js';
import { isProblem, type Draft } from '../../../src/record/draft.js';
import { extractContent } from '../../../src/record/extract.js';
import { parseSource } from '../../../src/record/fhir/source.js';
import { read, readOne, readProblems } from '../reading.js';
import { buildBundle, buildResource, type EntryInput } from './build.js';

const UUID = '0b2c1f3e-8d5a-4c6b-9e7f-1a2b3c4d5e6f';
const OTHER = '1b2c1f3e-8d5a-4c6b-9e7f-1a2b3c4d5e6f';
const ref = (reference: string) => ({ reference });

const draftOf = (entry: EntryInput) => readOne(buildBundle([entry]));

describe('reading a FHIR Bundle', () => {
  it.each('transaction batch collection searchset history document message'.split(' '))(
    'takes a %s resource by resource, in its order, with their places',
    (type) => {
      const entries = ['Patient', 'Encounter', 'Claim'].map((name) => ({
        resource: buildResource(name),
      }));
      const { drafts, problems } = read(buildBundle(entries, type));
      expect(problems).toEqual([]);
      expect(drafts.map(({ pointer, extract }) => `${pointer} ${extract.type}`)).toEqual([
        '/entry/0/resource Patient',
        '/entry/1/resource Encounter',
        '/entry/2/resource Claim',
      ]);
    },
  );

  it('refuses names that would multiply its records', () => {
    const resource = buildResource('Patient', { id: '1' });
    const fullUrl = `https://a.example/${'x'.repeat(1_100)}/Patient/1`;
    expect(readProblems(buildBundle([{ resource, fullUrl }]))).toEqual([
      'INVALID_RECORD /entry/0/fullUrl',
    ]);
    for (const url of [`https://a.example/${'x'.repeat(600)}`, 'here', 'https://a|b']) {
      const link = [{ relation: 'urn:provtrail:source', url }];
      const bundle = { resourceType: 'Bundle', type: 'collection', link, entry: [{ resource }] };
      expect(readProblems(bundle)).toEqual(['INVALID_RECORD /link']);
    }
  });

  it('keeps the good entries and tells the place of each bad one', () => {
    const { drafts, problems } = read(
      buildBundle([
        { resource: buildResource('Patient') },
        { resource: { resourceType: 'Nothing' } },
        { resource: buildResource('Claim', { item: [{ encounter: [] }] }) },
        {},
        { resource: buildResource('Encounter') },
      ]),
    );
    expect(drafts.map(({ pointer }) => pointer)).toEqual([
      '/entry/0/resource',
      '/entry/4/resource',
    ]);
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'UNKNOWN_RESOURCE_TYPE /entry/1/resource/resourceType',
      'INVALID_RECORD /entry/2/resource/item/0/encounter',
      'INVALID_RECORD /entry/3/resource',
    ]);
  });

  it.each([
    ['no type', { type: undefined }, 'INVALID_RECORD /type'],
    ['an unknown type', { type: 'pile' }, 'INVALID_RECORD /type'],
    ['no entries', { entry: undefined }, 'EMPTY_INPUT '],
    ['an empty list of entries', { entry: [] }, 'EMPTY_INPUT '],
    ['entries that are no list', { entry: {} }, 'INVALID_RECORD /entry'],
    ['an entry that is text', { entry: ['x'] }, 'INVALID_RECORD /entry/0'],
    ['a resource that is text', { entry: [{ resource: 'x' }] }, 'INVALID_RECORD /entry/0/resource'],
    [
      'a fullUrl that is a number',
      { entry: [{ fullUrl: 1, resource: buildResource('Patient') }] },
      'INVALID_RECORD /entry/0/fullUrl',
    ],
  ])('refuses a Bundle with %s', (_name, members, problem) => {
    expect(readProblems({ ...buildBundle([]), ...members })).toEqual([problem]);
  });

  it('reads Bundles inside a Bundle', () => {
    const inner = buildBundle([{ resource: buildResource('Patient') }], 'searchset');
    const bundle = buildBundle([{ resource: inner }, { resource: buildBundle([]) }]);
    const { drafts, problems } = read(bundle);
    expect(drafts.map(({ pointer }) => pointer)).toEqual(['/entry/0/resource/entry/0/resource']);
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'EMPTY_INPUT /entry/1/resource',
    ]);
  });

  it('keeps each number as it was spelt', () => {
    const numbers = '[1.10,-0,1e400,123456789012345678901234567890,0.10E-2]';
    const text = `{ "resourceType": "Bundle", "type": "batch", "entry": [ { "resource":
      { "resourceType": "Basic", "valueDecimal": ${numbers.replaceAll(',', ' , ')} } } ] }`;
    expect(readOne(text).text).toBe(`{"resourceType":"Basic","valueDecimal":${numbers}}`);
  });

  it('reads 100,000 entries within seconds', () => {
    const resource = buildResource('Encounter');
    const bundle = buildBundle(
      Array.from({ length: 100_000 }, (_, i) => ({ resource: { ...resource, id: `e${i}` } })),
    );
    const text = JSON.stringify(bundle);
    const { drafts } = read(text);
    expect(drafts).toHaveLength(100_000);
    expect(drafts.at(-1)!.pointer).toBe('/entry/99999/resource');
  });
});

describe('the names of a Bundle entry', () => {
  it.each([
    ['its URN', `urn:uuid:${UUID}`, UUID],
    ['its URN in capitals', `urn:uuid:${UUID.toUpperCase()}`, UUID],
    ['its OID', 'urn:oid:1.2.3', '1.2.3'],
  ])('need no sealing where the resource alone tells %s', (_name, fullUrl, id) => {
    const resource = buildResource('Claim', { id });
    expect(draftOf({ fullUrl, resource }).text).toBe(JSON.stringify(resource));
  });

  it('are sealed with the resource where it cannot tell them', () => {
    for (const id of [undefined, 'c1']) {
      const fullUrl = `urn:uuid:${UUID}`;
      const resource = buildResource('Claim', { id });
      const draft = draftOf({ fullUrl, resource });
      expect(JSON.parse(draft.text)).toEqual(
        JSON.parse(JSON.stringify(buildBundle([{ fullUrl, resource }]))),
      );
      expect(draft.extract.type).toBe('Claim');
      expect(draft.extract.aliases).toEqual([...(id ? ['Claim/c1'] : []), fullUrl]);
      expect(extractContent(draft.text, draft.mediaType)).toEqual(draft.extract);
      expect(readOne(draft.text).text).toBe(draft.text);
    }
  });

  it('join references by URN, by relative and by absolute URL', () => {
    const base = 'https://a.example/fhir';
    const { drafts } = read(
      buildBundle([
        { fullUrl: `${base}/Encounter/e1`, resource: buildResource('Encounter') },
        { fullUrl: `urn:uuid:${UUID}`, resource: buildResource('Condition', { id: undefined }) },
        { fullUrl: `urn:uuid:${OTHER}`, resource: buildResource('Procedure', { id: OTHER }) },
        {
          fullUrl: `${base}/Claim/c1`,
          resource: buildResource('Claim', {
            item: [{ encounter: [ref('Encounter/e1'), ref(`${base}/Encounter/e1/_history/1`)] }],
            diagnosis: [{ diagnosisReference: ref(`urn:uuid:${UUID}`) }],
            procedure: [{ procedureReference: ref(`urn:uuid:${OTHER}`) }],
          }),
        },
      ]),
    );
    const owner = new Map(
      drafts.flatMap((d) => d.extract.aliases.map((name) => [name, d] as const)),
    );
    const reached = drafts[3]!.extract.references
      .filter(({ relation }) => relation === 'wasDerivedFrom')
      .map(({ target }) => owner.get(target)?.extract.type);
    expect(reached).toEqual(['Encounter', 'Encounter', 'Condition', 'Procedure']);
    for (const { text, mediaType, extract } of drafts) {
      expect(extractContent(text, mediaType)).toEqual(extract);
    }
  });

  it('never join a reference to another server with a record of the same id', () => {
    const fullUrl = 'https://a.example/fhir/Claim/c1';
    const item = [{ encounter: [ref('https://b.example/fhir/Encounter/e1')] }];
    const draft = draftOf({ fullUrl, resource: buildResource('Claim', { item }) });
    const targets = draft.extract.references.map(({ target }) => target);
    expect(targets).toContain('https://b.example/fhir/Encounter/e1');
    expect(targets).not.toContain('Encounter/e1');
  });

  it('are of their server, which is sealed with them', () => {
    const entry = (server: string) => ({
      fullUrl: `${server}/Claim/c1`,
      resource: buildResource('Claim', { item: [{ encounter: [ref('Encounter/e1')] }] }),
    });
    const { drafts } = read(buildBundle([entry('https://a/fhir'), entry('https://b/fhir')]));
    expect(drafts.map(({ extract }) => extract.aliases)).toEqual([
      ['https://a/fhir/Claim/c1'],
      ['https://b/fhir/Claim/c1'],
    ]);
    expect(drafts.map(({ scopeLabel }) => scopeLabel)).toEqual([
      'patient/https://a/fhir/Patient/p1',
      'patient/https://b/fhir/Patient/p1',
    ]);
    expect(drafts.map(({ identity }) => identity)).toEqual([
      'fhir|https://a/fhir|Claim|Claim/c1',
      'fhir|https://b/fhir|Claim|Claim/c1',
    ]);
    for (const { text, mediaType, extract } of drafts) {
      expect(extract.references.map(({ target }) => target)).toEqual([
        expect.stringMatching(/^https:..[ab].fhir.Patient.p1$/),
        expect.stringMatching(/^https:..[ab].fhir.Encounter.e1$/),
      ]);
      expect(extractContent(text, mediaType)).toEqual(extract);
      expect(readOne(text).text).toBe(text);
    }
  });

  it('are told by the fullUrl in whichever spelling', () => {
    const fullUrl = 'https://a.example/fhir/Claim/c1/_history/3';
    const text = JSON.stringify(buildBundle([{ fullUrl, resource: buildResource('Claim') }]));
    const draft = readOne(text.replaceAll('https://', 'https:\\/\\/'));
    expect(draft.extract.aliases).toEqual(['https://a.example/fhir/Claim/c1']);
    expect(extractContent(draft.text, draft.mediaType)).toEqual(draft.extract);
  });
});

describe('a source given with a document', () => {
  const source = 'https://h.example/fhir';
  const readAt = (input: unknown) => {
    const items = [...readDocument(JSON.stringify(input), { source })];
    return items.filter((item): item is Draft => !isProblem(item));
  };

  it('names resources whose fullUrl tells no server, and what they refer to', () => {
    const entries = [
      { resource: buildResource('Claim') },
      { fullUrl: `urn:uuid:${UUID}`, resource: buildResource('Claim', { id: UUID }) },
      { fullUrl: `urn:uuid:${OTHER}`, resource: buildResource('Claim') },
      { fullUrl: 'https://b/Claim/c1', resource: buildResource('Claim') },
      { resource: buildResource('Claim', { id: undefined }) },
    ];
    const drafts = [...readAt(buildBundle(entries)), ...readAt(buildResource('Claim'))];
    expect(drafts.map(({ extract }) => extract.aliases)).toEqual([
      [`${source}/Claim/c1`],
      [`${source}/Claim/${UUID}`, `urn:uuid:${UUID}`],
      [`${source}/Claim/c1`, `urn:uuid:${OTHER}`],
      ['https://b/Claim/c1'],
      [],
      [`${source}/Claim/c1`],
    ]);
    expect(drafts.map(({ extract }) => extract.references[0]!.target)).toEqual(
      [source, source, source, 'https://b', source, source].map((base) => `${base}/Patient/p1`),
    );
    for (const { text, mediaType, extract } of drafts) {
      expect(extractContent(text, mediaType)).toEqual(extract);
      expect(readOne(text)).toMatchObject({ text, extract });
    }
  });

  it('gives a patient one key scope by every name', () => {
    const drafts = readAt(
      buildBundle([
        { fullUrl: `urn:uuid:${UUID}`, resource: buildResource('Patient', { id: UUID }) },
        { resource: buildResource('Observation', { subject: ref(`urn:uuid:${UUID}`) }) },
      ]),
    );
    const alone = readAt(buildResource('Observation', { subject: ref(`urn:uuid:${UUID}`) }));
    const labels = [...drafts, ...alone].map(({ scopeLabel }) => scopeLabel);
    expect(new Set(labels)).toEqual(new Set([`patient/${source}/Patient/${UUID}`]));
  });

  it.each(['https://a.example/fhir/', 'http://a', 'urn:oid:1.2.3', 'urn:uuid:x'])(
    'may be %s',
    (text) => expect(parseSource(text)).toBe(text.replace(/\/$/, '')),
  );

  it.each([
    '',
    'a',
    'ftp://a',
    'http://',
    'https://a/b?c',
    'urn:x',
    'http://a b',
    `urn:oid:${'1'.repeat(600)}`,
  ])('is not %j', (text) => expect(() => parseSource(text)).toThrow(/absolute http/));

  it('is refused at once, however long it is', () => {
    const text = `https://a${'/'.repeat(400_000)}x`;
    expect(() => parseSource(text)).toThrow(/absolute http/);
  });
});
