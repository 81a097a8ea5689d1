import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildEvent, buildVisit, CANARY } from './support/build-visit.js';
import { captureAll, type Captured } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  type TestApi,
} from './support/start-api.js';
import type { Viewer } from '../../../src/access/viewer.js';

interface Page {
  nodes: { seq: number; type: string }[];
  edges: { cursor: string; node: { seq: number } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
  position: number;
}

const RECORDS = `query ($filter: RecordFilter, $orderBy: RecordOrder, $first: Int, $after: String) {
  records(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes { seq type }
    edges { cursor node { seq } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
    position
  }
}`;

describe('lists of records', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let captured: Captured[];

  beforeAll(async () => {
    api = await startApi(directory);
    const documents = [buildVisit(1), buildEvent(1), buildVisit(2), buildEvent(2), buildVisit(3)];
    captured = await captureAll(api, documents);
  });
  afterAll(() => api.close());

  const list = async (viewer: Viewer, variables: Record<string, unknown> = {}) =>
    (await api.get<{ records: Page }>(viewer, RECORDS, variables)).records;
  const walk = async (viewer: Viewer, variables: Record<string, unknown>) => {
    const pages: Page[] = [];
    let after: string | null = null;
    do {
      const page: Page = await list(viewer, { ...variables, after });
      pages.push(page);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return pages;
  };
  const seqsOf = (pages: Page[]) => pages.flatMap(({ nodes }) => nodes.map(({ seq }) => seq));

  it('lists the newest first, and says how many there are and how far it knows', async () => {
    const page = await list(CLINICIAN);
    const seqs = captured.map(({ seq }) => seq);
    expect(seqsOf([page])).toEqual([...seqs].reverse());
    expect(page).toMatchObject({
      totalCount: 17,
      position: 17,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
    expect(page.edges[0]?.cursor).toBe(page.pageInfo.startCursor);
    expect(page.edges.at(-1)?.cursor).toBe(page.pageInfo.endCursor);
  });

  it.each(['SEQ_ASC', 'SEQ_DESC', 'TIME_ASC', 'TIME_DESC'])(
    'pages through all of them in the order %s, none twice',
    async (orderBy) => {
      const [whole] = await walk(CLINICIAN, { orderBy, first: 500 });
      const pages = await walk(CLINICIAN, { orderBy, first: 4 });
      expect(pages.map(({ nodes }) => nodes.length)).toEqual([4, 4, 4, 4, 1]);
      expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual([
        false,
        ...Array(4).fill(true),
      ]);
      expect(seqsOf(pages)).toEqual(seqsOf([whole!]));
    },
  );

  it('goes on where it was while more is captured', async () => {
    const first = await list(CLINICIAN, { orderBy: 'SEQ_DESC', first: 3 });
    const [added] = await captureAll(api, [buildEvent(99)]);
    const after = first.pageInfo.endCursor;
    const next = await list(CLINICIAN, { orderBy: 'SEQ_DESC', first: 3, after });
    expect(seqsOf([first, next])).toEqual([17, 16, 15, 14, 13, 12]);
    expect(added?.seq).toBe(18);
  });

  it('filters by class, type, author, time, and identifier', async () => {
    const author = api.app.ledger.authorKid;
    const count = async (filter: object) => (await list(CLINICIAN, { filter })).totalCount;
    expect(await count({ class: 'EPCIS_EVENT' })).toBe(3);
    expect(await count({ type: 'Claim' })).toBe(3);
    expect(await count({ type: 'Claim', class: 'EPCIS_EVENT' })).toBe(0);
    expect(await count({ author })).toBe(18);
    expect(await count({ author: 'somebody' })).toBe(0);
    expect(await count({ capturedBefore: '2020-01-01T00:00:00Z' })).toBe(0);
    expect(await count({ capturedFrom: '2020-01-01T00:00:00Z' })).toBe(18);
    expect(await count({ identifier: { system: 'urn:mrn', value: `${CANARY}-2` } })).toBe(1);
    expect(await count({ identifier: { value: `${CANARY}-2` } })).toBe(1);
    expect(await count({ identifier: { system: 'urn:other', value: `${CANARY}-2` } })).toBe(0);
    expect(await count({ latestOnly: true })).toBe(18);
  });

  it('lets a supply partner list and count what is of supply, and nothing else', async () => {
    const pages = await walk(SUPPLY, { first: 2, orderBy: 'SEQ_ASC' });
    expect(pages.flatMap(({ nodes }) => nodes.map(({ type }) => type))).toEqual([
      'ObjectEvent',
      'ObjectEvent',
      'ObjectEvent',
    ]);
    expect(pages[0]?.totalCount).toBe(3);
    expect(await list(SUPPLY, { filter: { class: 'FHIR_RESOURCE' } })).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false },
    });
  });

  it('finds nothing by identifier or date for those who may not read', async () => {
    const filter = { identifier: { value: `${CANARY}-2` } };
    expect(await list(RESEARCHER, { filter })).toMatchObject({ nodes: [], totalCount: 0 });
    expect(await list(RESEARCHER, { orderBy: 'TIME_ASC' })).toMatchObject({ nodes: [] });
    expect((await list(RESEARCHER)).totalCount).toBe(18);
  });

  it('tells a stranger to bring a token', async () => {
    expect(await api.fail(ANONYMOUS, RECORDS)).toBe('UNAUTHENTICATED');
  });

  it.each([0, -1, -2_147_483_648, 501, 1e9])('refuses first: %d', async (first) => {
    const { errors } = await api.ask(CLINICIAN, RECORDS, { first });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', limit: 500 });
  });

  it('refuses cursors that were edited, made for another question, or for another viewer', async () => {
    const { pageInfo } = await list(CLINICIAN, { first: 3 });
    const after = pageInfo.endCursor!;
    const edited = after.slice(0, -2) + (after.endsWith('A') ? 'BB' : 'AA');
    const bob = { ...CLINICIAN, subject: 'bob' };
    expect(await api.fail(CLINICIAN, RECORDS, { after: edited })).toBe('BAD_CURSOR');
    expect(await api.fail(CLINICIAN, RECORDS, { after: 'nonsense' })).toBe('BAD_CURSOR');
    expect(await api.fail(CLINICIAN, RECORDS, { after, orderBy: 'SEQ_ASC' })).toBe('BAD_CURSOR');
    expect(await api.fail(CLINICIAN, RECORDS, { after, filter: { type: 'Claim' } })).toBe(
      'BAD_CURSOR',
    );
    expect(await api.fail(bob, RECORDS, { after })).toBe('BAD_CURSOR');
    expect((await list(CLINICIAN, { after, first: 1 })).nodes).toHaveLength(1);
  });
});
