import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from 'graphql-sse';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;
let unique = 0;

beforeAll(async () => {
  node = await startServer(directory);
});
afterAll(() => node.close());

async function capture(count: number, from: TestServer = node): Promise<void> {
  const documents = Array.from({ length: count }, () => ({ text: buildObservation(unique++) }));
  await from.app.capture.capture({ documents, mode: 'rollback' });
}

const ENTRIES = 'subscription ($after: Seq) { entries(after: $after) { seq } }';

function post(body: unknown, headers: Record<string, string> = {}, from: TestServer = node) {
  return from.ask('/graphql/stream', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
  });
}

/** Positions a client of the protocol hears of, until it has heard `count` or its stream ends. */
async function listen(client: Client, after: number, count: number): Promise<number[]> {
  const heard: number[] = [];
  const events = client.iterate<{ entries: { seq: number } }>({
    query: ENTRIES,
    variables: { after },
  });
  for await (const { data, errors } of events) {
    if (errors) throw new Error(JSON.stringify(errors));
    heard.push(data!.entries.seq);
    if (heard.length >= count) break;
  }
  return heard;
}

async function clientOf(from: TestServer, headers: Record<string, string> = {}): Promise<Client> {
  const authorization = `Bearer ${await from.token()}`;
  return createClient({
    url: `${from.url}/graphql/stream`,
    headers: { authorization, ...headers },
    retryAttempts: 0,
  });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500 && !(await condition()); i++) await sleep(10);
  expect(await condition()).toBe(true);
}

async function openStreams(from: TestServer = node): Promise<number> {
  const authorization = `Bearer ${await from.token({ role: 'operator' })}`;
  const answer = await fetch(`${from.url}/metrics`, { headers: { authorization } });
  return Number(/^provtrail_open_streams (\d+)$/m.exec(await answer.text())?.[1]);
}

describe('/graphql/stream', () => {
  it('tells of every entry once, in order: what was there and what comes', async () => {
    await capture(5);
    const { size } = node.rooms.ledger.head();
    const heard = listen(await clientOf(node), 0, size + 9);
    await capture(10);
    expect(await heard).toEqual(Array.from({ length: size + 9 }, (_, i) => i + 1));
  });

  it('loses nothing across a reconnect', async () => {
    const first = node.rooms.ledger.head().size;
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await capture(5);
    })();
    const heard: number[] = [];
    while (heard.length < 100) {
      const last = heard.at(-1) ?? first - 1;
      heard.push(...(await listen(await clientOf(node), last, Math.min(17, 100 - heard.length))));
    }
    await writer;
    expect(heard).toEqual(Array.from({ length: 100 }, (_, i) => first + i));
  });

  it('lets go of a stream when its reader leaves', async () => {
    const controller = new AbortController();
    const answer = await node.ask('/graphql/stream', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: ENTRIES }),
      signal: controller.signal,
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await openStreams()).toBe(1);
    controller.abort();
    await until(async () => (await openStreams()) === 0);
  });

  it('holds only a little for a reader that does not read', async () => {
    const body = JSON.stringify({ query: ENTRIES, variables: { after: 0 } });
    const socket = connect(node.port, '127.0.0.1');
    const head = [
      'POST /graphql/stream HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${await node.token()}`,
      'Content-Type: application/json',
      'Accept: text/event-stream',
      `Content-Length: ${body.length}`,
    ];
    socket.pause();
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await until(async () => (await openStreams()) === 1);
    await capture(2_000);
    socket.destroy();
    await until(async () => (await openStreams()) === 0);
  });

  it('refuses what is no subscription, what asks for too much, and what is no stream', async () => {
    const refusal = async (query: string) => {
      const answer = await post({ query });
      const { errors } = (await answer.json()) as {
        errors: { extensions: { code: string; requestId: string } }[];
      };
      expect(errors[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
      return [answer.status, errors[0]?.extensions.code];
    };
    expect(await refusal('{ viewer { subject } }')).toEqual([400, 'BAD_USER_INPUT']);
    expect(await refusal('mutation { __typename }')).toEqual([400, 'BAD_USER_INPUT']);
    expect(await refusal('subscription { nothing }')).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(await refusal('subscription {')).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    const aliases = Array.from({ length: 100 }, (_, i) => `a${i}: seq`).join(' ');
    const bomb = `subscription { entries { ${aliases} } }`;
    expect((await refusal(bomb))[1]).toBe('QUERY_TOO_COMPLEX');
    const plain = await post({ query: ENTRIES }, { accept: 'application/json' });
    expect(plain.status).toBe(400);
    const notJson = await post({ query: ENTRIES }, { 'content-type': 'text/plain' });
    expect(notJson.status).toBe(415);
    const empty = await post({});
    expect(empty.status).toBe(400);
    const get = await node.ask(`/graphql/stream?query=${encodeURIComponent(ENTRIES)}`);
    expect(get.status).toBe(404);
    expect(await openStreams()).toBe(0);
  });

  it('keeps no single connection between requests', async () => {
    for (const method of ['PUT', 'DELETE']) {
      const answer = await node.ask('/graphql/stream', { method });
      expect(answer.status).toBe(404);
    }
  });

  it('refuses a bad token', async () => {
    const answer = await post({ query: ENTRIES }, { authorization: 'Bearer no' });
    expect(answer.status).toBe(401);
  });

  it('ends when the token does, unfinished', async () => {
    const authorization = `Bearer ${await node.token({ ttlSeconds: 2 })}`;
    const answer = await post({ query: ENTRIES }, { authorization });
    expect(answer.status).toBe(200);
    expect(await openStreams()).toBe(1);
    expect(await answer.text()).not.toContain('complete');
    expect(await openStreams()).toBe(0);
  });

  it('lets one caller open only so many', async () => {
    const authorization = `Bearer ${await node.token({ subject: 'greedy' })}`;
    const streams = await Promise.all(
      Array.from({ length: 22 }, () => post({ query: ENTRIES }, { authorization })),
    );
    const statuses = streams.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429, 429]);
    expect((await post({ query: 'subscription { nothing }' })).status).toBe(400);
    await Promise.all(streams.map(async ({ body }) => body?.cancel()));
    await until(async () => (await openStreams()) === 0);
  });
});

/** Sends a query but for its last byte; the node has begun to read it when this resolves. */
async function beginQuery(from: TestServer): Promise<() => Promise<string>> {
  const body = JSON.stringify({ query: '{ viewer { subject } }' });
  const query = request(`${from.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await from.token()}`,
      'content-type': 'application/json',
      'content-length': body.length,
      expect: '100-continue',
    },
  });
  await new Promise((resolve) => query.once('continue', resolve).flushHeaders());
  query.write(body.slice(0, -1));
  return () =>
    new Promise((resolve, reject) => {
      query.once('error', reject);
      query.once('response', (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += String(chunk)));
        answer.on('end', () => resolve(text));
      });
      query.end(body.slice(-1));
    });
}

describe('a node that goes down', () => {
  it('does not wait for a connection that was opened and never used', async () => {
    const other = await startServer(directory);
    const socket = connect(other.port, '127.0.0.1');
    const isCut = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    void sleep(8_000, undefined, { ref: false }).then(() => socket.end('GET /healthz'));
    await Promise.all([other.close(), isCut]);
    expect(socket.bytesWritten).toBe(0);
  });

  it('ends its streams unfinished, so that their readers come back, and answers what is in flight', async () => {
    const other = await startServer(directory);
    const { size } = other.rooms.ledger.head();
    const text = post({ query: ENTRIES, variables: { after: size - 1 } }, {}, other).then(
      (answer) => answer.text(),
    );
    await until(async () => (await openStreams(other)) === 1);
    const finish = await beginQuery(other);
    const closed = other.close();
    await sleep(50);
    expect(await finish()).toContain('"subject":"dr-1"');
    await closed;
    expect(await text).not.toContain('event: complete');
    await expect(fetch(`${other.url}/healthz`)).rejects.toThrow();
  });
});
