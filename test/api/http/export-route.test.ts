import { DuckDBInstance } from '@duckdb/node-api';
import { readdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../src/access/viewer.js';
import type { TokenRequest } from '../../../src/api/token.js';
import type { ExportEnd } from '../../../src/query/export/export-rows.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildDocument, buildEvent, type EventMembers } from './support/build-epcis.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

const RECORDS = 30;
const EVENTS = 12;

beforeAll(async () => {
  node = await startServer(directory);
  for (let n = 0; n < RECORDS; n++) {
    const identifier = [{ system: 'urn:marks', value: `mark-${n}` }];
    await capture(buildObservation(n, { identifier }), 'application/fhir+json');
  }
  // lots that a spreadsheet would run, and one with everything CSV must quote
  const odd = ['=cmd|/c calc!A1', '+1', '-2+3', '@SUM(A1)', 'a "quoted", word'];
  const events = Array.from({ length: EVENTS }, (_, n) =>
    buildEvent(n, odd[n] === undefined ? {} : commissioned(odd[n])),
  );
  await capture(buildDocument(events), 'application/ld+json');
});
afterAll(() => node.close());

async function capture(body: string, type: string): Promise<void> {
  const headers = { 'content-type': type };
  const answer = await node.ask('/capture?waitFor=INDEXED', { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ refused: 0 });
}

function commissioned(lot: string): EventMembers {
  return { action: 'ADD', bizStep: 'commissioning', ilmd: { 'cbvmda:lotNumber': lot } };
}

type Row = Record<string, unknown>;

async function linesAt(
  path: string,
  who: Partial<TokenRequest> = {},
): Promise<{ rows: Row[]; end: ExportEnd; answer: Response }> {
  const authorization = `Bearer ${await node.token(who)}`;
  const answer = await node.ask(path, { headers: { authorization } });
  expect([path, answer.status]).toEqual([path, 200]);
  const text = await answer.text();
  expect(text.endsWith('\n')).toBe(true);
  const lines = text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const { export: end } = lines.pop() as { export: ExportEnd };
  return { rows: lines, end, answer };
}

async function csvAt(path: string): Promise<string[]> {
  const answer = await node.ask(path);
  expect(answer.status).toBe(200);
  return (await answer.text()).split('\r\n');
}

async function refusalAt(path: string, role?: Role): Promise<[number, string]> {
  const authorization = role && `Bearer ${await node.token({ role })}`;
  const answer = await node.ask(path, authorization ? { headers: { authorization } } : {});
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}

describe('GET /export as JSON lines', () => {
  it('has every record once, in the order of the log, and an end that says so', async () => {
    const { rows, end, answer } = await linesAt('/export?what=records');
    const size = node.app.ledger.head().size;
    expect(rows.map(({ seq }) => seq)).toEqual(
      Array.from({ length: RECORDS + EVENTS }, (_, i) => size - RECORDS - EVENTS + i),
    );
    expect(end).toEqual({
      what: 'records',
      isComplete: true,
      reason: null,
      rows: RECORDS + EVENTS,
      position: size - 1,
      redacted: 0,
      cursor: null,
    });
    expect(answer.headers.get('provtrail-export-position')).toBe(String(size - 1));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="records-hospital-a-${size - 1}.jsonl"`,
    );
  });

  it('says of each record what GraphQL says of it', async () => {
    const { rows } = await linesAt('/export?what=records&type=Observation&orderBy=SEQ_DESC');
    const { data } = await node.graphql(`{
      records(first: 100, filter: { type: "Observation" }) {
        nodes { seq cid rid version type sizeBytes capturedAt occurredAt isLatest }
      }
    }`);
    const { nodes } = data!['records'] as { nodes: Row[] };
    expect(rows).toHaveLength(RECORDS);
    for (const [i, row] of rows.entries()) expect(row).toMatchObject(nodes[i]!);
  });

  it('filters as `records` does', async () => {
    const { rows } = await linesAt('/export?what=records&class=EPCIS_EVENT');
    expect(rows).toHaveLength(EVENTS);
    expect(new Set(rows.map((row) => row['class']))).toEqual(new Set(['epcis.event']));
  });

  it('carries content as it was spelt, when asked to', async () => {
    const { rows } = await linesAt('/export?what=records&class=fhir.resource&content=true');
    expect(rows[3]).toMatchObject({ state: 'AVAILABLE', content: { id: 'obs-3' } });
  });

  it('takes the parameters of SimpleEventQuery for events', async () => {
    const query = 'what=events&GE_eventTime=2026-01-01T00:08:00Z&EQ_bizStep=shipping';
    const { rows, end } = await linesAt(`/export?${query}&content=true`);
    expect(rows.map((row) => row['eventTime'])).toEqual(
      [8, 9, 10, 11].map((n) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()),
    );
    expect(rows[0]).toMatchObject({
      cid: expect.stringMatching(/^b/),
      bizStep: 'https://ref.gs1.org/cbv/BizStep-shipping',
      isVoided: false,
      event: { type: 'ObjectEvent', action: 'OBSERVE' },
    });
    expect(end.isComplete).toBe(true);
  });

  it('has the entries of the log, a link each to the one before', async () => {
    const { rows } = await linesAt('/export?what=entries');
    expect(rows).toHaveLength(node.app.ledger.head().size);
    for (const [i, row] of rows.entries()) expect(row['prev']).toBe(rows[i - 1]?.['cid'] ?? null);
  });

  it('has the history of an item, and the units of a recall', async () => {
    const epc = 'urn:epc:id:sgtin:0614141.107346.0';
    const { rows, end } = await linesAt(`/export?what=history&epc=${epc}`);
    expect(rows).toMatchObject([
      { source: 'SELF', role: 'EPC', type: 'ObjectEvent', action: 'ADD' },
    ]);
    expect(end.isComplete).toBe(true);
    const units = await linesAt('/export?what=units&gtin=10614141073464');
    expect(units.rows).toHaveLength(5);
    expect(units.rows.map(({ lot }) => lot)).toContain('=cmd|/c calc!A1');
    expect(await refusalAt('/export?what=history&epc=urn:x:nothing')).toEqual([404, 'NOT_FOUND']);
    expect(await refusalAt('/export?what=units')).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('has alerts, with their evidence as positions', async () => {
    const { rows, end } = await linesAt('/export?what=alerts');
    for (const row of rows) expect(row).toMatchObject({ status: 'SUSPECT' });
    expect(end.rows).toBe(rows.length);
  });
});

describe('GET /export as of a position', () => {
  it('knows nothing of what came later, nor that it replaced something', async () => {
    const before = await linesAt('/export?what=records&latestOnly=true');
    const { position } = before.end;
    await capture(buildObservation(1_000), 'application/fhir+json');
    const replaced = before.rows.findLast(({ type }) => type === 'Observation')!;
    await correct(String(replaced['cid']), buildObservation(0, { status: 'amended' }));
    const again = await linesAt(`/export?what=records&latestOnly=true&knownAt=${position}`);
    expect(again.rows).toEqual(before.rows);
    const now = await linesAt('/export?what=records&latestOnly=true');
    expect(now.rows).toHaveLength(before.rows.length + 1);
    expect(now.rows.map(({ cid }) => cid)).not.toContain(replaced['cid']);
    const all = await linesAt('/export?what=records');
    expect(all.rows.find(({ cid }) => cid === replaced['cid'])).toMatchObject({ isLatest: false });
  });

  async function correct(cid: string, text: string): Promise<void> {
    const { data } = await node.graphql(
      `mutation ($input: CorrectInput!) { correct(input: $input) { userErrors { code } } }`,
      { input: { record: { cid }, document: { content: text }, waitFor: 'INDEXED' } },
    );
    expect(data).toEqual({ correct: { userErrors: [] } });
  }

  it('goes on behind any row, as of the same position, whatever has come since', async () => {
    const whole = await linesAt('/export?what=records&cursors=true');
    const at = 7;
    await capture(buildObservation(1_001), 'application/fhir+json');
    const after = String(whole.rows[at]!['cursor']);
    const rest = await linesAt(`/export?what=records&after=${after}`);
    expect(rest.rows.map(({ cid }) => cid)).toEqual(whole.rows.slice(at + 1).map(({ cid }) => cid));
    expect(rest.end).toEqual(whole.end);
  });

  it('does the same for events in the order of their times', async () => {
    const path = '/export?what=events&orderBy=eventTime&orderDirection=DESC';
    const whole = await linesAt(`${path}&cursors=true`);
    const rest = await linesAt(`${path}&after=${String(whole.rows[4]!['cursor'])}`);
    expect(rest.rows.map(({ cid }) => cid)).toEqual(whole.rows.slice(5).map(({ cid }) => cid));
  });

  it('refuses a cursor of another question or another caller', async () => {
    const { rows } = await linesAt('/export?what=records&cursors=true');
    const after = String(rows[0]!['cursor']);
    expect(await refusalAt(`/export?what=entries&after=${after}`)).toEqual([400, 'BAD_CURSOR']);
    const path = `/export?what=records&after=${after}`;
    const authorization = `Bearer ${await node.token({ subject: 'dr-2' })}`;
    expect((await node.ask(path, { headers: { authorization } })).status).toBe(400);
  });
});

describe('GET /export as CSV', () => {
  it('has a line of names, and defuses what a spreadsheet would run', async () => {
    const lines = await csvAt('/export?what=events&format=csv');
    expect(lines[0]).toMatch(/^seq,cid,eventID,type,/);
    const ends = lines.slice(1, 6).map((line) => line.slice(line.indexOf(',,,,,,,,,') + 9));
    expect(ends).toEqual([
      "'=cmd|/c calc!A1,,false,false",
      "'+1,,false,false",
      "'-2+3,,false,false",
      "'@SUM(A1),,false,false",
      '"a ""quoted"", word",,false,false',
    ]);
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength(EVENTS + 2);
  });

  it('keeps numbers, times and truths as they are', async () => {
    const [, line] = await csvAt('/export?what=records&class=FHIR_RESOURCE&format=csv');
    expect(line).toMatch(/^\d+,b\w+,.*,1,fhir\.resource,Observation,.*,\d+,\d{4}-.*Z,.*Z,true,/);
  });

  it('breaks the transfer off when the export is cut, so that nobody takes it for whole', async () => {
    for (const encoding of ['identity', 'gzip', 'br']) {
      const cut = await readCut('/export?what=entries&format=csv', encoding);
      expect([encoding, cut.isBroken]).toEqual([encoding, true]);
    }
  });

  it('says in JSON lines why it was cut, and where to go on', async () => {
    const cut = await readCut('/export?what=entries&format=jsonl');
    expect(cut.isBroken).toBe(false);
    const { export: end } = JSON.parse(cut.text.trimEnd().split('\n').at(-1)!) as {
      export: ExportEnd;
    };
    expect(end).toMatchObject({ isComplete: false, reason: 'UNAVAILABLE' });
    const rest = await linesAt(`/export?what=entries&after=${end.cursor}`);
    expect(rest.rows[0]).toMatchObject({ seq: end.rows });
    expect(rest.end).toMatchObject({ isComplete: true, rows: node.app.ledger.head().size });
  });

  /** Reads an export whose second page cannot be read: the ledger's bytes are out of reach by then. */
  async function readCut(
    path: string,
    encoding = 'identity',
  ): Promise<{ isBroken: boolean; text: string }> {
    while (node.app.ledger.head().size < 1_010) await captureMany();
    const { ledger } = node.rooms;
    const real = ledger.entry.bind(ledger);
    const { AppError } = await import('../../../src/error.js');
    ledger.entry = (seq) =>
      seq < 1_000 ? real(seq) : Promise.reject(new AppError('UNAVAILABLE', 'out of reach'));
    try {
      let text = '';
      for await (const chunk of await openPlain(path, encoding)) text += String(chunk);
      return { isBroken: false, text };
    } catch {
      return { isBroken: true, text: '' };
    } finally {
      ledger.entry = real;
    }
  }

  async function captureMany(): Promise<void> {
    const lines = Array.from({ length: 300 }, (_, n) =>
      buildObservation(10_000 + node.app.ledger.head().size + n),
    );
    await capture(lines.join('\n'), 'application/fhir+ndjson');
  }

  async function openPlain(path: string, encoding: string): Promise<IncomingMessage> {
    const authorization = `Bearer ${await node.token()}`;
    return new Promise((resolve, reject) => {
      httpRequest(
        `${node.url}${path}`,
        { headers: { authorization, 'accept-encoding': encoding } },
        resolve,
      )
        .on('error', reject)
        .end();
    });
  }
});

describe('GET /export as Parquet', () => {
  it('has the rows of the JSON lines, typed, and leaves nothing behind', async () => {
    const { rows, end } = await linesAt('/export?what=events&content=true');
    const answer = await node.ask('/export?what=events&content=true&format=parquet');
    expect(answer.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    const path = join(directory, 'events.parquet');
    writeFileSync(path, bytes);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const read = await connection.runAndReadAll(`SELECT seq, cid, epoch_ms(eventTime) AS time,
      isVoided, lot, json_extract_string(event, '$.action') AS action FROM '${path}'`);
    expect(read.getRowObjects()).toEqual(
      rows.map((row) => ({
        seq: BigInt(row['seq'] as number),
        cid: row['cid'],
        time: BigInt(Date.parse(row['eventTime'] as string)),
        isVoided: row['isVoided'],
        lot: row['lot'],
        action: (row['event'] as Row)['action'],
      })),
    );
    const types = await connection.runAndReadAll(`DESCRIBE SELECT seq, eventTime FROM '${path}'`);
    expect(types.getColumns()[1]).toEqual(['BIGINT', 'TIMESTAMP WITH TIME ZONE']);
    const notes = await connection.runAndReadAll(
      `SELECT decode(value) FROM parquet_kv_metadata('${path}')`,
    );
    expect(JSON.parse(String(notes.getRows()[0]![0]))).toEqual(end);
    connection.closeSync();
    instance.closeSync();
    expect(readdirSync(node.rooms.exportDirectory)).toEqual([]);
  });
});

describe('who may export what', () => {
  it('gives a researcher the structure, and neither dates nor content', async () => {
    const { rows } = await linesAt('/export?what=records&type=Observation&content=true', {
      role: 'researcher',
    });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ occurredAt: null, state: 'SEALED', content: null });
    }
    expect(await refusalAt('/export?what=events', 'researcher')).toEqual([403, 'FORBIDDEN']);
  });

  it('finds nothing by identifier for who may not read content', async () => {
    const path = '/export?what=records&identifier=mark-7&identifierSystem=urn:marks';
    expect((await linesAt(path)).rows).toHaveLength(1);
    expect((await linesAt(path, { role: 'researcher' })).rows).toEqual([]);
    expect((await linesAt(path, { role: 'auditor' })).rows).toEqual([]);
  });

  it('gives a supply partner supply records only', async () => {
    const { rows } = await linesAt('/export?what=records', { role: 'supply' });
    expect(new Set(rows.map((row) => row['class']))).toEqual(new Set(['epcis.event']));
  });

  it('refuses who has no token, and roles that export nothing', async () => {
    const answer = await fetch(`${node.url}/export?what=records`);
    expect(answer.status).toBe(401);
    expect(await refusalAt('/export?what=records', 'operator')).toEqual([403, 'FORBIDDEN']);
    expect(await refusalAt('/export?what=records', 'patient')).toEqual([403, 'FORBIDDEN']);
  });
});

describe('what is wrong with a question', () => {
  it.each([
    ['/export', 400, 'BAD_USER_INPUT'],
    ['/export?what=secrets', 400, 'BAD_USER_INPUT'],
    ['/export?what=__proto__', 400, 'BAD_USER_INPUT'],
    ['/export?what=records&format=xlsx', 400, 'BAD_USER_INPUT'],
    ['/export?what=records&tpye=Claim', 400, 'BAD_USER_INPUT'],
    ['/export?what=records&capturedFrom=yesterday', 400, 'BAD_USER_INPUT'],
    ['/export?what=records&class=fhir.resource&class=dataset', 400, 'BAD_USER_INPUT'],
    ['/export?what=records&after=AAAA', 400, 'BAD_CURSOR'],
    ['/export?what=events&perPage=5', 400, 'BAD_USER_INPUT'],
    ['/export?what=events&EQ_color=red', 400, 'BAD_USER_INPUT'],
    ['/export?what=alerts&gtin=nonsense', 400, 'BAD_USER_INPUT'],
  ])('is told before anything is sent: %s', async (path, status, code) => {
    expect(await refusalAt(path)).toEqual([status, code]);
  });

  it('answers HEAD with the headers and no body', async () => {
    const answer = await node.ask('/export?what=records&format=csv', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toBe('');
    const refused = await node.ask('/export?what=secrets', { method: 'HEAD' });
    expect(refused.status).toBe(400);
  });
});
