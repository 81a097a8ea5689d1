import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

beforeAll(async () => {
  node = await startServer(directory, { corsOrigins: ['https://app.example'] });
});
afterAll(() => node.close());

describe('the outside of a node', () => {
  it('is live, and ready once the index has caught up with the head', async () => {
    await node.app.capture.capture({
      documents: [{ text: buildObservation(1) }],
      mode: 'rollback',
      waitFor: 'INDEXED',
    });
    const live = await fetch(`${node.url}/healthz`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    const ready = await fetch(`${node.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', size: 2, indexed: 2, lagMs: 0 });
  });

  it('tells what is here, without script or style, and gives away its schema', async () => {
    const home = await fetch(`${node.url}/`);
    const html = await home.text();
    expect(home.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain('Provtrail of Hospital A');
    expect(html).not.toMatch(/<script|<style|style=/);
    const schema = await fetch(`${node.url}/schema.graphql`);
    expect(schema.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await schema.text()).toContain('type Query');
  });

  it('answers what is not here in the one error shape, with the id that is in the log', async () => {
    const answer = await fetch(`${node.url}/nothing?secret=1`);
    const body = (await answer.json()) as { requestId: string };
    expect(answer.status).toBe(404);
    expect(body).toEqual({
      code: 'NOT_FOUND',
      message: 'there is nothing here',
      requestId: answer.headers.get('x-request-id'),
      retryable: false,
    });
    expect(node.logged()).toContain(body.requestId);
    expect(node.logged()).not.toContain('secret');
    expect(node.logged()).not.toContain('/nothing');
  });

  it('makes its own request ids, whatever the caller sends', async () => {
    const headers = { 'x-request-id': 'forged\\n{"level":60}' };
    const answer = await fetch(`${node.url}/healthz`, { headers });
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(node.logged()).not.toContain('forged');
  });

  it('forbids browsers to load, frame or sniff anything', async () => {
    const { headers } = await fetch(`${node.url}/`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('lets only pages of listed origins call', async () => {
    const ask = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const answer = await fetch(`${node.url}/graphql`, { method: 'OPTIONS', headers });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await ask('https://app.example')).toBe('https://app.example');
    expect(await ask('https://evil.example')).toBeNull();
    expect(await ask('null')).toBeNull();
  });

  it('compresses what is worth it', async () => {
    const answer = await fetch(`${node.url}/schema.graphql`);
    expect(answer.headers.get('content-encoding')).toMatch(/br|gzip/);
    const small = await fetch(`${node.url}/healthz`);
    expect(small.headers.get('content-encoding')).toBeNull();
  });

  it('refuses a bad token on every route that reads one, and never takes its bearer for a stranger', async () => {
    const expired = await node.token({ ttlSeconds: 60, now: () => Date.now() - 120_000 });
    const tokens = ['nonsense', '', 'a b', expired, await node.token({ audience: 'other' })];
    for (const token of tokens) {
      for (const path of ['/graphql?query={__typename}', '/metrics', '/nothing']) {
        const headers = { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' };
        const answer = await fetch(`${node.url}${path}`, { headers });
        expect([path, answer.status]).toEqual([path, 401]);
        expect(answer.headers.get('www-authenticate')).toContain('Bearer');
        expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
      }
    }
    const basic = { headers: { authorization: 'Basic dTpw' } };
    expect((await fetch(`${node.url}/metrics`, basic)).status).toBe(401);
  });
});

describe('the rate limit', () => {
  it('counts each caller apart, guesses of tokens too, and says when to come again', async () => {
    const limited = await startServer(directory, { rateLimitPerMinute: 3 });
    const statuses = async (authorization?: string) => {
      const all: number[] = [];
      for (let i = 0; i < 5; i++) {
        const headers: Record<string, string> =
          authorization === undefined ? {} : { authorization };
        const answer = await fetch(`${limited.url}/schema.graphql`, { headers });
        const guess = await fetch(`${limited.url}/metrics`, { headers });
        all.push(answer.status, guess.status);
        if (guess.status !== 429) continue;
        expect(Number(guess.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await guess.json()).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
      }
      return all;
    };
    try {
      const guesses = await statuses('Bearer guess');
      expect(guesses).toContain(401);
      expect(guesses.slice(-2)).toEqual([429, 429]);
      const other = { authorization: `Bearer ${await limited.token({ role: 'operator' })}` };
      expect((await fetch(`${limited.url}/metrics`, { headers: other })).status).toBe(200);
      expect((await fetch(`${limited.url}/healthz`)).status).toBe(200);
    } finally {
      await limited.close();
    }
  });
});
