import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExportEnd } from '../../../src/query/export/export-rows.js';
import { generateSample } from '../../../src/sample/sample.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

type Row = Record<string, unknown>;

const directory = tempDirectory();
const texts = [...generateSample({ records: 300, seed: 5 })].map(({ text }) => text);
/** More than a page holds. */
const SPOKES = 1_500;
let node: TestServer;
let payment: string;

beforeAll(async () => {
  node = await startServer(directory);
  const documents = texts.map((text) => ({ text }));
  const input = { documents, mode: 'proceed' as const, waitFor: 'INDEXED' as const };
  const { problems } = await node.app.capture.capture(input as never);
  expect(problems).toEqual([]);
  const { rows } = await linesAt('/export?what=records&type=ExplanationOfBenefit');
  payment = String(rows[0]!['cid']);
});
afterAll(() => node.close());

async function linesAt(
  path: string,
  role: 'clinician' | 'researcher' = 'clinician',
): Promise<{ rows: Row[]; end: ExportEnd; answer: Response }> {
  const authorization = `Bearer ${await node.token({ role })}`;
  const answer = await node.ask(path, { headers: { authorization } });
  const text = await answer.text();
  expect([path, answer.status, answer.ok ? '' : text]).toEqual([path, 200, '']);
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const { export: end } = rows.pop() as { export: ExportEnd };
  return { rows, end, answer };
}

/** All resources of the sample of one type. */
function resourcesOf(type: string): Row[] {
  const resources = texts.flatMap((text) => {
    const { entry } = JSON.parse(text) as { entry?: { resource: Row }[] };
    return entry?.map(({ resource }) => resource) ?? [];
  });
  return resources.filter(({ resourceType }) => resourceType === type);
}

describe('GET /export of lineage', () => {
  it('has the nodes and the edges that GraphQL has', async () => {
    const { data } = await node.graphql(
      `query ($cid: CID!) {
        lineage(input: { roots: [{ cid: $cid }], direction: UPSTREAM, depthMax: 20 }) {
          nodes { cid type depth } edges { from to relation path } isComplete
        }
      }`,
      { cid: payment },
    );
    const graph = data!['lineage'] as { nodes: Row[]; edges: Row[]; isComplete: boolean };
    const query = `root=${payment}&depthMax=20`;
    const nodes = await linesAt(`/export?what=lineage.nodes&${query}`);
    const edges = await linesAt(`/export?what=lineage.edges&${query}`);
    expect(nodes.rows.map(({ cid, type, depth }) => ({ cid, type, depth }))).toEqual(graph.nodes);
    expect(
      edges.rows.map(({ from, to, relation, path }) => ({ from, to, relation, path })),
    ).toEqual(graph.edges);
    expect([nodes.end.isComplete, edges.end.isComplete]).toEqual([true, true]);
  });

  it('goes on page after page, with every node and every edge once', async () => {
    const hub = { resourceType: 'Patient', id: 'hub' };
    const spokes = Array.from({ length: SPOKES }, (_, n) =>
      buildObservation(n, { subject: { reference: 'Patient/hub' } }),
    );
    const documents = [JSON.stringify(hub), ...spokes].map((text) => ({
      text,
      mediaType: 'application/fhir+json',
    }));
    await node.app.capture.capture({ documents, mode: 'proceed', waitFor: 'INDEXED' });
    const { rows: patients } = await linesAt('/export?what=records&type=Patient&orderBy=SEQ_DESC');
    const root = String(patients[0]!['cid']);
    const query = `root=${root}&direction=DOWNSTREAM&relation=refersTo`;
    const nodes = await linesAt(`/export?what=lineage.nodes&${query}`);
    expect(nodes.end).toMatchObject({ isComplete: true, rows: SPOKES + 1 });
    expect(new Set(nodes.rows.map(({ cid }) => cid)).size).toBe(SPOKES + 1);
    const edges = await linesAt(`/export?what=lineage.edges&${query}`);
    expect(edges.end).toMatchObject({ isComplete: true, rows: SPOKES });
    expect(new Set(edges.rows.map(({ from }) => from)).size).toBe(SPOKES);
    expect(new Set(edges.rows.map(({ to }) => to))).toEqual(new Set([root]));
  });

  it('says that it is not all there is when the depth ends it', async () => {
    const path = `/export?what=lineage.nodes&root=${payment}&depthMax=1`;
    const { end, answer } = await linesAt(path);
    expect(end).toMatchObject({ isComplete: false, reason: 'MAX_DEPTH', cursor: null });
    expect(answer.headers.get('provtrail-export-incomplete')).toBe('MAX_DEPTH');
  });

  it.each([
    ['prov-json', 'application/prov+json', 'provjson'],
    ['fhir', 'application/fhir+json', 'json'],
  ])('is written as %s', async (format, mediaType, extension) => {
    const answer = await node.ask(`/export?what=lineage&root=${payment}&format=${format}`);
    expect(answer.headers.get('content-type')).toContain(mediaType);
    expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`\\.${extension}"$`));
    expect(JSON.stringify(await answer.json())).toContain(payment);
  });

  it('is written as JSON lines of nodes and edges, with the end that all exports have', async () => {
    const { rows, end } = await linesAt(`/export?what=lineage&root=${payment}`);
    const [nodes, edges] = ['node', 'edge'].map((name) => rows.filter((row) => name in row));
    expect(end.rows).toBe(nodes!.length + edges!.length);
    expect(end.isComplete).toBe(true);
  });

  it('refuses a format that it is not written in, and roots that are not there', async () => {
    const parquet = await node.ask(`/export?what=lineage&root=${payment}&format=parquet`);
    expect([parquet.status, await parquet.json()]).toMatchObject([400, { pointer: '/format' }]);
    expect((await node.ask('/export?what=lineage')).status).toBe(400);
    expect((await node.ask('/export?what=lineage.nodes&root=999999')).status).toBe(404);
  });
});

describe('GET /export of an impact', () => {
  it('has everything downstream of a root, by degree', async () => {
    const { rows: sources } = await linesAt(`/export?what=lineage.nodes&root=${payment}`);
    const claim = sources.find(({ type }) => type === 'Claim')!;
    const { rows, end } = await linesAt(`/export?what=impact&root=${String(claim['cid'])}`);
    expect(rows.map(({ cid }) => cid)).toContain(payment);
    expect(rows.every(({ degree }, i) => i === 0 || degree! >= rows[i - 1]!['degree']!)).toBe(true);
    expect(end).toMatchObject({ isComplete: true, rows: rows.length });
  });
});

describe('GET /export of facts', () => {
  it('has every claim and every line, sums equal to those of the files', async () => {
    const claims = await linesAt('/export?what=claims');
    const billed = claims.rows.filter(({ kind }) => kind === 'CLAIM');
    const files = resourcesOf('Claim');
    const total = (resource: Row) => (resource['total'] as { value: number }).value;
    const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
    expect(billed).toHaveLength(files.length);
    expect(sum(billed.map((row) => row['billed'] as number))).toBeCloseTo(sum(files.map(total)), 6);
    expect(claims.end).toMatchObject({ isComplete: true });
    const lines = await linesAt('/export?what=lines');
    const items = files.flatMap((claim) => claim['item'] as Row[]);
    expect(lines.rows.filter(({ kind }) => kind === 'CLAIM')).toHaveLength(items.length);
  });

  it('names the record behind a row, and parties', async () => {
    const { rows } = await linesAt('/export?what=claims');
    const { rows: records } = await linesAt('/export?what=records&class=fhir.resource');
    const rids = new Set(records.map(({ rid }) => rid));
    const cids = new Set(records.map(({ cid }) => cid));
    for (const { cid, patient } of rows) {
      expect(cids).toContain(cid);
      expect(rids).toContain(patient);
    }
  });

  it('goes on behind any row', async () => {
    const whole = await linesAt('/export?what=lines&cursors=true');
    const after = String(whole.rows[3]!['cursor']);
    const rest = await linesAt(`/export?what=lines&after=${after}`);
    expect(rest.rows).toEqual(whole.rows.slice(4).map(({ cursor: _, ...row }) => row));
    expect(rest.end).toEqual(whole.end);
  });

  it('is for who may read the records only', async () => {
    const authorization = `Bearer ${await node.token({ role: 'researcher' })}`;
    for (const what of ['claims', 'lines', 'encounters', 'dispenses', 'sensors']) {
      const answer = await node.ask(`/export?what=${what}`, { headers: { authorization } });
      expect([what, answer.status]).toEqual([what, 403]);
    }
    for (const what of ['encounters', 'dispenses', 'sensors']) {
      expect((await linesAt(`/export?what=${what}`)).end.isComplete).toBe(true);
    }
  });
});

describe('GET /export of figures', () => {
  it('has the groups that GraphQL has', async () => {
    const path = '/export?what=analytics.claim_totals&by=CLAIM_TYPE';
    const { rows, end } = await linesAt(path);
    const { data } = await node.graphql(`{
      analytics {
        claims {
          totals(by: [CLAIM_TYPE]) { groups { keys { id } claims billed paid } }
        }
      }
    }`);
    type Totals = { claims: { totals: { groups: (Row & { keys: { id: string }[] })[] } } };
    const { groups } = (data!['analytics'] as Totals).claims.totals;
    const told = rows.map(({ claimType, currency, claims, billed, paid }) => {
      return { keys: [{ id: claimType }, { id: currency }], claims, billed, paid };
    });
    const asNumber = (amount: unknown) => (amount === null ? null : Number(amount));
    expect(told).toEqual(
      groups.map((group) => {
        return { ...group, billed: asNumber(group['billed']), paid: asNumber(group['paid']) };
      }),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(end).toMatchObject({ isComplete: true, rows: rows.length });
  });

  it('withholds from a researcher what it withholds everywhere', async () => {
    const path = '/export?what=analytics.claim_totals&by=PROVIDER';
    const { rows } = await linesAt(path, 'researcher');
    for (const row of rows) {
      if (row['isWithheld']) expect(row).toMatchObject({ provider: null, billed: null });
      else expect(row['subjects']).toBeGreaterThanOrEqual(11);
    }
    expect((await linesAt(path)).rows.every(({ isWithheld }) => isWithheld === false)).toBe(true);
  });

  it('refuses what a figure cannot be split by, and a position it cannot be of', async () => {
    for (const query of ['by=LOT', 'by=COLOUR', 'knownAt=1', 'cursors=true', 'bucket=CENTURY']) {
      const answer = await node.ask(`/export?what=analytics.claim_totals&${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
  });
});

describe('any of them', () => {
  it.each(['claims', 'lines', 'impact&root=3', 'analytics.services', 'lineage.edges&root=40'])(
    'is written as CSV and Parquet: %s',
    async (query) => {
      const csv = await node.ask(`/export?what=${query}&format=csv`);
      const parquet = await node.ask(`/export?what=${query}&format=parquet`);
      const statuses = [csv.status, parquet.status];
      expect(statuses).toEqual([200, 200]);
      const bytes = Buffer.from(await parquet.arrayBuffer());
      expect(bytes.subarray(-4).toString()).toBe('PAR1');
      expect((await csv.text()).split('\r\n').length).toBeGreaterThan(1);
    },
  );
});
