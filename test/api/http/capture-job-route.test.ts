import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { App } from '../../../src/app.js';
import type { CaptureJobBody } from '../../../src/api/http/capture-job.js';
import type { Problem } from '../../../src/api/http/epcis-problem.js';
import type { TokenRequest } from '../../../src/api/token.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildDocument, buildEvent } from './support/build-epcis.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;
let unique = 0;

beforeAll(async () => {
  node = await startServer(directory, { documentMaxBytes: 500_000, bodyTimeoutMs: 2_000 });
});
afterAll(() => node.close());

const EPCIS = { 'gs1-epcis-version': '2.0' };
const PROCEED = { 'gs1-capture-error-behaviour': 'proceed' };
const NDJSON = 'application/x-ndjson';

const good = () => buildEvent(unique++);
const bad = () => buildEvent(unique++, { action: 'SOLD' });

async function capture(
  body: string,
  headers: Record<string, string> = {},
  mediaType = 'application/json',
): Promise<Response> {
  const type = { 'content-type': mediaType };
  return node.ask('/capture', { method: 'POST', headers: { ...type, ...headers }, body });
}

async function as(token: Partial<TokenRequest>): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await node.token(token)}` };
}

async function readJob(
  address: string | null,
  headers: Record<string, string> = {},
): Promise<CaptureJobBody> {
  const answer = await node.ask(address ?? 'nowhere', { headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as CaptureJobBody;
}

/** The job once it is over. */
async function finished(answer: Response): Promise<CaptureJobBody> {
  for (;;) {
    const job = await readJob(answer.headers.get('location'));
    if (!job.running) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a capture as a job', () => {
  it('is accepted at once for a client of EPCIS, and told of until it is over', async () => {
    const answer = await capture(buildDocument([good(), good()]), EPCIS);
    expect(answer.status).toBe(202);
    expect(await answer.text()).toBe('');
    const id = answer.headers.get('gs1-capture-id');
    expect(answer.headers.get('location')).toBe(`/capture/${id}`);
    expect(answer.headers.get('gs1-epcis-version')).toBe('2.0.0');
    const job = await finished(answer);
    expect(job).toEqual({
      captureID: id,
      createdAt: job.createdAt,
      finishedAt: job.finishedAt,
      running: false,
      success: true,
      captureErrorBehaviour: 'rollback',
      errors: [],
      captured: 2,
      refused: 0,
      repeated: 0,
      warnings: 0,
    });
    expect(Date.parse(job.finishedAt!)).toBeGreaterThanOrEqual(Date.parse(job.createdAt));
  });

  it('is accepted at once for whoever prefers it', async () => {
    const answer = await capture(buildDocument([good()]), { prefer: 'wait=1, respond-async' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('preference-applied')).toBe('respond-async');
    expect(await finished(answer)).toMatchObject({ success: true, captured: 1 });
  });

  it('can be asked for its events as soon as it is over', async () => {
    const event = good();
    await finished(await capture(buildDocument([event]), EPCIS));
    const found = await node.ask(`/events/${encodeURIComponent(String(event['eventID']))}`);
    expect(found.status).toBe(200);
  });

  it('is answered in full without that, and names its job', async () => {
    const answer = await capture(buildDocument([good()]));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ captured: 1, problems: [] });
    expect(await finished(answer)).toMatchObject({ success: true, captured: 1 });
  });

  it('captures nothing of a document with a fault, and says which', async () => {
    const before = node.rooms.ledger.head().size;
    const job = await finished(await capture(buildDocument([good(), bad()]), EPCIS));
    expect(job).toMatchObject({ running: false, success: false, captured: 0, refused: 1 });
    expect(job.errors).toEqual([
      {
        type: 'epcisException:ValidationException',
        title: 'not valid',
        status: 422,
        detail: expect.any(String),
        code: 'INVALID_RECORD',
        retryable: false,
        pointer: '/epcisBody/eventList/1/action',
        document: 0,
      },
    ]);
    expect(node.rooms.ledger.head().size).toBe(before);
  });

  it('captures what is good when told to proceed, and is no success', async () => {
    const document = buildDocument([good(), bad(), good()]);
    const job = await finished(await capture(document, { ...EPCIS, ...PROCEED }));
    expect(job).toMatchObject({
      success: false,
      captureErrorBehaviour: 'proceed',
      captured: 2,
      refused: 1,
    });
    expect(job.errors).toHaveLength(1);
  });

  it('reads lines to their end before it is accepted, and names the lines at fault', async () => {
    const lines = Array.from({ length: 1_200 }, (_, i) =>
      i === 700 ? 'no JSON' : buildObservation(i),
    );
    const answer = await capture(lines.join('\n'), EPCIS, NDJSON);
    expect(answer.status).toBe(202);
    const job = await finished(answer);
    expect(job).toMatchObject({ captured: 1_199, refused: 1, success: false });
    expect(job.errors[0]).toMatchObject({ code: 'MALFORMED_JSON', line: 701 });
  });

  it('repeats what was captured under the same key', async () => {
    const document = buildDocument([good()]);
    const headers = { ...EPCIS, 'idempotency-key': 'one' };
    expect(await finished(await capture(document, headers))).toMatchObject({ captured: 1 });
    const again = await finished(await capture(document, headers));
    expect(again).toMatchObject({ captured: 0, repeated: 1, success: true });
  });

  it('is told honestly when its body breaks off or never comes', async () => {
    const failed = await new Promise<{ id: string; status: number }>((resolve, reject) => {
      void node.token().then((token) => {
        const headers = {
          ...{ authorization: `Bearer ${token}`, 'content-type': NDJSON },
          'gs1-epcis-version': '2.0',
        };
        const options = { port: node.port, path: '/capture', method: 'POST', headers };
        const sent = request(options, (answer) => {
          const id = String(answer.headers['gs1-capture-id']);
          resolve({ id, status: answer.statusCode! });
          sent.destroy();
        });
        sent.on('error', reject);
        sent.write(`${buildObservation(unique++)}\n`);
      });
    });
    expect(failed.status).toBe(504);
    const job = await readJob(`/capture/${failed.id}`);
    expect(job).toMatchObject({ running: false, success: false });
    expect(job.errors[0]).toMatchObject({ code: 'DEADLINE' });
  });

  it.each([
    ['a body that is too large', 'x'.repeat(600_000), 413, 'CaptureLimitExceededException'],
    ['no body', '', 400, 'ValidationException'],
  ])('answers %s as EPCIS does', async (_about, body, status, exception) => {
    const answer = await capture(body, EPCIS);
    if (answer.status === 202) {
      const job = await finished(answer);
      expect(job.errors[0]).toMatchObject({ status, type: `epcisException:${exception}` });
      return;
    }
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as Problem;
    expect(problem).toMatchObject({ status, type: `epcisException:${exception}` });
    expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('is refused as EPCIS does where nothing could be captured', async () => {
    const type = await capture('x', EPCIS, 'text/plain');
    expect(type.status).toBe(415);
    expect(await type.json()).toMatchObject({
      type: 'epcisException:UnsupportedMediaTypeException',
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
    const reader = await capture(buildDocument([good()]), {
      ...EPCIS,
      ...(await as({ scopes: ['read'] })),
    });
    expect(reader.status).toBe(403);
    expect(await reader.json()).toMatchObject({ type: 'epcisException:SecurityException' });
  });
});

describe('GET /capture', () => {
  it('tells a job to the subject that made it, and to nobody else', async () => {
    const own = await as({ subject: 'maker' });
    const answer = await capture(buildDocument([good()]), own);
    const address = answer.headers.get('location')!;
    expect(await readJob(address, own)).toMatchObject({ captured: 1 });
    for (const other of [{ subject: 'other' }, { subject: 'maker', organisation: 'hospital-b' }]) {
      const refused = await node.ask(address, { headers: await as(other) });
      expect(refused.status).toBe(404);
      expect(await refused.json()).toMatchObject({
        type: 'epcisException:NoSuchResourceException',
      });
    }
    const listed = await node.ask('/capture', { headers: await as({ subject: 'other' }) });
    expect(await listed.json()).toEqual([]);
    const nobody = await fetch(`${node.url}${address}`);
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({
      type: 'epcisException:SecurityException',
      code: 'UNAUTHENTICATED',
    });
  });

  it("lists the caller's jobs page by page, newest first", async () => {
    const own = await as({ subject: 'lister' });
    const made: (string | null)[] = [];
    for (let i = 0; i < 5; i++) {
      const answer = await capture(buildDocument([good()]), own);
      made.unshift(answer.headers.get('gs1-capture-id'));
    }
    const found: string[] = [];
    let address = '/capture?perPage=2';
    for (let pages = 1; ; pages++) {
      const answer = await node.ask(address, { headers: own });
      const jobs = (await answer.json()) as CaptureJobBody[];
      found.push(...jobs.map(({ captureID }) => captureID));
      const [, next] = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '') ?? [];
      if (next === undefined) {
        expect(pages).toBe(3);
        break;
      }
      expect(Date.parse(answer.headers.get('gs1-next-page-token-expires')!)).toBeGreaterThan(0);
      address = next;
    }
    expect(found).toEqual(made);
    const stolen = await node.ask(address, { headers: await as({ subject: 'thief' }) });
    expect(await stolen.json()).toMatchObject({ code: 'BAD_CURSOR' });
  });

  it.each(['perPage=0', 'perPage=501', 'perPage=x', 'nextPageToken=x', 'page=2'])(
    'refuses %s',
    async (query) => {
      expect((await node.ask(`/capture?${query}`)).status).toBe(400);
    },
  );

  it('says what it takes', async () => {
    const answer = await fetch(`${node.url}/capture`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      allow: 'GET, POST, OPTIONS',
      'gs1-epcis-version': '2.0.0',
      'gs1-epcis-min': '2.0.0',
      'gs1-epcis-max': '2.0.0',
      'gs1-cbv-version': '2.0.0',
      'gs1-capture-limit': '8192',
      'gs1-capture-file-size-limit': '500000',
    });
    expect(headers['gs1-vendor-version']).toMatch(/^provtrail\/\d/);
  });
});

describe('a node that ends', () => {
  it('tells after its restart that a job which was running was interrupted', async () => {
    const ended = await startServer(directory);
    const viewer = { organisation: 'hospital-a', subject: 'dr-1' };
    const running = await ended.rooms.jobs.begin(viewer, 'proceed', true);
    await ended.close();
    const app = await App.open(ended.app.config);
    const job = await app.jobs.get(viewer, running.id);
    expect(job.finishedAt).toBeDefined();
    expect(job.errors).toMatchObject([{ code: 'SHUTTING_DOWN' }]);
    await app.close();
  });

  it('lets captures that were accepted come to their end', async () => {
    const ending = await startServer(directory);
    const lines = Array.from({ length: 2_000 }, () => JSON.stringify(good())).join('\n');
    const headers = { 'content-type': NDJSON, ...EPCIS };
    const answer = await ending.ask('/capture', { method: 'POST', headers, body: lines });
    expect(answer.status).toBe(202);
    const id = answer.headers.get('gs1-capture-id')!;
    await ending.close();
    const app = await App.open(ending.app.config);
    const job = await app.jobs.get({ organisation: 'hospital-a', subject: 'dr-1' }, id);
    expect(job).toMatchObject({ captured: 2_000, errors: [] });
    await app.close();
  });
});
