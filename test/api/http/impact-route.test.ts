import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { captureDataset } from '../../../src/capture/dataset.js';
import { startServer, type TestServer } from './support/start-server.js';

type Line = Record<string, unknown>;

const directory = tempDirectory();
let node: TestServer;
let source: string;
let datasets: string[];

beforeAll(async () => {
  node = await startServer(directory);
  const documents = [{ text: buildObservation(1) }];
  const { receipts } = await node.app.capture.capture({ documents, mode: 'rollback' });
  source = receipts[0]!.recordCid;
  let { statementCid } = receipts[0]!;
  datasets = [];
  for (const id of ['a', 'b', 'c']) {
    const text = JSON.stringify({ type: 'Dataset', id, name: id });
    const receipt = await captureDataset(node.app, { text, sources: [statementCid] });
    datasets.push(receipt.recordCid);
    statementCid = receipt.statementCid;
  }
});
afterAll(() => node.close());

async function lines(path: string, init?: RequestInit): Promise<Line[]> {
  const answer = await node.ask(path, init);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
  const text = await answer.text();
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

const post = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('/impact', () => {
  it('streams the question, every node by degree, and last whether that was all', async () => {
    const [question, ...rest] = await lines(`/impact?cid=${source}`);
    const summary = rest.pop();
    const { size } = node.app.ledger.head();
    expect(question).toMatchObject({
      kind: 'question',
      roots: [{ cid: source }],
      position: size - 1,
    });
    expect(rest.map(({ kind, cid, degree, type }) => [kind, cid, degree, type])).toEqual(
      datasets.map((cid, i) => ['record', cid, i + 1, 'Dataset']),
    );
    expect(summary).toMatchObject({
      kind: 'summary',
      count: 3,
      isComplete: true,
      reason: null,
      byType: [{ class: 'dataset', type: 'Dataset', count: 3 }],
      byOrganisation: [{ organisation: 'Hospital A', count: 3 }],
      byDegree: [1, 2, 3].map((degree) => ({ degree, count: 1 })),
    });
  });

  it('answers a question sent as JSON like one in the address', async () => {
    const question = { roots: [{ cid: source }], depthMax: 2, types: ['Dataset'] };
    const sent = await lines('/impact', post(question));
    const asked = await lines(`/impact?cid=${source}&depthMax=2&types=Dataset`);
    expect(sent).toEqual(asked);
    expect(sent.at(-1)).toMatchObject({ count: 2, isComplete: false, reason: 'MAX_DEPTH' });
  });

  it('tells what is wrong with a question before it begins', async () => {
    const status = async (path: string, init?: RequestInit) => {
      const answer = await node.ask(path, init);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    const bad = [400, 'BAD_USER_INPUT'];
    expect(await status('/impact')).toEqual(bad);
    expect(await status('/impact?cid=x')).toEqual(bad);
    expect(await status(`/impact?cid=${source}&depthMax=0`)).toEqual(bad);
    expect(await status(`/impact?cid=${source}&depthMax=1&depthMax=2`)).toEqual(bad);
    expect(await status(`/impact?cid=${source}&secret=1`)).toEqual(bad);
    expect(await status('/impact', post({ roots: [{ cid: source, seq: 1 }] }))).toEqual(bad);
    expect(await status('/impact', post({ roots: [{ cid: source }], relations: ['x'] }))).toEqual(
      bad,
    );
    expect(await status('/impact?seq=999999')).toEqual([404, 'NOT_FOUND']);
    expect(await status(`/impact?cid=${source}`, { headers: { authorization: '' } })).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
  });
});
