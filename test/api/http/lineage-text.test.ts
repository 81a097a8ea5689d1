import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../src/access/viewer.js';
import { createApollo } from '../../../src/api/graphql/apollo.js';
import { createContext } from '../../../src/api/graphql/context.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildVisit, CANARY } from '../graphql/support/build-visit.js';
import { captureAll, type Captured } from '../graphql/support/capture-all.js';
import { viewerOf, type TestApi } from '../graphql/support/start-api.js';
import { startServer, type TestServer } from './support/start-server.js';

const UNIT = 'urn:epc:id:sgtin:0614141.107346.PACK7MARMOT';
const EVENT = JSON.stringify({
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  ...{ type: 'ObjectEvent', action: 'ADD', eventTime: '1999-05-05T00:00:00.000Z' },
  ...{ eventTimeZoneOffset: '+00:00', epcList: [UNIT] },
});
const EVERYTHING = `
  nodes { __typename id key kind uri cid rid version depth seq capturedAt class type author organisation occurredAt isLatest indexState }
  edges { __typename from to relation path evidence since until rule }
  isComplete reason omitted isOmittedExact frontier redacted unresolved cycles position
  facets { types { value count } depths { value count } }
  pageInfo { hasNextPage }`;

/** What is written straight into the answer must be what graphql-js would have made of it. */
describe('lineage over HTTP', () => {
  const directory = tempDirectory();
  let node: TestServer;
  let records: Captured[];
  let apollo: ReturnType<typeof createApollo>;

  beforeAll(async () => {
    node = await startServer(directory);
    apollo = createApollo(node.rooms);
    await apollo.start();
    const api = { ask: (_: unknown, ...asked: [string, object?]) => node.graphql(...asked) };
    const get = async (_: unknown, ...asked: [string, object?]) =>
      (await node.graphql(...asked)).data;
    const documents = [buildVisit(1), buildVisit(2), EVENT];
    records = await captureAll({ ...api, get, app: node.app } as unknown as TestApi, documents);
  });
  afterAll(async () => {
    await apollo.stop();
    await node.close();
  });

  const overHttp = async (role: Role, query: string, variables: object) => {
    const authorization = `Bearer ${await node.token({ role })}`;
    const answer = await node.ask('/graphql', {
      ...{ method: 'POST', body: JSON.stringify({ query, variables }) },
      headers: { authorization, 'content-type': 'application/json' },
    });
    return (await answer.json()) as { data: unknown; errors?: { path?: unknown }[] };
  };

  const inObjects = async (role: Role, query: string, variables: object) => {
    const contextValue = createContext({
      ...{ rooms: node.rooms, viewer: viewerOf(role), requestId: 'r' },
    });
    const request = { query, variables: { ...variables } };
    const { body } = await apollo.executeOperation(request, { contextValue });
    if (body.kind !== 'single') throw new Error('one answer was expected');
    return JSON.parse(JSON.stringify(body.singleResult)) as { data: unknown; errors?: unknown[] };
  };

  const bill = () => ({ input: { roots: [{ cid: records[4]!.cid }], direction: 'BOTH' } });
  const event = () => ({ input: { roots: [{ cid: records.at(-1)!.cid }], direction: 'BOTH' } });

  it.each([
    [
      'everything there is',
      `query ($input: LineageInput!) { lineage(input: $input) { ${EVERYTHING} } }`,
    ],
    [
      'other names, in another order, twice',
      `query ($input: LineageInput!) {
        b: lineage(input: $input) { ties: edges { t: to f: from } isComplete all: nodes { c: cid d: depth c: cid } }
        a: lineage(input: $input) { nodes { type } edges { relation } }
        viewer { role }
      }`,
    ],
    [
      'fragments and directives',
      `query ($input: LineageInput!, $no: Boolean = false) {
        lineage(input: $input) { ...G nodes @skip(if: $no) { depth ...N @include(if: $no) } edges @include(if: $no) { from } }
      }
      fragment G on LineageGraph { nodes { ... on LineageNode { seq } ... @include(if: true) { kind } } __typename }
      fragment N on LineageNode { rid }`,
    ],
    [
      'neither nodes nor edges',
      `query ($input: LineageInput!) { lineage(input: $input) { isComplete } }`,
    ],
    [
      'one list under two names',
      `query ($input: LineageInput!) { lineage(input: $input) { a: nodes { cid } b: nodes { depth } } }`,
    ],
    [
      'what only a resolver knows',
      `query ($input: LineageInput!) { lineage(input: $input) { nodes { cid record { cid } } edges { from } } }`,
    ],
  ])('says the same as in objects: %s', async (_, query) => {
    for (const role of ['clinician', 'researcher', 'service'] as const) {
      for (const variables of [bill(), event()]) {
        const [text, objects] = [
          await overHttp(role, query, variables),
          await inObjects(role, query, variables),
        ];
        expect(text.errors).toBeUndefined();
        // as text: the order of members is part of an answer
        expect(JSON.stringify(text.data)).toBe(JSON.stringify(objects.data));
      }
    }
  });

  it('says so of what fails beside it', async () => {
    const query = `query ($input: LineageInput!) {
      lineage(input: $input) { nodes { cid } }
      record(cid: "${records[0]!.cid}", rid: "x") { cid }
    }`;
    const answer = await overHttp('clinician', query, bill());
    expect(answer.errors?.map(({ path }) => path)).toEqual([['record']]);
    expect(answer.data).toMatchObject({ record: null, lineage: { nodes: expect.any(Array) } });
    const nowhere = { input: { roots: [{ seq: 0 }] } };
    const failed = await overHttp('clinician', query, nowhere);
    expect(failed.data).toBeNull();
  });

  it('goes on with a cursor', async () => {
    const query = `query ($input: LineageInput!, $after: String) {
      lineage(input: $input, after: $after) { nodes { cid } pageInfo { endCursor } }
    }`;
    interface Page {
      lineage: { nodes: { cid: string }[]; pageInfo: { endCursor: string | null } };
    }
    const input = { roots: [{ cid: records[4]!.cid }], nodesMax: 1 };
    const cids: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const { data } = await overHttp('clinician', query, { input, after });
      const { nodes, pageInfo } = (data as Page).lineage;
      cids.push(...nodes.map(({ cid }) => cid));
      after = pageInfo.endCursor;
    }
    expect(new Set(cids).size).toBe(4);
    expect(cids).toHaveLength(4);
  });

  it('tells nobody what the content says who may not read it', async () => {
    const query = `query ($input: LineageInput!) { lineage(input: $input) { ${EVERYTHING} } }`;
    for (const role of ['researcher', 'auditor'] as const) {
      for (const variables of [bill(), event()]) {
        const text = JSON.stringify(await overHttp(role, query, variables));
        expect(text).toContain('"nodes":[{');
        expect(text).not.toMatch(/PACK7MARMOT|0614141|1999-/);
        expect(text).not.toContain(CANARY);
      }
    }
    const supply = JSON.stringify(await overHttp('supply', query, event()));
    expect(supply).toContain('PACK7MARMOT');
  });
});
