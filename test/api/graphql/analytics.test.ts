import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAnalytics } from '../../../src/query/analytics/analytics.js';
import { figureRows } from '../../../src/query/analytics/figure-rows.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { CASE, SUPPLY_CHAIN, buildSupply, sgtin } from './support/build-supply.js';
import { buildFirstJourney, buildOnwardJourney } from './support/build-shipment.js';
import { captureAll } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';

const PATIENT = 'KIWI';
const PHARMACY = 'urn:epc:id:sgln:0614141.11111.0';
const PLANT = 'urn:epc:id:sgln:0614141.00729.0';

/** A patient with a visit, a claim for it and the answer; amounts in cents. */
function bill(n: number, { cents = 10_000, currency = 'USD', payer = 'Big Payer' } = {}): string {
  const uuid = (k: number) => `00000000-0000-4000-8000-${String(n * 10 + k).padStart(12, '0')}`;
  const patient = { reference: `urn:uuid:${uuid(1)}` };
  const money = (value: number) => ({ value: value / 100, currency });
  const item = {
    sequence: 1,
    productOrService: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213' }] },
    servicedDate: '2024-03-05',
  };
  const common = {
    status: 'active',
    type: { coding: [{ system: 'urn:types', code: 'professional' }] },
    use: 'claim',
    patient,
    provider: { display: `Dr. ${PATIENT}` },
    insurer: { display: payer },
    billablePeriod: { start: '2024-03-05', end: '2024-03-05' },
  };
  const resources = [
    { resourceType: 'Patient', id: uuid(1), name: [{ family: `${PATIENT} ${n}` }] },
    {
      resourceType: 'Claim',
      id: uuid(2),
      ...common,
      created: '2024-03-06T00:00:00Z',
      priority: { coding: [{ code: 'normal' }] },
      insurance: [{ sequence: 1, focal: true, coverage: { display: 'cover' } }],
      item: [{ ...item, net: money(cents) }],
      total: money(cents),
    },
    {
      resourceType: 'ExplanationOfBenefit',
      id: uuid(3),
      ...common,
      created: '2024-03-16T00:00:00Z',
      outcome: 'complete',
      claim: { reference: `urn:uuid:${uuid(2)}` },
      insurance: [{ focal: true, coverage: { display: 'cover' } }],
      payment: { amount: money(cents / 2) },
    },
  ];
  const entry = resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource }));
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry });
}

const GROUP = 'keys { dimension id name } subjects isWithheld';
const FIGURE = 'isComplete reason withheld asOfPosition';
const TOTALS = `claims claims answers billed allowed paid denied ${GROUP}`;

interface Group {
  keys: { dimension: string; id: string | null; name: string | null }[];
  subjects: number | null;
  isWithheld: boolean;
  records?: { nodes: { seq: number; type: string }[]; pageInfo: Record<string, unknown> } | null;
  [measure: string]: unknown;
}
interface Figure {
  groups: Group[];
  isComplete: boolean;
  reason: string | null;
  withheld: number;
  asOfPosition: number | null;
  from?: string;
  to?: string;
}
type Answer = { analytics: Record<string, Figure> & { claims: Record<string, Figure> } };

describe('analytics', () => {
  const directory = tempDirectory();
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi(directory, { now: () => Date.UTC(2026, 0, 3) });
    const big = Array.from({ length: 12 }, (_, n) => bill(n + 1));
    const small = [20, 21, 22].map((n) => bill(n, { payer: 'Small Payer', cents: 1_001 }));
    const other = Array.from({ length: 14 }, (_, n) => bill(n + 30, { payer: 'Other Payer' }));
    const foreign = bill(60, { currency: 'EUR', cents: 5 });
    await captureAll(api, [...big, ...small, ...other, foreign]);
    await captureAll(api, [
      ...SUPPLY_CHAIN,
      buildSupply({
        minute: 64,
        action: 'OBSERVE',
        epcList: [CASE],
        bizStep: 'receiving',
        bizLocation: { id: PHARMACY },
        readPoint: { id: PHARMACY },
      }),
      buildSupply({
        minute: 70,
        action: 'OBSERVE',
        epcList: [sgtin(9)],
        bizStep: 'receiving',
        bizLocation: { id: PHARMACY },
      }),
      // long before, and long expired
      buildSupply({
        minute: -3_000_000,
        eventID: 'urn:uuid:00000000-0000-4000-8000-0000000000ff',
        action: 'ADD',
        epcList: Array.from({ length: 12 }, (_, n) => sgtin(`HERON${n}`)),
        bizStep: 'commissioning',
        bizLocation: { id: PLANT },
        ilmd: { 'cbvmda:lotNumber': 'HERON', 'cbvmda:itemExpirationDate': '2021-05-31' },
      }),
    ]);
  });
  afterAll(() => api.close());

  it('adds up claims per currency, to the cent, for whoever may read them', async () => {
    const { analytics } = await api.get<Answer>(
      CLINICIAN,
      `{ analytics { asOfPosition claims { totals { ${FIGURE} groups { ${TOTALS} } } } } }`,
    );
    const { totals } = analytics.claims;
    expect(totals).toMatchObject({ isComplete: true, reason: null, withheld: 0 });
    expect(totals!.asOfPosition).toBe(api.rooms.ledger.head().size - 1);
    expect(totals!.groups).toMatchObject([
      { claims: 29, answers: 29, billed: '2630.03', paid: '1315.015', keys: [{ id: 'USD' }] },
      { claims: 1, answers: 1, billed: '0.05', keys: [{ id: 'EUR' }] },
    ]);
  });

  it('opens a group into its records, page by page', async () => {
    const ask = async (after: string) => {
      const { analytics } = await api.get<Answer>(
        CLINICIAN,
        `{ analytics { claims { totals(by: [PAYER]) { groups { claims keys { id }
          records(first: 2 ${after}) { nodes { seq type } edges { cursor }
            pageInfo { hasNextPage endCursor } } } } } } }`,
      );
      return analytics.claims['totals']!.groups;
    };
    const groups = await ask('');
    const group = groups.find(({ keys }) => keys[0]!.id === 'Small Payer')!;
    expect(group.claims).toBe(3);
    const page = group.records!;
    expect(page.nodes.map(({ type }) => type)).toEqual(['Claim', 'ExplanationOfBenefit']);
    expect(page.pageInfo).toMatchObject({ hasNextPage: true });
    const seen = page.nodes.map(({ seq }) => seq);
    for (let cursor = page.pageInfo['endCursor']; cursor;) {
      const { data, errors } = await api.ask<Answer>(
        CLINICIAN,
        `query ($after: String) { analytics { claims { totals(by: [PAYER]) { groups { keys { id }
          records(first: 2, after: $after) { nodes { seq } pageInfo { hasNextPage endCursor } } } } } } }`,
        { after: cursor },
      );
      // the cursor is good for its own group only
      expect(errors?.every(({ extensions }) => extensions?.['code'] === 'BAD_CURSOR')).toBe(true);
      const next = data!.analytics.claims['totals']!.groups.find(
        ({ records }) => records,
      )!.records!;
      seen.push(...next.nodes.map(({ seq }) => seq));
      cursor = next.pageInfo['hasNextPage'] ? next.pageInfo['endCursor'] : undefined;
    }
    expect(seen).toHaveLength(6);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('withholds small groups from researchers, and enough others to keep them secret', async () => {
    const query = `{ analytics { claims { totals(by: [PAYER]) { ${FIGURE}
      groups { ${TOTALS} records { nodes { seq } } } } } } }`;
    const { analytics } = await api.get<Answer>(RESEARCHER, query);
    const { groups, withheld } = analytics.claims['totals']!;
    // three of the small payer, one in EUR: with these the next smallest goes
    const shown = groups.filter(({ isWithheld }) => !isWithheld);
    expect(withheld).toBe(groups.length - shown.length);
    expect(shown.map(({ claims, billed }) => [claims, billed])).toEqual([[14, '1400.00']]);
    for (const group of groups) expect(group.records).toBeNull();
    for (const { keys, isWithheld, ...rest } of groups.filter((group) => group.isWithheld)) {
      expect(keys.map(({ id }) => id)).toEqual([null, null]);
      expect(Object.values(rest).every((value) => value === null)).toBe(true);
      expect(isWithheld).toBe(true);
    }
    expect(JSON.stringify(groups)).not.toMatch(/Payer|KIWI/);
    expect(shown[0]!.keys[0]!.id).toMatch(/^urn:provtrail:pseudonym:/);
  });

  it('tells researchers nothing of fewer than eleven, however they filter', async () => {
    const ask = async (window: string) => {
      const query = `{ analytics(window: ${window}) { claims { totals { ${FIGURE} from to groups { ${TOTALS} } } } } }`;
      const { analytics } = await api.get<Answer>(RESEARCHER, query);
      return analytics.claims['totals']!;
    };
    const figure = await ask('{ from: "2024-03-06T12:00:00Z", to: "2024-03-20T00:00:00Z" }');
    // the edges of the window are moved to whole months
    expect(figure).toMatchObject({
      from: '2024-03-01T00:00:00.000Z',
      to: '2024-04-01T00:00:00.000Z',
    });
    // EUR is one claim: with it the only other group goes
    expect(figure.groups.every(({ isWithheld }) => isWithheld)).toBe(true);
    const { analytics } = await api.get<Answer>(
      RESEARCHER,
      `{ analytics(filter: { currencies: ["EUR"] }) { claims { totals { groups { ${TOTALS} } } } } }`,
    );
    expect(analytics.claims['totals']!.groups).toMatchObject([{ isWithheld: true, billed: null }]);
  });

  it('measures turnaround, and finds what repeats and what is odd', async () => {
    const { analytics } = await api.get<
      Answer & { analytics: { claims: { indicators: Figure[] } } }
    >(
      CLINICIAN,
      `{ analytics { claims {
        turnaround { groups { claims open p50Ms } }
        duplicates { groups { claims billed } }
        services { groups { lines billed keys { id } } }
        indicators(types: [CLAIM_WITHOUT_ENCOUNTER, SAME_SERVICE_TWICE]) { type groups { findings claims billed } }
      } } }`,
    );
    const { turnaround, duplicates, services, indicators } = analytics.claims;
    const days = 10 * 86_400_000;
    expect(turnaround!.groups).toEqual([{ claims: 30, open: 0, p50Ms: days }]);
    expect(duplicates!.groups).toEqual([]);
    expect(services!.groups).toMatchObject([
      {
        lines: 29,
        billed: '2630.03',
        keys: [{ id: 'http://www.ama-assn.org/go/cpt|99213' }, { id: 'USD' }],
      },
      { lines: 1, billed: '0.05' },
    ]);
    expect(indicators).toMatchObject([
      { type: 'CLAIM_WITHOUT_ENCOUNTER', groups: [{ findings: 29 }, { findings: 1 }] },
      { type: 'SAME_SERVICE_TWICE', groups: [] },
    ]);
  });

  it('tells of supply what happened: events, stays, flow, verification', async () => {
    const { analytics } = await api.get<Answer>(
      SUPPLY,
      `{ analytics(window: { from: "2026-01-01T00:00:00Z" }) {
        throughput(by: [BIZ_STEP]) { ${FIGURE} groups { events units keys { id } } }
        captures(by: [CLASS]) { groups { versions keys { id } } }
        dwell { groups { stays units open keys { id } records { nodes { seq } } } }
        flow { groups { units shipments received transitP50Ms keys { id } } nodes { id unitsIn unitsOut } }
        verification { groups { serials keys { id } } }
        aggregationAccuracy { groups { children conflicts accuracy } }
        expiryAtRisk(withinDays: 30000) { groups { units } }
        coldChain { groups { readings } }
      } }`,
    );
    const { throughput, captures, dwell, flow, verification } = analytics;
    const step = (name: string) => `https://ref.gs1.org/cbv/BizStep-${name}`;
    const bySteps = new Map(throughput!.groups.map(({ keys, ...row }) => [keys[0]!.id, row]));
    expect(bySteps.get(step('commissioning'))).toEqual({ events: 1, units: 4 });
    expect(bySteps.get(step('receiving'))).toEqual({ events: 2, units: 2 });
    expect(captures!.groups).toEqual([{ versions: 7, keys: [{ id: 'epcis.event' }] }]);
    const plant = dwell!.groups.find(({ keys }) => /0614141007295/.test(keys[0]!.id ?? ''));
    expect(plant).toMatchObject({ stays: 4, units: 4 });
    expect(plant!.records!.nodes.length).toBeGreaterThan(0);
    expect(flow!.groups).toMatchObject([
      { units: 2, shipments: 1, received: 2, transitP50Ms: 61 * 60_000 },
    ]);
    expect((flow as unknown as { nodes: object[] }).nodes).toMatchObject([
      { unitsOut: 2, unitsIn: 0 },
      { unitsOut: 0, unitsIn: 2 },
    ]);
    const reasons = verification!.groups.map(({ keys, serials }) => [keys[0]!.id, serials]);
    expect(Object.fromEntries(reasons as [string, number][])).toMatchObject({
      NOT_COMMISSIONED: 1,
    });
    expect(analytics['aggregationAccuracy']!.groups).toEqual([
      { children: 2, conflicts: 0, accuracy: 1 },
    ]);
    expect(analytics['expiryAtRisk']!.groups).toMatchObject([{ units: 15 }]);
  });

  it('tells researchers of supply in pseudonyms, and never of single units', async () => {
    const { analytics } = await api.get<Answer>(
      RESEARCHER,
      `{ analytics {
        throughput(by: [SITE, LOT]) { ${FIGURE} groups { units ${GROUP} } }
        expiryAtRisk { groups { units expired firstExpiry ${GROUP} } }
        dwell(by: [PRODUCT]) { groups { stays openSince ${GROUP} } }
        coldChain(by: [UNIT]) { groups { readings ${GROUP} } }
      } }`,
    );
    const shown = (name: string) => analytics[name]!.groups.filter(({ isWithheld }) => !isWithheld);
    expect(shown('expiryAtRisk')).toMatchObject([{ units: 12, expired: 12, firstExpiry: null }]);
    // one unit is of no known product: its group takes the other one with it
    expect(shown('dwell')).toEqual([]);
    expect(shown('coldChain')).toEqual([]);
    const text = JSON.stringify(analytics);
    expect(text).not.toMatch(/061414|id\.gs1\.org|HERON/);
    expect(text).toContain('urn:provtrail:pseudonym:');
  });

  it('lets researchers move no bounds, for that takes single records in and out', async () => {
    for (const figure of [
      'expiryAtRisk(withinDays: 91) { withheld }',
      'coldChain(minCelsius: 2) { withheld }',
      'claims { duplicates(daysApart: 4) { withheld } }',
      'claims { indicators(dayMinutesMax: 700) { withheld } }',
      'claims { totals(bucket: DAY) { withheld } }',
      'throughput(bucket: WEEK) { withheld }',
    ]) {
      expect(await api.fail(RESEARCHER, `{ analytics { ${figure} } }`)).toBe('FORBIDDEN');
      expect((await api.ask(CLINICIAN, `{ analytics { ${figure} } }`)).errors).toBeUndefined();
    }
  });

  it('is a table for exports, as the same viewer may have it', async () => {
    const table = async (viewer: typeof CLINICIAN) => {
      const { reader } = api.context(viewer);
      const view = await openAnalytics(reader, {});
      return figureRows(reader, view, {
        name: 'CLAIM_TOTALS',
        by: ['PAYER'],
        measures: ['claims', 'billed', 'subjects'],
      });
    };
    const { columns, rows, answer } = await table(CLINICIAN);
    expect(columns).toEqual([
      ...['payer', 'payerName', 'currency', 'currencyName'].map((name) => ({ name, type: 'TEXT' })),
      { name: 'claims', type: 'INT' },
      { name: 'billed', type: 'DECIMAL' },
      { name: 'subjects', type: 'INT' },
      { name: 'isWithheld', type: 'BOOLEAN' },
    ]);
    expect(rows).toContainEqual(['Small Payer', null, 'USD', null, 3, '30.03', 3, false]);
    expect(answer.isComplete).toBe(true);
    const withheld = (await table(RESEARCHER)).rows.filter((row) => row.at(-1) === true);
    expect(withheld.length).toBeGreaterThan(1);
    for (const row of withheld)
      expect(row.slice(0, -1).every((value) => value === null)).toBe(true);
  });

  it('reads the cold chain of a unit out of what it was packed in', async () => {
    // a pallet measured at 5 degrees; what is in it was in that
    const journey = await startApi(`${directory}/journey`);
    try {
      await captureAll(journey, [buildFirstJourney(), buildOnwardJourney()]);
      const { analytics } = await journey.get<Answer>(
        SUPPLY,
        `{ analytics { coldChain(by: [UNIT], maxCelsius: 4) {
          groups { units readings minCelsius maxCelsius meanKineticCelsius minutesOut keys { id }
            records { nodes { type } } } } } }`,
      );
      const [group, ...others] = analytics['coldChain']!.groups;
      expect(others).toEqual([]);
      expect(group).toMatchObject({
        ...{ units: 1, readings: 1, minutesOut: 0 },
        records: { nodes: [{ type: 'ObjectEvent' }] },
      });
      for (const name of ['minCelsius', 'maxCelsius', 'meanKineticCelsius']) {
        expect(group![name]).toBeCloseTo(5, 6);
      }
      expect(group!.keys[0]!.id).toContain('/21/11');
    } finally {
      await journey.close();
    }
  });

  it('gives each role what it may have', async () => {
    const query =
      '{ analytics { throughput { groups { events } } claims { totals { groups { claims } } } } }';
    for (const role of ['clinician', 'payer', 'service', 'researcher', 'auditor'] as const) {
      expect((await api.ask(viewerOf(role), query)).errors).toBeUndefined();
    }
    const { data, errors } = await api.ask<Answer>(SUPPLY, query);
    expect(data!.analytics['throughput']!.groups).toEqual([{ events: 7 }]);
    expect(data!.analytics.claims['totals']).toBeNull();
    expect(errors!.map(({ extensions }) => extensions!['code'])).toEqual(['FORBIDDEN']);
    for (const role of ['patient', 'operator'] as const) {
      expect(await api.fail(viewerOf(role), query)).toBe('FORBIDDEN');
    }
    expect(await api.fail(viewerOf('payer', { scopes: [] }), query)).toBe('FORBIDDEN');
    expect(await api.fail(ANONYMOUS, query)).toBe('UNAUTHENTICATED');
  });

  it('refuses what a figure cannot be split or filtered by', async () => {
    for (const [args, figure] of [
      ['', 'throughput(by: [PAYER]) { withheld }'],
      ['', 'flow(by: [SENDER, RECEIVER, PRODUCT, LOT]) { withheld }'],
      ['', 'dwell(groupsMax: 1001) { withheld }'],
      ['(filter: { organisations: ["x"] })', 'dwell { withheld }'],
      ['(filter: { products: ["1"] })', 'dwell { withheld }'],
      ['(filter: { lots: [] })', 'dwell { withheld }'],
      ['(window: { from: "2024-01-01T00:00:00Z", to: "2024-01-01T00:00:00Z" })', 'asOfPosition'],
    ]) {
      expect(await api.fail(CLINICIAN, `{ analytics${args} { ${figure} } }`)).toBe(
        'BAD_USER_INPUT',
      );
    }
  });

  it('says so when there are more groups than asked for', async () => {
    const { analytics } = await api.get<Answer>(
      CLINICIAN,
      `{ analytics { throughput(by: [BIZ_STEP], groupsMax: 2) { ${FIGURE} groups { events } } } }`,
    );
    expect(analytics['throughput']).toMatchObject({ isComplete: false, reason: 'MAX_GROUPS' });
    expect(analytics['throughput']!.groups).toHaveLength(2);
  });

  it('answers what is done when the time is over, and says what is not', async () => {
    const hurried = await startApi(`${directory}/hurried`, { limits: { deadlineMs: 1e-6 } });
    try {
      const { data, errors } = await hurried.ask<Answer>(
        CLINICIAN,
        `{ analytics { dwell { ${FIGURE} } claims { totals { ${FIGURE} groups { claims } } } } }`,
      );
      expect(errors).toBeUndefined();
      const late = { isComplete: false, reason: 'DEADLINE' };
      expect(data!.analytics).toMatchObject({ dwell: late, claims: { totals: late } });
    } finally {
      await hurried.close();
    }
  });

  it('breaks off what would take hours, and answers the rest', async () => {
    const crowded = await startApi(`${directory}/crowded`, { limits: { deadlineMs: 5_000 } });
    try {
      // each claim is like every other: five thousand million pairs
      const { facts } = crowded.rooms;
      await facts.caughtUp(1);
      await facts.query(`INSERT INTO claim SELECT i, 'CLAIM', i, 1, 0, 0, 1, 1, 1, 1, 'claim', 'active', NULL, 0, 0, 0,
        i % 2, NULL, NULL, NULL, 'USD', TRUE, NULL, 1, 0 FROM range(100000) t(i)`);
      await facts.query(`INSERT INTO line SELECT i, 0, 'CLAIM', 1, 1, 1, 1, NULL, NULL, i % 2, NULL, 0, NULL, 1, NULL,
        NULL, NULL, 'USD' FROM range(100000) t(i)`);
      const query = `{ analytics { claims { totals { ${FIGURE} groups { claims } }
        duplicates(percentApart: 100) { ${FIGURE} groups { claims } } } } }`;
      const { analytics } = await crowded.get<Answer>(CLINICIAN, query);
      const { totals, duplicates } = analytics.claims;
      expect(totals).toMatchObject({ isComplete: true, groups: [{ claims: 100_000 }] });
      expect(duplicates).toMatchObject({ isComplete: false, reason: 'DEADLINE', groups: [] });
      // nothing of it goes on
      expect(await facts.query('SELECT 1')).toEqual([[1]]);
    } finally {
      await crowded.close();
    }
  });

  it('costs what its groups are worth', async () => {
    const records = '{ groups { records(first: 500) { nodes { cid rid seq type class } } } }';
    const query = `{ analytics { dwell(groupsMax: 1000) ${records} } }`;
    expect(await api.fail(CLINICIAN, query)).toBe('QUERY_TOO_COMPLEX');
  });
});
