import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildOnwardJourney, PHARMA, PHARMA_FILE } from './support/build-shipment.js';
import {
  ANONYMOUS,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';

interface Entry {
  source: { kind: string; epc: string | null; level: number | null };
  role: string;
  event: { seq: number; bizStep: string | null; eventTime: string };
}

interface Item {
  epc: string;
  status: string;
  history: { nodes: Entry[]; totalCount: number; pageInfo: { endCursor: string } };
  children: { nodes: { epc: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  position: number;
}

const ITEM = `query ($epc: String!, $asOf: DateTime, $knownAt: Seq) {
  item(epc: $epc, asOf: $asOf, knownAt: $knownAt) {
    epc urn kind gtin serial lot expiry productName status since bizStep disposition
    persistentDispositions { disposition evidence { seq record { cid content } } }
    location { readPoint { id name } bizLocation { id name } site { id name latitude longitude } }
    custodian { id name } owner { id name }
    chain { containers { level epc since evidence { seq } } isComplete }
    history { totalCount nodes { source { kind epc level place } role event { seq type bizStep eventTime } } }
    custody { segments { custodian from to evidence { seq } } gaps { kind from to evidence { seq } } }
    sensors { type unit count min max mean from to outside { count seconds evidence { seq } } }
    conflicts { kind container other evidence { seq } }
    quantities { epcClass amount uom isExact }
    isComplete reason position
  }
}`;

const CASE = 'https://id.gs1.org/01/10300010123452/21/110';
const PALLET = 'https://id.gs1.org/00/';
const PHARMACY = 'https://id.gs1.org/414/0614141007776';
const steps = (item: Item) =>
  item.history.nodes.map(({ source, event }) => {
    const step = event.bizStep?.replace(/.*-/, '');
    return source.level === null ? step : `${source.level} ${step}`;
  });

const file = resolve(PHARMA_FILE);
const isThere = existsSync(file);
if (!isThere) console.warn('NOT TESTED: the GS1 US pharma example is not there');

(isThere ? describe : describe.skip)('an item over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi(directory);
    for (const text of [readFileSync(file, 'utf8'), buildOnwardJourney()]) {
      const { problems } = await api.app.capture.capture({
        documents: [{ text }],
        mode: 'rollback',
        waitFor: 'INDEXED',
      });
      expect(problems).toEqual([]);
    }
  });
  afterAll(() => api.close());

  const trace = async (variables: object, viewer = SUPPLY) =>
    (await api.get<{ item: Item }>(viewer, ITEM, { epc: PHARMA.unit, ...variables })).item;

  it('is traced through case and pallet to the pharmacy and the patient', async () => {
    const item = await trace({});
    expect(item).toMatchObject({
      urn: PHARMA.unit,
      kind: 'SGTIN',
      serial: '11',
      lot: 'A123',
      productName: 'Epcistra',
      status: 'DISPENSED',
      since: '2023-04-06T12:00:00.000Z',
      location: { bizLocation: { id: PHARMACY }, site: { id: PHARMACY } },
      custodian: { id: PHARMACY },
      owner: { id: PHARMACY },
      chain: { containers: [], isComplete: true },
      conflicts: [],
      isComplete: true,
      reason: null,
    });
    expect(steps(item)).toEqual([
      'commissioning',
      'packing',
      '1 packing',
      '2 shipping',
      '2 receiving',
      '1 unpacking',
      '1 shipping',
      '1 receiving',
      'unpacking',
      'dispensing',
    ]);
  });

  it('keeps a state that was set on its case, with the record that says so', async () => {
    const item = (await trace({})) as unknown as {
      persistentDispositions: { disposition: string; evidence: { record: { content: string } } }[];
    };
    const [verified] = item.persistentDispositions;
    expect(verified!.disposition).toBe('https://ref.gs1.org/cbv/Disp-completeness_verified');
    expect(JSON.parse(verified!.evidence.record.content)).toMatchObject({
      epcList: [PHARMA.case],
    });
  });

  it('is told as of a time: under way on the pallet, owned by the wholesaler already', async () => {
    const item = await trace({ asOf: '2023-04-02T00:00:00Z' });
    expect(item).toMatchObject({
      status: 'IN_TRANSIT',
      location: { bizLocation: null, site: { name: 'GS1 Pharma DC' } },
      owner: { name: 'GS1 Drug Distributor' },
      chain: {
        containers: [
          { level: 1, epc: CASE, since: '2023-03-27T06:50:16.000Z' },
          { level: 2, epc: expect.stringContaining(PALLET) },
        ],
      },
    });
    expect(steps(item)).toEqual(['commissioning', 'packing', '1 packing', '2 shipping']);
  });

  it('is told as it was known: nothing before its first entry, the rest with each further one', async () => {
    const { position, history } = await trace({});
    const last = history.nodes.at(-1)!.event.seq;
    expect(await trace({ knownAt: history.nodes[0]!.event.seq - 1 })).toBeNull();
    const before = await trace({ knownAt: last - 1 });
    expect(before).toMatchObject({ status: 'AT_SITE', position: last - 1 });
    expect(await trace({ knownAt: last })).toMatchObject({ status: 'DISPENSED' });
    expect(position).toBe(last);
  });

  it('says who had it, one after the other', async () => {
    const { custody } = (await trace({})) as unknown as {
      custody: { segments: { custodian: string }[]; gaps: unknown[] };
    };
    expect(custody.segments.map(({ custodian }) => custodian)).toEqual([
      'https://id.gs1.org/414/0300011111116',
      'https://id.gs1.org/414/0300011111215',
      'https://id.gs1.org/414/0399993456780',
      PHARMACY,
    ]);
    expect(custody.gaps).toEqual([]);
  });

  it('lists what is in a container, in pages', async () => {
    const CHILDREN = `query ($epc: String!, $asOf: DateTime, $first: Int, $after: String) {
      item(epc: $epc, asOf: $asOf) {
        children(first: $first, after: $after) {
          nodes { epc since seq } edges { cursor node { epc } } pageInfo { hasNextPage endCursor }
        }
      }
    }`;
    const question = { epc: PHARMA.pallet, asOf: '2023-04-02T00:00:00Z', first: 2 };
    const page = async (after?: string) =>
      (await api.get<{ item: Item }>(SUPPLY, CHILDREN, { ...question, after })).item.children;
    const first = await page();
    expect(first.nodes).toHaveLength(2);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await page(first.pageInfo.endCursor);
    expect(second.nodes).toHaveLength(1);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const seen = [...first.nodes, ...second.nodes].map(({ epc }) => epc);
    expect(new Set(seen).size).toBe(3);
    const foreign = { ...question, epc: PHARMA.case, after: first.pageInfo.endCursor };
    expect(await api.fail(SUPPLY, CHILDREN, foreign)).toBe('BAD_CURSOR');
  });

  it('lists its history in pages', async () => {
    const HISTORY = `query ($epc: String!, $after: String) {
      item(epc: $epc) {
        history(first: 4, after: $after) {
          nodes { event { seq } } edges { cursor } pageInfo { hasNextPage endCursor } totalCount
        }
      }
    }`;
    const seqs: number[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 3; pages++) {
      const { item } = await api.get<{ item: Item }>(SUPPLY, HISTORY, { epc: PHARMA.unit, after });
      expect(item.history.totalCount).toBe(10);
      seqs.push(...item.history.nodes.map(({ event }) => event.seq));
      after = item.history.pageInfo.endCursor;
    }
    expect(new Set(seqs).size).toBe(10);
  });

  it('is found in any form, and null when nobody knows it', async () => {
    for (const epc of [
      'https://id.gs1.org/01/00300010123455/21/11',
      '(01)00300010123455(21)11',
      'https://example.com/gtin/00300010123455/ser/11?17=251231',
    ]) {
      expect(await trace({ epc })).toMatchObject({ status: 'DISPENSED', urn: null });
    }
    expect(await trace({ epc: 'urn:epc:id:sgtin:030001.0012345.999' })).toBeNull();
    expect(await trace({ epc: 'not an identifier' })).toBeNull();
    expect(await api.fail(SUPPLY, ITEM, { epc: '' })).toBe('BAD_USER_INPUT');
  });

  it('is for those who may read events, known or not', async () => {
    for (const epc of [PHARMA.unit, 'nothing']) {
      expect(await api.fail(ANONYMOUS, ITEM, { epc })).toBe('UNAUTHENTICATED');
      expect(await api.fail(RESEARCHER, ITEM, { epc })).toBe('FORBIDDEN');
      expect(await api.fail(viewerOf('patient'), ITEM, { epc })).toBe('FORBIDDEN');
    }
  });
});
