import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64 } from '../../../src/ledger/base64.js';
import { hashLeaf } from '../../../src/ledger/tree.js';
import { verifyInclusion } from '../../../src/ledger/verify.js';
import { verifyDataDirectory } from '../../../src/query/verification.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { captureAll, type Captured } from './support/capture-all.js';
import {
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';
import { isShared } from '../../support/shared-data.js';

const CAPTURE = `mutation ($input: CaptureDatasetInput!) { captureDataset(input: $input) {
  receipt { cid rid version seq statementCid repeated state } sourceCount
  userErrors { code message path pointer } } }`;
const DATASET = `query ($cid: CID, $rid: ID, $id: String, $first: Int, $after: String) {
  dataset(cid: $cid, rid: $rid, id: $id) {
    record { cid version class type }
    description { state id name method code { repository revision path } parameters
      result { mediaType sha256 rows value } createdAt }
    sourceCount list
    sources(first: $first, after: $after) { nodes { index statementCid record { cid } }
      pageInfo { hasNextPage endCursor } }
    freshness { state sourceCount outdatedCount isComplete
      outdated(first: 50) { nodes { reason record { cid } latest { cid version } via { cid } } } }
  } }`;
const PROOF = `query ($of: CID!, $cid: CID!) { dataset(cid: $of) {
  sourceProof(cid: $cid) { index count statementCid root hashes } } }`;

interface Payload {
  captureDataset: {
    receipt: (Captured & { version: number; repeated: boolean; statementCid: string }) | null;
    sourceCount: number;
    userErrors: { code: string; path: string[]; pointer: string | null }[];
  };
}
interface Shown {
  dataset: {
    record: { cid: string; version: number };
    description: { state: string; id: string | null; parameters: string | null };
    sourceCount: number;
    list: string | null;
    sources: {
      nodes: { index: number; statementCid: string; record: { cid: string } | null }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    freshness: {
      state: string;
      sourceCount: number;
      outdatedCount: number;
      outdated: {
        nodes: { reason: string; record: { cid: string }; latest: { version: number } }[];
      };
    };
  } | null;
}

const content = (id: string, more: object = {}) =>
  JSON.stringify({ type: 'Dataset', id, name: 'Rates', ...more });

let api: TestApi;
let records: Captured[];
const directory = tempDirectory();

beforeAll(async () => {
  api = await startApi(directory);
  records = await captureAll(
    api,
    Array.from({ length: 90 }, (_, n) => buildObservation(n)),
  );
});
afterAll(() => api.close());

const write = async (input: object, viewer = RESEARCHER) =>
  (await api.get<Payload>(viewer, CAPTURE, { input })).captureDataset;
const show = async (variables: object, viewer = RESEARCHER) =>
  (await api.get<Shown>(viewer, DATASET, { ...variables })).dataset!;
const byCid = (some: Captured[]) => some.map(({ cid }) => cid);

describe('captureDataset', () => {
  it('captures a derivative of records named in every way, each source once', async () => {
    const [a, b, c] = records as [Captured, Captured, Captured];
    const { record } = await api.get<{ record: { id: string } }>(
      RESEARCHER,
      'query ($cid: CID!) { record(cid: $cid) { id } }',
      { cid: a.cid },
    );
    const sources = [a.cid, b.rid, String(c.seq), record.id];
    const payload = await write({ content: content('ways'), sources });
    expect(payload).toMatchObject({ sourceCount: 3, userErrors: [], receipt: { version: 1 } });
    const { sources: shown, list } = await show({ id: 'ways' });
    expect(shown.nodes.map((node) => node.record?.cid)).toEqual([a.cid, b.cid, c.cid]);
    expect(list).toBeNull();
  });

  it('names the sources that are not there, ten at most, and captures nothing', async () => {
    const { size } = api.app.ledger.head();
    const sources = [
      ...byCid(records.slice(0, 2)),
      ...Array.from({ length: 12 }, (_, i) => String(1_000_000 + i)),
    ];
    const { receipt, userErrors } = await write({ content: content('missing'), sources });
    expect(receipt).toBeNull();
    expect(userErrors).toHaveLength(10);
    expect(userErrors[0]).toMatchObject({
      code: 'NOT_FOUND',
      pointer: '/sources/2',
      path: ['input', 'sources', '2'],
    });
    expect(api.app.ledger.head().size).toBe(size);
  });

  it('refuses no source, too many, and a description that is none', async () => {
    const none = await write({ content: content('x'), sources: [] });
    expect(none.userErrors).toMatchObject([{ code: 'EMPTY_INPUT', path: ['input', 'sources'] }]);
    const many = Array.from({ length: 100_001 }, () => '1');
    const { userErrors } = await write({ content: content('x'), sources: many });
    expect(userErrors).toMatchObject([{ code: 'TOO_LARGE', path: ['input', 'sources'] }]);
    const bad = await write({ content: '{"type":"Dataset"}', sources: byCid(records.slice(0, 1)) });
    expect(bad.userErrors).toMatchObject([{ code: 'INVALID_RECORD', path: ['input', 'content'] }]);
  });

  it('takes thousands of sources named by position', async () => {
    const sources = Array.from({ length: 100_000 }, (_, i) => String(1 + (i % 90)));
    expect(await write({ content: content('folded'), sources })).toMatchObject({
      sourceCount: 90,
      userErrors: [],
    });
  });

  it('answers the first receipt again for one key, and makes a next version of one id', async () => {
    const input = { content: content('twice'), sources: byCid(records), idempotencyKey: 'k' };
    const first = await write(input);
    const again = await write(input);
    expect(again.receipt).toMatchObject({ seq: first.receipt!.seq, repeated: true });
    const next = await write({ content: content('twice'), sources: byCid(records.slice(1)) });
    expect(next.receipt).toMatchObject({ rid: first.receipt!.rid, version: 2 });
    expect((await show({ id: 'twice' })).record.version).toBe(2);
    expect((await show({ cid: first.receipt!.cid })).record.version).toBe(1);
  });

  it('is for whoever may write datasets, and shows what they say to whoever may read them', async () => {
    const input = { content: content('mine', { parameters: { n: 1 } }), sources: ['1'] };
    expect(await api.fail(SUPPLY, CAPTURE, { input })).toBe('FORBIDDEN');
    expect(await api.fail(viewerOf('auditor'), CAPTURE, { input })).toBe('FORBIDDEN');
    const { receipt } = await write(input);
    const { cid } = receipt!;
    expect((await show({ cid })).description).toMatchObject({
      state: 'AVAILABLE',
      id: 'mine',
      parameters: '{"n":1}',
    });
    expect((await show({ cid }, CLINICIAN)).description.state).toBe('AVAILABLE');
    const told = await show({ cid }, viewerOf('auditor'));
    expect(told.description).toMatchObject({ state: 'SEALED', id: null, parameters: null });
    expect(told.sourceCount).toBe(1);
    const byId = { id: 'mine' };
    const { dataset } = await api.get<Shown>(viewerOf('auditor'), DATASET, byId);
    expect(dataset).toBeNull();
    expect((await api.get<Shown>(SUPPLY, DATASET, { cid })).dataset).toBeNull();
    expect(
      (await api.get<Shown>(RESEARCHER, DATASET, { cid: records[0]!.cid })).dataset,
    ).toBeNull();
    expect(await api.fail(RESEARCHER, DATASET, {})).toBe('BAD_USER_INPUT');
  });
});

describe('a dataset', () => {
  it('pages through its sources, and proves each of them', async () => {
    const { receipt } = await write({ content: content('paged'), sources: byCid(records) });
    const { cid } = receipt!;
    const found: string[] = [];
    let after: string | undefined;
    do {
      const { sources, list } = await show({ cid, first: 40, after });
      expect(list).not.toBeNull();
      found.push(...sources.nodes.map(({ record }) => record!.cid));
      after = sources.pageInfo.hasNextPage ? sources.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(found).toEqual(records.map((record) => record.cid));
    for (const place of [0, 41, 89]) {
      const { dataset } = await api.get<{
        dataset: {
          sourceProof: {
            index: number;
            count: number;
            statementCid: string;
            root: string;
            hashes: string[];
          };
        };
      }>(RESEARCHER, PROOF, { of: cid, cid: records[place]!.cid });
      const { index, count, statementCid, root, hashes } = dataset.sourceProof;
      expect(index).toBe(place);
      const leaf = hashLeaf(new TextEncoder().encode(statementCid));
      verifyInclusion(hashes.map(fromBase64), index, count, leaf, fromBase64(root));
    }
    const other = await api.get<{ dataset: { sourceProof: null } }>(RESEARCHER, PROOF, {
      of: cid,
      cid,
    });
    expect(other.dataset.sourceProof).toBeNull();
  });

  it('is outdated once a source is corrected, also one of a dataset it was made of', async () => {
    const [source, other] = await captureAll(api, [buildObservation(900), buildObservation(901)]);
    const inner = await write({ content: content('inner'), sources: byCid([source!]) });
    const sources = [inner.receipt!.cid, other!.cid];
    const outer = await write({ content: content('outer'), sources });
    const { cid } = outer.receipt!;
    expect((await show({ cid })).freshness).toMatchObject({
      state: 'CURRENT',
      sourceCount: 3,
      outdatedCount: 0,
    });
    await api.app.capture.correct({
      seq: source!.seq,
      document: { text: buildObservation(900, { status: 'amended' }) },
    });
    expect((await show({ cid })).freshness).toMatchObject({
      state: 'OUTDATED',
      outdatedCount: 1,
      outdated: {
        nodes: [
          {
            reason: 'SUPERSEDED',
            record: { cid: source!.cid },
            latest: { version: 2 },
            via: { cid: inner.receipt!.cid },
          },
        ],
      },
    });
  });
});

const SYNTHEA = new URL('../../../../shared/data/fhir/synthea/', import.meta.url).pathname;

describe('a dataset over all of Synthea', () => {
  const test = isShared(SYNTHEA) ? it : it.skip;
  const root = tempDirectory();
  test('traces its figure to all 15 patients, and a correction in one of them is seen', async () => {
    const own = await startApi(root);
    try {
      const sources: Captured[] = [];
      for (const name of readdirSync(SYNTHEA).sort()) {
        const text = readFileSync(join(SYNTHEA, name), 'utf8');
        sources.push(...(await captureAll(own, [text])));
      }
      const input = { content: content('synthea'), sources: byCid(sources), waitFor: 'INDEXED' };
      const { captureDataset } = await own.get<Payload>(RESEARCHER, CAPTURE, { input });
      expect(captureDataset.userErrors).toEqual([]);
      const { cid } = captureDataset.receipt!;
      expect(captureDataset.sourceCount).toBe(new Set(sources.map((each) => each.cid)).size);

      const lineage = await own.get<{
        lineage: { nodes: { type: string; rid: string; cid: string; seq: number }[] };
      }>(
        RESEARCHER,
        `query ($input: LineageInput!) { lineage(input: $input) { nodes { type rid cid seq } } }`,
        { input: { roots: [{ cid }], nodesMax: 10_000 } },
      );
      const patients = lineage.lineage.nodes.filter(({ type }) => type === 'Patient');
      expect(new Set(patients.map(({ rid }) => rid)).size).toBe(15);

      const claim = lineage.lineage.nodes.find(({ type }) => type === 'Claim')!;
      const { record } = await own.get<{ record: { content: string } }>(
        CLINICIAN,
        'query ($cid: CID!) { record(cid: $cid) { content } }',
        { cid: claim.cid },
      );
      const corrected = await own.app.capture.correct({
        seq: claim.seq,
        document: { text: record.content.replace('"active"', '"cancelled"') },
        waitFor: 'INDEXED',
      });
      const shown = (await own.get<Shown>(RESEARCHER, DATASET, { cid })).dataset!;
      expect(shown.freshness).toMatchObject({
        state: 'OUTDATED',
        outdatedCount: 1,
        outdated: { nodes: [{ record: { cid: claim.cid }, latest: { cid: corrected.recordCid } }] },
      });
      const impact = await own.get<{
        impact: { count: number; nodes: { nodes: { cid: string }[] } };
      }>(
        RESEARCHER,
        `query ($input: ImpactInput!) { impact(input: $input) { count isComplete
             nodes(first: 100) { nodes { cid degree } } } }`,
        { input: { roots: [{ cid: corrected.recordCid }] } },
      );
      expect(impact.impact.nodes.nodes.map((node) => node.cid)).toContain(cid);

      await own.app.follower.rebuild();
      const again = (await own.get<Shown>(RESEARCHER, DATASET, { cid })).dataset!;
      expect(again).toEqual(shown);
    } finally {
      await own.close();
    }
    const verification = await verifyDataDirectory(own.app.config.dataDirectory);
    expect(verification).toMatchObject({ verdict: 'VALID', problems: [] });
    expect(verification.listBlocks).toBeGreaterThan(1);
  });
});
