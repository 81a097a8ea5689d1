import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { captureDataset } from '../../../src/capture/dataset.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { SUPPLY_CHAIN } from './support/build-supply.js';
import { buildVisit, CANARY } from './support/build-visit.js';
import { captureAll, type Captured } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';

const IMPACT = `query ($input: ImpactInput!, $first: Int, $after: String) {
  impact(input: $input) {
    count isComplete reason redacted position
    byType { class type count } byOrganisation { organisation count } byDegree { degree count }
    nodes(first: $first, after: $after) {
      nodes { kind key uri cid rid version seq class type organisation capturedAt occurredAt isLatest degree }
      pageInfo { hasNextPage endCursor }
    }
  } }`;

interface Shown {
  count: number;
  isComplete: boolean;
  reason: string | null;
  redacted: number;
  position: number;
  byType: { type: string; count: number }[];
  byDegree: { degree: number; count: number }[];
  nodes: {
    nodes: {
      kind: string;
      key: string;
      uri: string | null;
      cid: string;
      type: string;
      degree: number;
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

describe('impact over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];

  beforeAll(async () => {
    api = await startApi(directory);
    records = await captureAll(api, [buildVisit(1)]);
    await captureAll(api, SUPPLY_CHAIN);
  });
  afterAll(() => api.close());

  const ask = async (input: object, viewer = CLINICIAN, page: object = {}) =>
    (await api.get<{ impact: Shown }>(viewer, IMPACT, { input, ...page })).impact;

  it('counts everything downstream by type, organisation and degree, and lists it', async () => {
    const [, encounter] = records as [Captured, Captured];
    const found = await ask({ roots: [{ cid: encounter.cid }] });
    expect(found).toMatchObject({
      count: 2,
      isComplete: true,
      reason: null,
      byType: expect.arrayContaining([
        { class: 'FHIR_RESOURCE', type: 'Claim', count: 1 },
        { class: 'FHIR_RESOURCE', type: 'ExplanationOfBenefit', count: 1 },
      ]),
      byOrganisation: [{ organisation: 'Hospital A', count: 2 }],
      byDegree: [
        { degree: 1, count: 1 },
        { degree: 2, count: 1 },
      ],
    });
    expect(found.nodes.nodes.map(({ type, degree }) => [type, degree])).toEqual([
      ['Claim', 1],
      ['ExplanationOfBenefit', 2],
    ]);
    const told = await ask({ roots: [{ cid: encounter.cid }] }, RESEARCHER);
    expect(told.count).toBe(2);
    expect(JSON.stringify(told)).not.toContain(CANARY);
    expect(told.nodes.nodes).toMatchObject([{ occurredAt: null }, { occurredAt: null }]);
  });

  it('pages to the end as of one position while the log grows', async () => {
    const [root] = await captureAll(api, [buildObservation(500)]);
    const cids: string[] = [];
    const derive = async (id: string) => {
      const text = JSON.stringify({ type: 'Dataset', id, name: id });
      const { statementCid } = (await api.app.graph.read.recordsByCid([root!.cid]))[0]!;
      const how = { sources: [statementCid], waitFor: 'INDEXED' as const };
      return (await captureDataset(api.app, { text, ...how })).recordCid;
    };
    for (let i = 0; i < 7; i++) cids.push(await derive(`page-${i}`));
    const found: string[] = [];
    let after: string | undefined;
    do {
      const input = { roots: [{ cid: root!.cid }] };
      const { nodes } = await ask(input, CLINICIAN, { first: 3, after });
      found.push(...nodes.nodes.map(({ cid }) => cid));
      await derive(`late-${found.length}`);
      after = nodes.pageInfo.hasNextPage ? nodes.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(found).toEqual(cids);
    const other = { roots: [{ cid: records[0]!.cid }] };
    const first = await ask({ roots: [{ cid: root!.cid }] }, CLINICIAN, { first: 1 });
    const { endCursor } = first.nodes.pageInfo;
    expect(await api.fail(CLINICIAN, IMPACT, { input: other, after: endCursor })).toBe(
      'BAD_CURSOR',
    );
  });

  it('follows items through events, and names them only to whoever may read events', async () => {
    const { events } = await api.get<{ events: { nodes: { seq: number }[] } }>(
      CLINICIAN,
      '{ events(orderBy: TIME_ASC, first: 1) { nodes { seq } } }',
    );
    const roots = [{ seq: events.nodes[0]!.seq }];
    const open = await ask({ roots });
    const things = open.nodes.nodes.filter(({ kind }) => kind !== 'RECORD');
    expect(things.length).toBeGreaterThan(0);
    expect(things.every(({ uri, key }) => uri === key)).toBe(true);
    const nameless = await ask({ roots }, RESEARCHER);
    expect(nameless.count).toBe(open.count);
    const hidden = nameless.nodes.nodes.filter(({ kind }) => kind !== 'RECORD');
    expect(
      hidden.every(({ uri, key }) => uri === null && key.startsWith('urn:provtrail:thing:')),
    ).toBe(true);
    const from = await ask({ roots: [], things: [things[0]!.key] });
    expect(from.isComplete).toBe(true);
    const input = { roots: [], things: [things[0]!.key] };
    expect(await api.fail(RESEARCHER, IMPACT, { input })).toBe('NOT_FOUND');
    // an answer without one of its roots would be taken for the whole of it
    const both = { roots, things: [things[0]!.key] };
    expect(await api.fail(RESEARCHER, IMPACT, { input: both })).toBe('NOT_FOUND');
    const unknown = { roots, things: [things[0]!.key, 'urn:epc:id:sgtin:0614141.107346.NOBODY'] };
    expect(await api.fail(CLINICIAN, IMPACT, { input: unknown })).toBe('NOT_FOUND');
  });

  it('keeps to its bounds, and tells nothing to whoever may not know', async () => {
    const roots = [{ cid: records[1]!.cid }];
    expect(await ask({ roots, depthMax: 1 })).toMatchObject({ count: 1, reason: 'MAX_DEPTH' });
    expect(await ask({ roots, nodesMax: 1 })).toMatchObject({ count: 1, reason: 'MAX_NODES' });
    expect(await ask({ roots, types: ['Claim'] })).toMatchObject({ count: 1, isComplete: true });
    expect(await ask({ roots, organisations: [] })).toMatchObject({ count: 0 });
    expect(await ask({ roots, organisations: ['nobody'] })).toMatchObject({ count: 0 });
    expect(await ask({ roots, organisations: ['hospital-a'] })).toMatchObject({ count: 2 });
    const fail = (input: object, viewer = CLINICIAN) => api.fail(viewer, IMPACT, { input });
    expect(await fail({ roots: [] })).toBe('BAD_USER_INPUT');
    expect(await fail({ roots, depthMax: 0 })).toBe('BAD_USER_INPUT');
    const many = Array.from({ length: 1_001 }, () => roots[0]);
    expect(await fail({ roots: many })).toBe('BAD_USER_INPUT');
    expect(await fail({ roots: [{ seq: 999_999 }] })).toBe('NOT_FOUND');
    expect(await fail({ roots }, SUPPLY)).toBe('NOT_FOUND');
    expect(await fail({ roots }, viewerOf('patient'))).toBe('NOT_FOUND');
    expect(await fail({ roots }, ANONYMOUS)).toBe('UNAUTHENTICATED');
  });
});
