import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildVisit } from './support/build-visit.js';
import { captureAll, type Captured } from './support/capture-all.js';
import { CLINICIAN, startApi, type TestApi } from './support/start-api.js';

describe('reads of the stores', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];
  beforeAll(async () => {
    api = await startApi(directory);
    records = await captureAll(api, [buildVisit(1), buildVisit(2), buildVisit(3)]);
  });
  afterAll(() => api.close());

  /** How often each method was called while the query ran. */
  const count = async (query: string, variables = {}) => {
    const { graph, archive, ledger } = api.app;
    const spies = {
      byCid: jest.spyOn(graph.read, 'recordsByCid'),
      list: jest.spyOn(graph.read, 'listRecords'),
      block: jest.spyOn(archive, 'get'),
      entry: jest.spyOn(ledger, 'entry'),
    };
    await api.get(CLINICIAN, query, variables);
    const calls = Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]);
    for (const spy of Object.values(spies)) spy.mockRestore();
    return Object.fromEntries(calls) as Record<keyof typeof spies, number>;
  };

  it('ask the index once for the records of a page of entries', async () => {
    const query = '{ log { entries(first: 20) { nodes { seq record { cid type } } } } }';
    expect(await count(query)).toMatchObject({ byCid: 1, block: 0, entry: 16 });
  });

  it('ask the index once for many ids', async () => {
    const { records: page } = await api.get<{ records: { nodes: { id: string }[] } }>(
      CLINICIAN,
      '{ records { nodes { id } } }',
    );
    const ids = page.nodes.map(({ id }) => id);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await count(query, { ids: [...ids, ...ids] })).toMatchObject({ byCid: 1 });
  });

  it('open each record once, however often it is asked for', async () => {
    const query = `{
      a: records(first: 15) { nodes { content contentState identifiers { value } entry { cid } } }
      b: records(first: 15) { nodes { content inclusionProof { leafHash } } }
    }`;
    expect(await count(query)).toMatchObject({ list: 2, block: 15, entry: 15 });
  });

  it('open nothing nobody asked for', async () => {
    const query = '{ records { nodes { cid type occurredAt } totalCount } }';
    expect(await count(query)).toMatchObject({ list: 1, block: 0, entry: 0, byCid: 0 });
    const [root] = records.slice(4);
    const lineage = `{ lineage(input: {roots: [{cid: "${root!.cid}"}]}) { nodes { cid record { type } } } }`;
    expect(await count(lineage)).toMatchObject({ byCid: 1, block: 0, entry: 0 });
  });

  it('share nothing between two requests', async () => {
    const { cid } = records[0]!;
    const query = `{ record(cid: "${cid}") { content } }`;
    expect(await count(query)).toMatchObject({ byCid: 1, block: 1 });
    expect(await count(query)).toMatchObject({ byCid: 1, block: 1 });
  });
});
