import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildVisit, CANARY } from './support/build-visit.js';
import { captureAll, type Captured } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  type TestApi,
} from './support/start-api.js';

interface Lineage {
  nodes: { cid: string; type: string; depth: number; occurredAt: string | null }[];
  edges: { from: string; to: string; relation: string; path: string }[];
  isComplete: boolean;
  reason: string | null;
  omitted: number;
  frontier: string[];
  redacted: number;
  position: number;
}

const LINEAGE = `query ($input: LineageInput!) {
  lineage(input: $input) {
    nodes { id cid rid version depth seq capturedAt class type occurredAt isLatest indexState
            record { cid content } }
    edges { from to relation path }
    isComplete reason omitted isOmittedExact frontier redacted unresolved cycles position
  }
}`;

describe('lineage over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];
  let bill: string;
  let claim: string;
  let encounter: string;

  beforeAll(async () => {
    api = await startApi(directory);
    records = await captureAll(api, [buildVisit(1), buildVisit(2)]);
    [, encounter, , claim, bill] = records.map(({ cid }) => cid) as [
      ...[string, string, string, string, string],
    ];
  });
  afterAll(() => api.close());

  const walk = async (input: object, viewer = CLINICIAN) =>
    (await api.get<{ lineage: Lineage }>(viewer, LINEAGE, { input })).lineage;
  const typesOf = ({ nodes }: Lineage) => nodes.map(({ type, depth }) => `${depth} ${type}`);

  it('follows a bill up to what it was made of', async () => {
    const lineage = await walk({ roots: [{ cid: bill }] });
    expect(typesOf(lineage)).toEqual([
      '0 ExplanationOfBenefit',
      '1 Claim',
      expect.stringMatching(/^2 (Encounter|Condition)$/),
      expect.stringMatching(/^2 (Encounter|Condition)$/),
    ]);
    expect(lineage.edges).toContainEqual({
      from: bill,
      to: claim,
      relation: 'wasDerivedFrom',
      path: '/claim',
    });
    expect(lineage).toMatchObject({
      isComplete: true,
      reason: null,
      omitted: 0,
      isOmittedExact: true,
      frontier: [],
      redacted: 0,
      unresolved: 0,
      cycles: [],
      position: 10,
    });
    expect(lineage.nodes[1]).toMatchObject({
      cid: claim,
      class: 'FHIR_RESOURCE',
      occurredAt: '1999-01-03T00:00:00.000Z',
      indexState: 'AVAILABLE',
      record: { cid: claim, content: expect.stringContaining(CANARY) },
    });
  });

  it('follows an encounter down to what came of it', async () => {
    const lineage = await walk({ roots: [{ cid: encounter }], direction: 'DOWNSTREAM' });
    expect(typesOf(lineage)).toEqual(['0 Encounter', '1 Claim', '2 ExplanationOfBenefit']);
  });

  it('takes roots by id, CID, rid and position, and exactly one of them', async () => {
    const { record } = await api.get<{ record: { id: string } }>(
      CLINICIAN,
      'query ($cid: CID!) { record(cid: $cid) { id } }',
      { cid: bill },
    );
    const { rid, seq } = records[4]!;
    for (const root of [{ id: record.id }, { cid: bill }, { rid }, { seq }]) {
      expect((await walk({ roots: [root], depthMax: 0 })).nodes[0]?.cid).toBe(bill);
    }
    for (const root of [{}, { rid, seq }, { rid: null }]) {
      const code = await api.fail(CLINICIAN, LINEAGE, { input: { roots: [root] } });
      expect(code).toBe('BAD_USER_INPUT');
    }
  });

  it('says what it left out, and where to go on', async () => {
    const shallow = await walk({ roots: [{ cid: bill }], depthMax: 1 });
    expect(shallow).toMatchObject({
      isComplete: false,
      reason: 'MAX_DEPTH',
      omitted: 2,
      frontier: [claim],
    });
    const small = await walk({ roots: [{ cid: bill }], nodesMax: 2 });
    expect(small.nodes).toHaveLength(2);
    expect(small).toMatchObject({ isComplete: false, reason: 'MAX_NODES' });
    const roots = shallow.frontier.map((cid) => ({ cid }));
    expect((await walk({ roots })).nodes).toHaveLength(3);
  });

  const PAGES = `query ($input: LineageInput!, $after: String) {
    lineage(input: $input, after: $after) {
      nodes { key kind uri cid } edges { from to relation path evidence since until rule }
      isComplete reason pageInfo { hasNextPage endCursor }
      facets { relations { value count } types { value count } organisations { value count } depths { value count } }
    }
  }`;
  interface Page {
    nodes: { key: string; kind: string }[];
    edges: { from: string; to: string }[];
    isComplete: boolean;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    facets: Record<string, { value: string; count: number }[]>;
  }
  const page = async (variables: object, viewer = CLINICIAN) =>
    (await api.get<{ lineage: Page }>(viewer, PAGES, { ...variables })).lineage;

  it('answers page by page, each edge on one of them', async () => {
    const input = { roots: [{ cid: bill }], nodesMax: 1 };
    const whole = await page({ input: { ...input, nodesMax: 100 } });
    const pages = [await page({ input })];
    while (pages.at(-1)!.pageInfo.hasNextPage) {
      const after = pages.at(-1)!.pageInfo.endCursor;
      pages.push(await page({ input: { ...input, nodesMax: pages.length }, after }));
    }
    expect(pages.map(({ nodes }) => nodes.length)).toEqual([1, 1, 2]);
    expect(pages.flatMap(({ nodes }) => nodes)).toEqual(whole.nodes);
    const textOf = (edge: object) => JSON.stringify(edge);
    expect(pages.flatMap(({ edges }) => edges.map(textOf)).sort()).toEqual(
      whole.edges.map(textOf).sort(),
    );
    expect(pages.at(-1)).toMatchObject({ isComplete: true, pageInfo: { endCursor: null } });
    expect(whole.edges[0]).toMatchObject({ evidence: bill, since: null, until: null, rule: null });
  });

  it('takes a cursor for the same question of the same viewer only', async () => {
    const input = { roots: [{ cid: bill }], nodesMax: 1 };
    const after = (await page({ input })).pageInfo.endCursor;
    const refused: [object, typeof CLINICIAN][] = [
      [{ input: { ...input, depthMax: 7 }, after }, CLINICIAN],
      [{ input: { ...input, types: ['Claim'] }, after }, CLINICIAN],
      [{ input: { roots: [{ cid: claim }], nodesMax: 1 }, after }, CLINICIAN],
      [{ input, after: `${after}A` }, CLINICIAN],
      [{ input, after }, RESEARCHER],
    ];
    for (const [variables, viewer] of refused) {
      expect(await api.fail(viewer, PAGES, { ...variables })).toBe('BAD_CURSOR');
    }
    expect((await page({ input, after })).nodes).toHaveLength(1);
  });

  it('counts what the answer consists of', async () => {
    const { facets } = await page({ input: { roots: [{ cid: bill }] } });
    expect(facets['types']?.map(({ value, count }) => `${value} ${count}`).sort()).toEqual([
      'Claim 1',
      'Condition 1',
      'Encounter 1',
      'ExplanationOfBenefit 1',
    ]);
    expect(facets['organisations']).toEqual([{ value: api.rooms.organisation.name, count: 4 }]);
    expect(facets['depths']).toEqual([
      { value: '0', count: 1 },
      { value: '1', count: 1 },
      { value: '2', count: 2 },
    ]);
  });

  it('goes only through records of an organisation, and of a time', async () => {
    const roots = [{ cid: bill }];
    const { name, slug } = api.rooms.organisation;
    for (const organisations of [[name], [slug], [api.app.ledger.log], ['x', name]]) {
      expect((await page({ input: { roots, organisations } })).nodes).toHaveLength(4);
    }
    expect((await page({ input: { roots, organisations: ['x'] } })).nodes).toHaveLength(1);
    const after = { occurredFrom: '2015-01-01T00:00:00Z' };
    expect((await page({ input: { roots, ...after } })).nodes).toHaveLength(1);
    const asOf = '1999-01-02T00:00:00Z';
    const then = await page({ input: { roots, asOf } });
    expect(then.nodes.length).toBeLessThan(4);
    // for whoever may not read, it happened when it was captured: asking tells nothing
    expect((await page({ input: { roots, asOf } }, RESEARCHER)).nodes).toHaveLength(1);
    expect((await page({ input: { roots, ...after } }, RESEARCHER)).nodes).toHaveLength(4);
  });

  it('answers as of an earlier position', async () => {
    const knownAt = records[3]!.seq;
    const lineage = await walk({ roots: [{ cid: encounter }], direction: 'DOWNSTREAM', knownAt });
    expect(typesOf(lineage)).toEqual(['0 Encounter', '1 Claim']);
    expect(lineage.position).toBe(knownAt);
    const roots = [{ cid: bill }];
    expect(await api.fail(CLINICIAN, LINEAGE, { input: { roots, knownAt } })).toBe('NOT_FOUND');
  });

  it('follows the relations and types asked for', async () => {
    const roots = [{ cid: bill }];
    expect((await walk({ roots, relations: ['wasRevisionOf'] })).nodes).toHaveLength(1);
    expect((await walk({ roots, types: ['Claim'] })).nodes).toHaveLength(2);
    const wide = await walk({ roots, relations: ['wasDerivedFrom', 'refersTo'] });
    expect(typesOf(wide)).toContain('1 Patient');
  });

  it('shows a researcher the structure and no content', async () => {
    const lineage = await walk({ roots: [{ cid: bill }] }, RESEARCHER);
    expect(lineage.nodes).toHaveLength(4);
    expect(JSON.stringify(lineage)).not.toContain(CANARY);
    expect(lineage.nodes.map(({ occurredAt }) => occurredAt)).toEqual([null, null, null, null]);
  });

  it('says NOT_FOUND of roots that are not there and of roots that may not be known', async () => {
    const input = { roots: [{ cid: bill }] };
    const nowhere = { roots: [{ cid: api.app.ledger.log }, { id: 'x' }, { rid: 'x' }, { seq: 0 }] };
    expect(await api.fail(CLINICIAN, LINEAGE, { input: nowhere })).toBe('NOT_FOUND');
    expect(await api.fail(SUPPLY, LINEAGE, { input })).toBe('NOT_FOUND');
    expect(await api.fail(ANONYMOUS, LINEAGE, { input })).toBe('UNAUTHENTICATED');
    expect(await api.fail(ANONYMOUS, LINEAGE, { input: nowhere })).toBe('UNAUTHENTICATED');
  });

  it('is not complete where a root is not there, for whatever reason', async () => {
    const whole = await walk({ roots: [{ cid: bill }] });
    expect(whole).toMatchObject({ isComplete: true, redacted: 0 });
    const mistyped = { roots: [{ cid: bill }, { rid: 'x' }] };
    const part = await walk(mistyped);
    expect(part.nodes).toEqual(whole.nodes);
    expect(part).toMatchObject({ isComplete: false, reason: 'ACCESS', redacted: 1 });
    // a thing may be named by somebody who may not know of it, and a record is none
    const things = { roots: [{ cid: bill }], things: ['urn:epc:id:sgtin:0614141.107346.2017'] };
    const nameless = await walk(things, RESEARCHER);
    expect(nameless).toMatchObject({ isComplete: false, reason: 'ACCESS', redacted: 1 });
    const record = { roots: [{ seq: 999_999 }], things: [bill] };
    expect(await api.fail(CLINICIAN, LINEAGE, { input: record })).toBe('NOT_FOUND');
  });

  it.each([
    { depthMax: -1 },
    { depthMax: 1_001 },
    { nodesMax: 0 },
    { nodesMax: 10_001 },
    { roots: [] },
    { roots: Array(101).fill({ seq: 1 }) },
  ])('refuses bounds beyond the bounds: %j', async (part) => {
    const input = { roots: [{ cid: bill }], ...part };
    const small = 'query ($input: LineageInput!) { lineage(input: $input) { isComplete } }';
    expect(await api.fail(CLINICIAN, small, { input })).toBe('BAD_USER_INPUT');
  });
});

describe('lineage of things over GraphQL', () => {
  const directory = tempDirectory();
  const UNIT = 'urn:epc:id:sgtin:0614141.107346.2017';
  const CASE = 'urn:epc:id:sscc:0614141.1234567890';
  let api: TestApi;
  let events: Captured[];
  beforeAll(async () => {
    api = await startApi(directory);
    events = await captureAll(api, [
      event({ type: 'ObjectEvent', action: 'ADD', eventTime: at(1), epcList: [UNIT] }),
      event({
        ...{ type: 'AggregationEvent', action: 'ADD', eventTime: at(2) },
        ...{ parentID: CASE, childEPCs: [UNIT] },
      }),
    ]);
  });
  afterAll(() => api.close());

  const THINGS = `query ($input: LineageInput!) {
    lineage(input: $input) {
      nodes { id key kind uri cid rid version seq capturedAt class type occurredAt isLatest indexState record { cid } }
      edges { from to relation evidence since until }
      reason isComplete frontier cycles
    }
  }`;
  interface Things {
    nodes: { key: string; kind: string; uri: string | null; cid: string | null }[];
    edges: {
      from: string;
      to: string;
      relation: string;
      evidence: string | null;
      since: string | null;
    }[];
    reason: string | null;
  }
  const walk = async (input: object, viewer = SUPPLY) =>
    (await api.get<{ lineage: Things }>(viewer, THINGS, { input })).lineage;

  it('leads from an item to the events it came of and is in, with the evidence', async () => {
    const answer = await walk({ things: [UNIT], direction: 'BOTH' });
    const [unit] = answer.nodes;
    expect(unit).toMatchObject({
      ...{ kind: 'ITEM', cid: null, version: null, class: null, record: null },
    });
    expect(unit!.uri).toBe(unit!.key);
    const cids = answer.nodes.flatMap(({ cid }) => cid ?? []);
    expect(cids).toContain(events[0]!.cid);
    expect(answer.edges).toContainEqual(
      expect.objectContaining({
        ...{ from: unit!.key, to: events[0]!.cid, relation: 'wasGeneratedBy' },
        evidence: events[0]!.cid,
      }),
    );
    const member = answer.edges.find(({ relation }) => relation === 'hadMember');
    expect(member).toMatchObject({
      ...{ to: unit!.key, evidence: events[1]!.cid, since: at(2), until: null },
    });
    expect(new Set(answer.edges.flatMap(({ from, to }) => [from, to]))).toEqual(
      new Set(answer.nodes.map(({ key }) => key)),
    );
  });

  it('as of a time before something was packed, does not know of it', async () => {
    const then = await walk({ things: [UNIT], direction: 'BOTH', asOf: at(1) });
    expect(then.edges.map(({ relation }) => relation)).not.toContain('hadMember');
    expect(then.nodes.map(({ cid }) => cid)).not.toContain(events[1]!.cid);
  });

  it('shows a researcher that there are things, and neither which nor when', async () => {
    const roots = [{ cid: events[1]!.cid }];
    const answer = await walk({ roots, direction: 'BOTH' }, RESEARCHER);
    const things = answer.nodes.filter(({ kind }) => kind !== 'RECORD');
    expect(things.length).toBeGreaterThan(0);
    for (const { uri, key } of things) {
      expect(uri).toBeNull();
      expect(key).toMatch(/^urn:provtrail:thing:[\w-]{22}$/);
    }
    expect(JSON.stringify(answer)).not.toMatch(/0614141|1234567890|2020-/);
    const again = await walk({ roots, direction: 'BOTH' }, RESEARCHER);
    expect(again.nodes).toEqual(answer.nodes);
    expect(await api.fail(RESEARCHER, THINGS, { input: { things: [UNIT] } })).toBe('NOT_FOUND');
    const asked = await walk(
      { roots, direction: 'BOTH', asOf: '2999-01-01T00:00:00Z' },
      RESEARCHER,
    );
    expect(asked.nodes.every(({ kind }) => kind === 'RECORD')).toBe(true);
    expect(asked.reason).toBe('ACCESS');
  });

  it('finds paths between things and records', async () => {
    const query = `query ($from: ID!, $to: ID!) {
      paths(from: $from, to: $to, k: 3) { paths { keys length nodes { cid } edges { relation evidence } } isExhaustive }
    }`;
    const { paths } = await api.get<{ paths: { paths: { keys: string[]; nodes: object[] }[] } }>(
      SUPPLY,
      query,
      { from: UNIT, to: events[0]!.cid },
    );
    expect(paths).toMatchObject({ isExhaustive: true });
    expect(paths.paths[0]).toMatchObject({
      ...{ length: 1, nodes: [{ cid: events[0]!.cid }] },
      edges: [{ relation: 'wasGeneratedBy', evidence: events[0]!.cid }],
    });
    const variables = { from: UNIT, to: events[0]!.cid };
    expect(await api.fail(RESEARCHER, query, variables)).toBe('NOT_FOUND');
  });

  function at(day: number): string {
    return `2020-01-0${day}T00:00:00.000Z`;
  }

  function event(members: object): string {
    return JSON.stringify({
      '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      ...{ eventTimeZoneOffset: '+00:00', ...members },
    });
  }
});

describe('paths over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];
  beforeAll(async () => {
    api = await startApi(directory);
    records = await captureAll(api, [buildVisit(1), buildVisit(2)]);
  });
  afterAll(() => api.close());

  const PATHS = `query ($from: ID!, $to: ID!, $k: Int, $maxLength: Int) {
    paths(from: $from, to: $to, k: $k, maxLength: $maxLength) {
      paths { length nodes { cid type } edges { from to relation path } }
      isExhaustive
      position
    }
  }`;

  it('finds the chains from a bill to the visit it is for', async () => {
    const [, encounter, , , bill] = records;
    const { paths } = await api.get<{ paths: { paths: { nodes: { type: string }[] }[] } }>(
      CLINICIAN,
      PATHS,
      { from: bill!.cid, to: encounter!.rid, k: 5 },
    );
    expect(paths).toMatchObject({ isExhaustive: true, position: 10 });
    expect(paths.paths[0]).toMatchObject({ length: 2 });
    expect(paths.paths[0]?.nodes.map(({ type }) => type)).toEqual([
      'ExplanationOfBenefit',
      'Claim',
      'Encounter',
    ]);
  });

  it('finds none where there is none, and says so', async () => {
    const variables = { from: records[4]!.cid, to: records[6]!.cid };
    expect(await api.get(CLINICIAN, PATHS, variables)).toEqual({
      paths: { paths: [], isExhaustive: true, position: 10 },
    });
  });

  it('refuses ends that are not there, and bounds beyond the bounds', async () => {
    const cid = records[4]!.cid;
    expect(await api.fail(CLINICIAN, PATHS, { from: cid, to: 'x' })).toBe('NOT_FOUND');
    expect(await api.fail(SUPPLY, PATHS, { from: cid, to: cid })).toBe('NOT_FOUND');
    expect(await api.fail(ANONYMOUS, PATHS, { from: cid, to: 'x' })).toBe('UNAUTHENTICATED');
    for (const bound of [{ k: 0 }, { k: 21 }, { maxLength: 0 }, { maxLength: 51 }]) {
      const code = await api.fail(CLINICIAN, PATHS, { from: cid, to: cid, ...bound });
      expect(code).toBe('BAD_USER_INPUT');
    }
  });
});
