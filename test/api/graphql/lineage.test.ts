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
