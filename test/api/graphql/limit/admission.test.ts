import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { tempDirectory } from '../../../support/temp-directory.js';
import { ANONYMOUS, CLINICIAN, startApi, type TestApi } from '../support/start-api.js';

const times = (n: number, part: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => part(i)).join(' ');
const doubling = (n: number) =>
  `{ ...F0 } ${times(n, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${n} on Query { viewer { role } }`;

describe('what a query may ask', () => {
  const directory = tempDirectory();
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(directory);
  });
  afterAll(() => api.close());

  const bombs: [string, string, string][] = [
    ['tokens', `{ ${'viewer { role } '.repeat(600)} }`, 'QUERY_TOO_COMPLEX'],
    ['aliases', `{ ${times(31, (i) => `a${i}: viewer { role }`)} }`, 'QUERY_TOO_COMPLEX'],
    [
      'aliases in fragments',
      `{ ${times(4, (i) => `b${i}: logs { ...F }`)} } fragment F on Log { ${times(10, (i) => `c${i}: origin`)} }`,
      'QUERY_TOO_COMPLEX',
    ],
    ['fields of one name', `{ ${'logs { origin } '.repeat(400)} }`, 'QUERY_TOO_COMPLEX'],
    [
      'depth',
      `{ log { entry(seq: 0) { ${'record { entry { '.repeat(6)} seq ${'} } '.repeat(6)} } } }`,
      'QUERY_TOO_COMPLEX',
    ],
    ['braces that are never closed', '{ log '.repeat(900), 'GRAPHQL_PARSE_FAILED'],
    ['directives', `{ viewer { role ${'@include(if: true) '.repeat(51)} } }`, 'QUERY_TOO_COMPLEX'],
    ['fragments that double', doubling(120), 'QUERY_TOO_COMPLEX'],
    [
      'fragments in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a circle with depth',
      '{ ...A } fragment A on Query { log { ...B } } fragment B on Log { entry(seq: 0) { record { entry { ...C } } } } fragment C on Entry { record { entry { ...C } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'lists in lists',
      `{ nodes(ids: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'cost',
      '{ records(first: 500) { nodes { entry { inclusionProof { hashes } } inclusionProof { hashes } identifiers { value } record: content contentState rid cid seq type class } } }',
      'QUERY_TOO_COMPLEX',
    ],
    [
      'cost of pages in pages',
      '{ log { entries(first: 500) { nodes { record { entry { record { content contentState identifiers { value } } } } inclusionProof { hashes } } } } }',
      'QUERY_TOO_COMPLEX',
    ],
  ];

  it.each(bombs)('refuses a bomb of %s, fast', async (_, query, code) => {
    expect(await api.fail(CLINICIAN, query)).toBe(code);
  });

  it('names the limit that was passed', async () => {
    const { errors, extensions } = await api.ask(
      CLINICIAN,
      `{ ${times(31, (i) => `a${i}: logs { origin }`)} }`,
    );
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      message: 'a query may have at most 30 aliases',
      extensions: { code: 'QUERY_TOO_COMPLEX', limit: 30, retryable: false },
    });
    expect(extensions).toBeUndefined();
  });

  it('reports what a query may cost', async () => {
    const cost = async (query: string, variables = {}) =>
      (await api.ask(CLINICIAN, query, variables)).extensions?.['cost'] as { requested: number };
    const records = 'query ($first: Int) { records(first: $first) { nodes { cid } } }';
    expect(await cost('{ viewer { role } }')).toEqual({ requested: 2, maximum: 20_000 });
    const [few, many] = [await cost(records, { first: 1 }), await cost(records, { first: 100 })];
    expect(many.requested).toBeGreaterThan(few.requested * 10);
    const negative = await cost(records, { first: -5 });
    expect(negative.requested).toBeGreaterThan(many.requested);
    expect(await cost(records, { first: 1 })).toEqual(few);
  });

  it('counts anew what flags and the length of lists change, however often it was asked', async () => {
    const cost = async (variables: object) => {
      const query =
        'query ($ids: [ID!]!, $all: Boolean!) { nodes(ids: $ids) { id @include(if: $all) } }';
      const { extensions } = await api.ask(CLINICIAN, query, { ...variables });
      return (extensions?.['cost'] as { requested: number }).requested;
    };
    const one = await cost({ ids: ['a'], all: false });
    expect(await cost({ ids: ['b'], all: false })).toBe(one);
    expect(await cost({ ids: ['b', 'c'], all: false })).toBe(2 * one);
    expect(await cost({ ids: ['b', 'c'], all: true })).toBeGreaterThan(2 * one);
  });

  it.each([
    ['a number for a list of documents', { input: { documents: 7 } }, '/input/documents'],
    [
      'an object for a text',
      { input: { documents: [{ content: { a: 1 } }] } },
      '/input/documents/0/content',
    ],
    ['a name that is none', { input: { documents: [], x: 1 } }, '/input'],
    ['nothing', {}, '/input'],
    ['null', { input: null }, '/input'],
    ['an enum value that is none', { input: { documents: [], mode: 'MAYBE' } }, '/input/mode'],
    [
      '100,000 wrong values',
      { input: { documents: Array(100_000).fill(7) } },
      '/input/documents/0',
    ],
    [
      '100,000 unknown names',
      { input: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`x${i}`, i])) },
      '/input',
    ],
    [
      'nesting 50,000 deep',
      { input: { documents: JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown } },
      '/input/documents/0',
    ],
    [
      '__proto__',
      JSON.parse('{"input": {"documents": [], "__proto__": {"mode": "PROCEED"}}}') as object,
      '/input',
    ],
  ])('refuses variables with %s, and says where', async (_, variables, pointer) => {
    const query =
      'mutation ($input: CaptureInput!) { capture(input: $input) { userErrors { code } } }';
    const { errors } = await api.ask(CLINICIAN, query, variables as Record<string, unknown>);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', pointer });
  });

  it('refuses an operation name that names none, and a document of several without one', async () => {
    const query = 'query A { viewer { role } } query B { viewer { role } }';
    expect(await api.fail(CLINICIAN, query)).toBe('BAD_USER_INPUT');
  });

  it('lets callers with a token introspect, and nobody else', async () => {
    const { __schema } = await api.get<{ __schema: { types: unknown[] } }>(
      CLINICIAN,
      getIntrospectionQuery(),
    );
    expect(__schema.types.length).toBeGreaterThan(30);
    expect(await api.fail(ANONYMOUS, getIntrospectionQuery())).toBe('UNAUTHENTICATED');
    expect(
      await api.fail(ANONYMOUS, '{ ...F } fragment F on Query { __type(name: "Record") { name } }'),
    ).toBe('UNAUTHENTICATED');
    expect(await api.get(ANONYMOUS, '{ __typename viewer { __typename role } }')).toEqual({
      __typename: 'Query',
      viewer: { __typename: 'Viewer', role: 'anonymous' },
    });
  });

  it('bounds introspection too', async () => {
    const query = `{ __schema { types ${'{ fields { type '.repeat(11)} { name } ${'} }'.repeat(11)} } }`;
    expect(['QUERY_TOO_COMPLEX', 'GRAPHQL_VALIDATION_FAILED']).toContain(
      await api.fail(CLINICIAN, query),
    );
  });

  it('suggests the names of fields to callers with a token only', async () => {
    const query = '{ viewer { rol } }';
    const { errors: known } = await api.ask(CLINICIAN, query);
    const { errors: stranger } = await api.ask(ANONYMOUS, query);
    expect(known?.[0]?.message).toContain('Did you mean "role"');
    expect(stranger?.[0]?.message).toBe('Cannot query field "rol" on type "Viewer".');
  });
});
