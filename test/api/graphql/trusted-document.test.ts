import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HeaderMap } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, specifiedRules, validate } from 'graphql';
import { limitRule } from '../../../src/api/graphql/limit/limit-rule.js';
import { buildApiSchema } from '../../../src/api/graphql/schema.js';
import { TrustedDocuments } from '../../../src/api/graphql/trusted-document.js';
import { DEFAULT_LIMITS } from '../../../src/query/limit.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { ANONYMOUS, startApi, type TestApi } from './support/start-api.js';

const FILE = new URL('../../../src/cli/gql/persisted-documents.json', import.meta.url);
const documents = Object.entries(JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>);
const LOG = documents.find(([, text]) => text.startsWith('query Log'))!;

describe('trusted documents', () => {
  const directory = tempDirectory();
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(directory);
  });
  afterAll(() => api.close());

  const post = async (body: object) => {
    const headers = new HeaderMap([['content-type', 'application/json']]);
    const response = await api.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: async () => api.context(ANONYMOUS),
    });
    if (response.body.kind !== 'complete') throw new Error('one answer was expected');
    return JSON.parse(response.body.string) as { data?: object; errors?: { extensions: object }[] };
  };

  it.each(documents)(
    'are the operations of our client, each within the limits: %s',
    (hash, text) => {
      expect(hash).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
      const rules = [...specifiedRules, limitRule(DEFAULT_LIMITS)];
      expect(validate(buildApiSchema(), parse(text), rules)).toEqual([]);
    },
  );

  it('are run when their hash is sent in place of their text', async () => {
    const [hash] = LOG;
    const sha256Hash = hash.replace('sha256:', '');
    const byDocumentId = await post({ documentId: hash });
    const byExtension = await post({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
    for (const { data } of [byDocumentId, byExtension]) {
      expect(data).toMatchObject({ log: { origin: api.app.ledger.origin } });
    }
  });

  it('are not found by other hashes', async () => {
    for (const body of [
      { documentId: 'sha256:00' },
      { documentId: '__proto__' },
      { extensions: { persistedQuery: { version: 1, sha256Hash: '00' } } },
    ]) {
      expect((await post(body)).errors).toMatchObject([
        { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
      ]);
    }
  });

  it('are refused with a code when the request for one makes no sense', async () => {
    const query = '{ viewer { role } }';
    const version = { persistedQuery: { version: 2, sha256Hash: '00' } };
    const mismatch = { persistedQuery: { version: 1, sha256Hash: '00' } };
    for (const body of [
      { extensions: version },
      { query, extensions: mismatch },
      { query: 7 },
      {},
    ]) {
      expect((await post(body)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('are not added by clients', async () => {
    const query = '{ viewer { role } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await post({ query, extensions })).data).toBeDefined();
    expect((await post({ extensions })).errors).toBeDefined();
    const store = new TrustedDocuments();
    expect(await store.get(LOG[0])).toBe(LOG[1]);
    expect(await store.get(`apq:${LOG[0].slice(7)}`)).toBe(LOG[1]);
  });
});
