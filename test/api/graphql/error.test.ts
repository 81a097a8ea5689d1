import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { formatError, toGraphQLError, withoutValue } from '../../../src/api/graphql/error.js';
import { AppError, ERROR_CODES, type ErrorCode } from '../../../src/error.js';
import { Reader } from '../../../src/query/reader.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { CANARY } from './support/build-visit.js';
import { MemoryLog } from './support/memory-log.js';
import { CLINICIAN, startApi, type TestApi } from './support/start-api.js';

describe('an error as it is answered', () => {
  const codes = Object.keys(ERROR_CODES).filter((code) => code !== 'INTERNAL') as ErrorCode[];

  it.each(codes)('carries %s with what may be known of it', (code) => {
    const error = toGraphQLError(new AppError(code, 'said', { pointer: '/a', hint: 'do' }));
    expect(formatError(error.toJSON(), error)).toEqual({
      message: 'said',
      extensions: { code, retryable: ERROR_CODES[code].retryable, pointer: '/a', hint: 'do' },
    });
    expect(error.extensions['http']).toEqual({ status: ERROR_CODES[code].status });
  });

  it('finds our error under the wrappers of others', () => {
    const inner = new GraphQLError('x', { originalError: new AppError('LOG_BUSY', 'wait') });
    const outer = new GraphQLError('y', { originalError: inner, extensions: { code: 'OTHER' } });
    expect(formatError(outer.toJSON(), outer)).toMatchObject({
      message: 'wait',
      extensions: { code: 'LOG_BUSY', retryable: true },
    });
  });

  it.each([
    new Error(CANARY),
    new TypeError(CANARY),
    new GraphQLError(CANARY),
    new GraphQLError(CANARY, { originalError: new Error(CANARY) }),
    new GraphQLError(CANARY, { extensions: { code: 'NOT_OURS', [CANARY]: CANARY } }),
    CANARY,
    undefined,
  ])('masks what is not ours: %s', (error) => {
    const formatted = {
      message: CANARY,
      extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [CANARY] },
    };
    expect(formatError(formatted, error)).toEqual({
      message: 'something went wrong here',
      extensions: { code: 'INTERNAL', retryable: false },
    });
  });

  it.each([
    `Variable "$x" got invalid value { name: "${CANARY}" } at "x.a"; String cannot represent a non string value: { name: "${CANARY}" }`,
    `String cannot represent a non string value: "${CANARY}"`,
    `Enum "RecordOrder" cannot represent non-enum value: ${CANARY}.`,
    `Expected value of type "CID", found "${CANARY}"; not a CID`,
    `Syntax Error: Expected Name, found String "${CANARY}".`,
    `Syntax Error: Unexpected BlockString "${CANARY}\n".`,
    `Int cannot represent non 32-bit signed integer value: ${CANARY}`,
  ])('leaves out the values that graphql-js quotes: %s', (message) => {
    expect(withoutValue(message)).not.toContain(CANARY);
  });
});

describe('errors of a request', () => {
  const directory = tempDirectory();
  let api: TestApi;
  const log = new MemoryLog();

  beforeAll(async () => {
    api = await startApi(directory, { logger: log.logger() });
  });
  beforeEach(() => log.clear());
  afterAll(() => api.close());

  it('carry the id of the request', async () => {
    const { errors } = await api.ask(CLINICIAN, '{ record { cid } }');
    expect(errors?.[0]?.extensions?.['requestId']).toMatch(/^request-\d+$/);
    expect(errors?.[0]).toMatchObject({ path: ['record'], locations: [{ line: 1, column: 3 }] });
  });

  it('that nobody foresaw say nothing, and are logged by id, kind and place, without their words', async () => {
    const status = jest.spyOn(api.app.graph.read, 'status');
    status.mockRejectedValueOnce(new TypeError(`patient ${CANARY}`));
    const { data, errors } = await api.ask(CLINICIAN, '{ records { position } viewer { role } }');
    status.mockRestore();
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message: 'something went wrong here',
        locations: expect.anything(),
        path: ['records'],
        extensions: { code: 'INTERNAL', retryable: false, requestId: expect.any(String) },
      },
    ]);
    expect(log.text).toContain(String(errors?.[0]?.extensions?.['requestId']));
    expect(log.text).toContain('"type":"TypeError"');
    expect(log.text).not.toContain(CANARY);
  });

  it('never quote a record sent in the wrong place', async () => {
    const content = { resourceType: 'Patient', name: [{ family: CANARY }] };
    const query =
      'mutation ($input: CaptureInput!) { capture(input: $input) { userErrors { code } } }';
    const literal = `mutation { capture(input: {documents: [{content: {family: "${CANARY}"}}]}) { userErrors { code } } }`;
    const answers = [
      await api.ask(CLINICIAN, query, { input: { documents: [{ content }] } }),
      await api.ask(CLINICIAN, query, { input: { documents: content } }),
      await api.ask(CLINICIAN, literal),
      await api.ask(CLINICIAN, `{ record(cid: "${CANARY}") { cid } }`),
      await api.ask(CLINICIAN, `{ "${CANARY}" }`),
      await api.ask(CLINICIAN, `{ records(orderBy: "${CANARY}") { position } }`),
    ];
    for (const answer of answers) {
      expect(answer.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(answer)).not.toContain(CANARY);
      for (const { extensions } of answer.errors ?? []) {
        expect(Object.keys(ERROR_CODES)).toContain(extensions?.['code']);
      }
    }
    expect(log.text).not.toContain(CANARY);
  });

  it('of parsing and validation keep their places and well-known codes', async () => {
    expect(await api.fail(CLINICIAN, '{ viewer {')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await api.fail(CLINICIAN, '{ nothing }')).toBe('GRAPHQL_VALIDATION_FAILED');
    const { errors } = await api.ask(CLINICIAN, '{ viewer { role } nothing }');
    expect(errors?.[0]?.locations).toEqual([{ line: 1, column: 19 }]);
  });

  it('of a deadline say so, and end the work', async () => {
    const signal = AbortSignal.abort();
    const contextValue = api.context(CLINICIAN, signal);
    const query = '{ records { position } }';
    const { body } = await api.apollo.executeOperation({ query }, { contextValue });
    expect(body).toMatchObject({
      singleResult: { errors: [{ extensions: { code: 'DEADLINE', retryable: true } }] },
    });
  });

  it('of a store that does not answer in time are a deadline, not a hang', async () => {
    const slow = { ...api.rooms, limits: { ...api.rooms.limits, deadlineMs: 30 } };
    const contextValue = { ...api.context(CLINICIAN), rooms: slow };
    contextValue.reader = new Reader(slow, CLINICIAN);
    const status = jest.spyOn(api.app.graph.read, 'status');
    status.mockReturnValueOnce(new Promise(() => {}));
    const query = '{ records { position } }';
    const { body } = await api.apollo.executeOperation({ query }, { contextValue });
    status.mockRestore();
    expect(body).toMatchObject({
      singleResult: { errors: [{ extensions: { code: 'DEADLINE' } }] },
    });
  });
});
