import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildSupply, CASE, sgtin, SUPPLY_CHAIN } from './support/build-supply.js';
import { captureAll } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  type TestApi,
} from './support/start-api.js';

const COUNTS = 'total atSite inTransit dispensed destroyed decommissioned unaccounted';
const RECALL = `query ($input: RecallInput!, $bucket: RecallBucket, $first: Int, $after: String) {
  recall(input: $input) {
    counts { ${COUNTS} }
    recalled
    bySite { id name counts { ${COUNTS} } }
    byCustodian { id counts { total } }
    byOwner { id counts { total } }
    byProduct { id counts { total } }
    quantities { epcClass container amount uom isExact }
    quantityEvents isComplete reason asOf position
    units(bucket: $bucket, first: $first, after: $after) {
      nodes { epc bucket status site lot expiry isRecalled since isComplete
              evidence { seq record { seq inclusionProof { size leafHash } } } }
      edges { cursor node { epc } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }
}`;

interface Recalled {
  counts: Record<string, number>;
  recalled: number;
  bySite: { id: string | null; counts: { total: number } }[];
  units: {
    nodes: { epc: string; bucket: string; evidence: { seq: number } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  position: number;
}

const link = (serial: number) => `https://id.gs1.org/01/10614141073464/21/${serial}`;

describe('recall over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi(directory);
    await captureAll(api, SUPPLY_CHAIN);
  });
  afterAll(() => api.close());

  const recall = async (input: object, page: object = {}, viewer = SUPPLY) =>
    (await api.get<{ recall: Recalled }>(viewer, RECALL, { input, ...page })).recall;

  it('tells where the units of a lot are, and counts them as often as they were made', async () => {
    const report = await recall({ lot: 'A' });
    expect(report).toMatchObject({
      counts: {
        ...{ total: 4, atSite: 1, inTransit: 2, dispensed: 1 },
        ...{ destroyed: 0, decommissioned: 0, unaccounted: 0 },
      },
      recalled: 2,
      quantities: [],
      quantityEvents: 0,
      isComplete: true,
      reason: null,
      byOwner: [{ id: null, counts: { total: 4 } }],
      byProduct: [{ id: 'https://id.gs1.org/01/10614141073464', counts: { total: 4 } }],
    });
    expect(report.bySite.map(({ id, counts }) => [id, counts.total])).toEqual([
      ['https://id.gs1.org/414/0614141007295', 3],
      ['https://id.gs1.org/414/0614141111114', 1],
    ]);
  });

  it('lists the units of a bucket, each with the event that says so and its proof', async () => {
    const { units, position } = await recall({ lot: 'A' }, { bucket: 'IN_TRANSIT' });
    expect(units.nodes).toMatchObject(
      [1, 2].map((serial) => ({
        epc: link(serial),
        bucket: 'IN_TRANSIT',
        status: 'IN_TRANSIT',
        lot: 'A',
        expiry: '2099-05-31T23:59:59.999Z',
        isRecalled: true,
        isComplete: true,
        evidence: { record: { inclusionProof: { size: position + 1 } } },
      })),
    );
    expect(units.nodes.map(({ evidence }) => evidence.seq)).toEqual([position - 1, position - 1]);
  });

  it('pages through all units, and takes a cursor for no other question', async () => {
    const one = await recall({ lot: 'A' }, { first: 3 });
    expect(one.units.pageInfo.hasNextPage).toBe(true);
    const after = one.units.pageInfo.endCursor;
    const two = await recall({ lot: 'A' }, { first: 3, after });
    expect([...one.units.nodes, ...two.units.nodes].map(({ epc }) => epc)).toEqual(
      [1, 2, 3, 4].map(link),
    );
    expect(two.units.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    for (const other of [
      { input: { lot: 'B' }, after },
      { input: { lot: 'A' }, bucket: 'AT_SITE', after },
      { input: { lot: 'A' }, after: 'x' },
    ]) {
      expect(await api.fail(SUPPLY, RECALL, other)).toBe('BAD_CURSOR');
    }
    expect(await api.fail(CLINICIAN, RECALL, { input: { lot: 'A' }, after })).toBe('BAD_CURSOR');
    expect(await api.fail(SUPPLY, RECALL, { input: { lot: 'A' }, first: 501 })).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('answers for an earlier time and an earlier position', async () => {
    const early = await recall({ lot: 'A', asOf: '2026-01-02T00:01:30Z' });
    expect(early.counts).toMatchObject({ total: 4, atSite: 4 });
    const { position } = await recall({ lot: 'A' });
    const packed = await recall({ lot: 'A', knownAt: position - 2 });
    expect(packed).toMatchObject({ counts: { atSite: 4 }, position: position - 2 });
    expect((await recall({ lot: 'A', knownAt: position })).counts.dispensed).toBe(1);
    expect((await recall({ lot: 'A', knownAt: position - 4 })).counts.total).toBe(0);
  });

  it('takes a lot with its GTIN, a product, a unit and a container in any form', async () => {
    for (const input of [
      { lot: 'urn:epc:class:lgtin:0614141.107346.A' },
      { gtin: '10614141073464' },
      { item: sgtin(4) },
    ]) {
      expect((await recall(input)).counts.total).toBe(4);
    }
    expect((await recall({ item: CASE })).counts).toMatchObject({ total: 2, inTransit: 2 });
    expect((await recall({ lot: 'nobody knows' })).counts.total).toBe(0);
    expect(await api.fail(SUPPLY, RECALL, { input: {} })).toBe('BAD_USER_INPUT');
    expect(await api.fail(SUPPLY, RECALL, { input: { lot: 'A', item: CASE } })).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('tells nobody anything who may not read what events say', async () => {
    for (const lot of ['A', 'nobody knows']) {
      const variables = { input: { lot } };
      expect(await api.fail(ANONYMOUS, RECALL, variables)).toBe('UNAUTHENTICATED');
      expect(await api.fail(RESEARCHER, RECALL, variables)).toBe('FORBIDDEN');
    }
  });

  it('knows of an event as soon as its receipt is there', async () => {
    const unpacked = buildSupply({
      type: 'AggregationEvent',
      minute: 9,
      action: 'DELETE',
      parentID: CASE,
      childEPCs: [sgtin(1)],
      bizStep: 'unpacking',
      bizLocation: { id: 'urn:epc:id:sgln:0614141.11111.0' },
    });
    await captureAll(api, [unpacked]);
    expect((await recall({ lot: 'A' })).counts).toMatchObject({ atSite: 2, inTransit: 1 });
  });
});
