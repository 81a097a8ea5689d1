import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { CaptureSummary } from '../../../src/api/http/capture-tally.js';
import type { ErrorBody } from '../../../src/api/http/error-reply.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;
let unique = 0;

beforeAll(async () => {
  node = await startServer(directory, { documentMaxBytes: 2_000_000 });
});
afterAll(() => node.close());

type Answer = CaptureSummary & Partial<ErrorBody> & { status: number };

async function capture(
  body: string | Uint8Array,
  mediaType: string,
  headers: Record<string, string> = {},
  query = '',
): Promise<Answer> {
  const answer = await node.ask(`/capture${query}`, {
    method: 'POST',
    headers: { 'content-type': mediaType, ...headers },
    body: body as BodyInit,
  });
  return { status: answer.status, ...((await answer.json()) as CaptureSummary) };
}

const NDJSON = 'application/x-ndjson';
const FHIR = 'application/fhir+json';
const ROLLBACK = { 'gs1-capture-error-behaviour': 'rollback' };
const PROCEED = { 'gs1-capture-error-behaviour': 'proceed' };

const good = () => buildObservation(unique++);
const bad = () => JSON.stringify({ resourceType: 'Observation', id: 'not an id' });
const size = () => node.rooms.ledger.head().size;

function bundle(...resources: string[]): string {
  const entry = resources.map((resource) => ({ resource: JSON.parse(resource) as object }));
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry });
}

describe('POST /capture', () => {
  it('captures a document, and answers with receipts and the new head', async () => {
    const before = size();
    const answer = await capture(bundle(good(), good()), FHIR);
    expect(answer).toMatchObject({
      status: 200,
      captured: 2,
      refused: 0,
      repeated: 0,
      problems: [],
    });
    expect(answer.receipts?.map(({ seq }) => seq)).toEqual([before, before + 1]);
    const { root, size: headSize } = node.rooms.ledger.head();
    expect(answer.head).toEqual({
      origin: node.rooms.ledger.origin,
      size: headSize,
      root: Buffer.from(root).toString('base64'),
    });
  });

  it('waits for the index when asked to', async () => {
    const answer = await capture(good(), FHIR, {}, '?waitFor=INDEXED');
    expect(answer.receipts?.[0]?.state).toBe('INDEXED');
    expect((await capture(good(), FHIR, {}, '?waitFor=TOMORROW')).code).toBe('BAD_USER_INPUT');
  });

  it('captures nothing of a document with a fault, unless told to proceed', async () => {
    const before = size();
    const rolledBack = await capture(bundle(good(), bad()), FHIR);
    expect(rolledBack).toMatchObject({ status: 422, captured: 0, refused: 1 });
    expect(rolledBack.problems[0]?.pointer).toMatch(/^\/entry\/1\/resource/);
    expect(size()).toBe(before);
    const proceeded = await capture(bundle(good(), bad()), FHIR, PROCEED);
    expect(proceeded).toMatchObject({ status: 200, captured: 1, refused: 1 });
    expect(size()).toBe(before + 1);
  });

  it('captures the good lines around the bad ones, and names their lines', async () => {
    const lines = [good(), bad(), '', '{"a":1,"a":2}', good(), 'not json', good()];
    const answer = await capture(lines.join('\n'), NDJSON);
    expect(answer).toMatchObject({ status: 200, captured: 3, refused: 3 });
    const problems = answer.problems.map(({ line, code }) => `${line} ${code}`);
    expect(new Set(problems)).toEqual(
      new Set(['2 INVALID_RECORD', '4 DUPLICATE_MEMBER', '6 MALFORMED_JSON']),
    );
  });

  it('captures no line when one is bad and all or nothing was asked for', async () => {
    const before = size();
    const lines = [good(), good(), bad(), good()];
    const answer = await capture(lines.join('\n'), NDJSON, ROLLBACK);
    expect(answer).toMatchObject({ status: 422, captured: 0, refused: 1 });
    expect(answer.problems[0]?.line).toBe(3);
    expect(size()).toBe(before);
    const mended = await capture([good(), '', good()].join('\n'), NDJSON, ROLLBACK);
    expect(mended).toMatchObject({ status: 200, captured: 2 });
  });

  it('captures many lines in batches, the bad ones in the middle of them told apart', async () => {
    const lines = Array.from({ length: 1_600 }, (_, i) => (i % 400 === 399 ? bad() : good()));
    const answer = await capture(lines.join('\n'), 'application/fhir+ndjson');
    expect(answer).toMatchObject({ status: 200, captured: 1_596, refused: 4 });
    const badLines = new Set(answer.problems.map(({ line }) => line));
    expect([...badLines]).toEqual([400, 800, 1_200, 1_600]);
    expect(answer.receipts).toBeUndefined();
  });

  it('captures once what is sent again under the same key', async () => {
    const body = Array.from({ length: 700 }, good).join('\n');
    const key = { 'idempotency-key': 'upload 1' };
    expect(await capture(body, NDJSON, key)).toMatchObject({ captured: 700, repeated: 0 });
    const before = size();
    const again = await capture(body, NDJSON, key);
    expect(again).toMatchObject({ status: 200, captured: 0, repeated: 700, refused: 0 });
    expect(size()).toBe(before);
    const more = await capture(`${body}\n${good()}`, NDJSON, key);
    expect(more).toMatchObject({ captured: 1, repeated: 700 });
  });

  it('keeps the keys of callers apart, for what has no identity of its own', async () => {
    const text = buildObservation(unique++, { id: undefined });
    const key = { 'idempotency-key': 'shared' };
    expect((await capture(text, FHIR, key)).captured).toBe(1);
    const authorization = `Bearer ${await node.token({ subject: 'dr-2' })}`;
    const other = await capture(text, FHIR, { ...key, authorization });
    expect(other).toMatchObject({ captured: 1, repeated: 0 });
  });

  it('tells new records, new versions and repeats, and the sources of records apart', async () => {
    const [one, two] = [1, 2].map((n) => buildObservation(unique, { valueInteger: n }));
    unique++;
    const lines = [one, good(), two, two].join('\n');
    const first = await capture(lines, NDJSON);
    expect(first).toMatchObject({ captured: 3, created: 2, revised: 1, repeated: 1 });
    expect(first.receipts?.map(({ ver }) => ver)).toEqual([1, 1, 2, 2]);
    const query = `?source=${encodeURIComponent('https://fhir.example/r4')}`;
    const other = await capture(two!, FHIR, {}, query);
    expect(other).toMatchObject({ captured: 1, created: 1, revised: 0, repeated: 0 });
    const wrong = await capture(two!, FHIR, {}, '?source=here');
    expect([wrong.status, wrong.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('reads gzip, and no other encoding', async () => {
    const text = good();
    const zipped = await capture(gzipSync(text), FHIR, { 'content-encoding': 'gzip' });
    expect(zipped).toMatchObject({ status: 200, captured: 1 });
    const brotli = await capture(text, FHIR, { 'content-encoding': 'br' });
    expect([brotli.status, brotli.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const lying = await capture(text, FHIR, { 'content-encoding': 'gzip' });
    expect(lying.status).toBe(400);
    const bomb = gzipSync(Buffer.alloc(3_000_000, ' '));
    const burst = await capture(bomb, FHIR, { 'content-encoding': 'gzip' });
    expect([burst.status, burst.code]).toEqual([413, 'TOO_LARGE']);
  });

  it('refuses media types it does not read, empty bodies and strange orders', async () => {
    const refused = async (answer: Promise<Answer>) => {
      const { status, code } = await answer;
      return [status, code];
    };
    for (const mediaType of ['text/html', 'text/plain', 'multipart/form-data; boundary=x']) {
      const expected = [415, 'UNSUPPORTED_MEDIA_TYPE'];
      expect(await refused(capture(good(), mediaType))).toEqual(expected);
    }
    const latin = capture(good(), 'application/json; charset=latin1');
    expect(await refused(latin)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect((await capture(good(), 'application/json; charset=UTF-8')).status).toBe(200);
    for (const mediaType of [FHIR, NDJSON]) {
      expect(await refused(capture('', mediaType))).toEqual([400, 'EMPTY_INPUT']);
    }
    expect(await refused(capture('\n\n \n', NDJSON))).toEqual([400, 'EMPTY_INPUT']);
    const maybe = { 'gs1-capture-error-behaviour': 'maybe' };
    expect(await refused(capture(good(), FHIR, maybe))).toEqual([400, 'BAD_USER_INPUT']);
    const long = { 'idempotency-key': 'k'.repeat(257) };
    expect(await refused(capture(good(), FHIR, long))).toEqual([400, 'BAD_USER_INPUT']);
    expect(await refused(capture('{', FHIR))).toEqual([400, 'MALFORMED_JSON']);
    const notUtf8 = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    expect(await refused(capture(notUtf8, FHIR))).toEqual([400, 'MALFORMED_JSON']);
  });

  it('refuses a document or an all-or-nothing upload over its bound, and says so to the caller', async () => {
    const large = `{"resourceType":"Bundle","x":"${'x'.repeat(6_000_000)}"}`;
    const document = await capture(large, FHIR);
    expect([document.status, document.code]).toEqual([413, 'TOO_LARGE']);
    const lines = await capture(`${large}\n`, NDJSON, ROLLBACK);
    expect([lines.status, lines.code]).toEqual([413, 'TOO_LARGE']);
  });

  it('is open to those who may write, and to nobody else', async () => {
    const body = good();
    const post = async (authorization?: string) => {
      const headers: Record<string, string> = { 'content-type': FHIR };
      if (authorization !== undefined) headers['authorization'] = authorization;
      const answer = await fetch(`${node.url}/capture`, { method: 'POST', headers, body });
      return answer.status;
    };
    expect(await post()).toBe(401);
    for (const role of ['patient', 'researcher', 'auditor', 'operator'] as const) {
      expect(await post(`Bearer ${await node.token({ role })}`)).toBe(403);
    }
    expect(await post(`Bearer ${await node.token({ scopes: ['read'] })}`)).toBe(403);
    expect(await post(`Bearer ${await node.token({ role: 'service' })}`)).toBe(200);
  });

  it('goes on serving after a caller hung up in the middle, and keeps the lines that had come', async () => {
    const before = size();
    const authorization = `Bearer ${await node.token()}`;
    const headers = { authorization, 'content-type': NDJSON };
    const upload = request(`${node.url}/capture`, { method: 'POST', headers });
    upload.on('error', () => undefined);
    upload.write(Array.from({ length: 501 }, good).join('\n'));
    while (size() < before + 500) await new Promise((resolve) => setTimeout(resolve, 5));
    upload.destroy();
    const after = await capture(good(), FHIR);
    expect(after.status).toBe(200);
  });

  it('reads no further when the node goes down, and says what it has', async () => {
    const other = await startServer(directory);
    const headers = {
      authorization: `Bearer ${await other.token()}`,
      'content-type': NDJSON,
    };
    const upload = request(`${other.url}/capture`, { method: 'POST', headers });
    upload.on('error', () => undefined);
    const answered = new Promise<Answer>((resolve) =>
      upload.once('response', (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += String(chunk)));
        answer.on('end', () => {
          upload.destroy();
          resolve({ status: answer.statusCode!, ...(JSON.parse(text) as CaptureSummary) });
        });
      }),
    );
    upload.write(`${Array.from({ length: 700 }, good).join('\n')}\n`);
    while (other.rooms.ledger.head().size < 501) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await other.close();
    expect(await answered).toMatchObject({
      status: 503,
      code: 'SHUTTING_DOWN',
      retryable: true,
      captured: 500,
    });
  });

  it('answers a caller that asks before it sends', async () => {
    const authorization = `Bearer ${await node.token()}`;
    const headers = { authorization, 'content-type': FHIR, expect: '100-continue' };
    const upload = request(`${node.url}/capture`, { method: 'POST', headers });
    await new Promise((resolve) => upload.once('continue', resolve).flushHeaders());
    upload.end(good());
    const status = await new Promise((resolve) =>
      upload.once('response', (answer) => resolve(answer.resume().statusCode)),
    );
    expect(status).toBe(200);
  });
});
