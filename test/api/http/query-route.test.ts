import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildEvent } from '../graphql/support/build-visit.js';
import { startServer, type TestServer } from './support/start-server.js';

/** A public address: it is checked, and nothing is sent, because nothing was told to deliver. */
const HOOK = 'https://93.184.216.34/hook';

describe('named queries of EPCIS REST', () => {
  const root = tempDirectory();
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer(root);
    await server.app.capture.capture({
      documents: [1, 2, 3].map((n) => ({ text: buildEvent(n) })),
      mode: 'rollback',
      waitFor: 'INDEXED',
    });
  });
  afterAll(() => server.close());

  const send = (method: string, path: string, body?: unknown, token?: string) =>
    server.ask(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const jsonOf = async (answer: Response) => (await answer.json()) as never;
  const SHIPPED = {
    eventType: ['ObjectEvent'],
    EQ_bizStep: ['shipping'],
    MATCH_epc: ['urn:epc:id:sgtin:0614141.107346.1', 'urn:epc:id:sgtin:0614141.107346.2'],
    orderBy: 'recordTime',
    orderDirection: 'ASC',
  };

  it('are made, shown, asked and deleted', async () => {
    const made = await send('POST', '/queries', { name: 'shipped', query: SHIPPED });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe('/queries/shipped');
    const shown = await send('GET', '/queries/shipped');
    expect(await jsonOf(shown)).toEqual({ name: 'shipped', query: SHIPPED });
    expect(shown.headers.get('gs1-epcis-version')).toBe('2.0.0');
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(await jsonOf(await send('GET', '/queries'))).toEqual([
      { name: 'shipped', query: SHIPPED },
    ]);
    const page = await send('GET', '/queries/shipped/events?perPage=1');
    expect(await jsonOf(page)).toMatchObject({
      type: 'EPCISQueryDocument',
      epcisBody: {
        queryResults: {
          queryName: 'shipped',
          resultsBody: { eventList: [{ epcList: [SHIPPED.MATCH_epc[0]] }] },
        },
      },
    });
    const [, next] = /<([^>]+)>; rel="next"/.exec(page.headers.get('link')!)!;
    expect(await jsonOf(await send('GET', next!))).toMatchObject({
      epcisBody: {
        queryResults: { resultsBody: { eventList: [{ epcList: [SHIPPED.MATCH_epc[1]] }] } },
      },
    });
    expect((await send('POST', '/queries', { name: 'shipped', query: SHIPPED })).status).toBe(201);
    expect((await send('POST', '/queries', { name: 'shipped', query: {} })).status).toBe(400);
    expect((await send('DELETE', '/queries/shipped')).status).toBe(204);
    expect((await send('GET', '/queries/shipped')).status).toBe(404);
    expect((await send('GET', '/queries/shipped/events')).status).toBe(404);
    expect((await send('DELETE', '/queries/shipped')).status).toBe(404);
  });

  it.each([
    [{}],
    [[]],
    [{ name: 'a' }],
    [{ name: 1, query: {} }],
    [{ name: 'a', query: [] }],
    [{ name: 'a', query: { EQ_bizStep: { a: 1 } } }],
    [{ name: 'a', query: { EQ_nothing: ['x'] } }],
    [{ name: 'a', query: {}, more: 1 }],
    [{ name: 'a/b', query: {} }],
  ])('are refused as %j', async (body) => {
    const answer = await send('POST', '/queries', body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    expect(await jsonOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('are subscribed to, and unsubscribed from', async () => {
    await send('POST', '/queries', { name: 'all', query: {} });
    const dest = { dest: HOOK, stream: true, signatureToken: 'a-token-of-mine' };
    const made = await send('POST', '/queries/all/subscriptions', dest);
    expect(made.status).toBe(201);
    const { webhookSecret, ...subscription } = (await made.json()) as Record<string, string>;
    expect(webhookSecret).toMatch(/^whsec_/);
    const path = `/queries/all/subscriptions/${subscription['subscriptionID']}`;
    expect(made.headers.get('location')).toBe(path);
    expect(subscription).toMatchObject({ dest: HOOK, stream: true, state: 'ACTIVE' });
    expect(await jsonOf(await send('GET', path))).toEqual(subscription);
    expect(await jsonOf(await send('GET', '/queries/all/subscriptions'))).toEqual([subscription]);
    const { data } = await server.graphql(
      '{ savedQuery(name: "all") { subscriptions { id url } } }',
    );
    expect(data).toEqual({
      savedQuery: { subscriptions: [{ id: subscription['subscriptionID'], url: HOOK }] },
    });
    const other = await server.token({ subject: 'dr-2' });
    expect((await send('GET', path, undefined, other)).status).toBe(404);
    expect((await send('DELETE', path, undefined, other)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
  });

  it.each([
    [{ stream: true }, '/dest'],
    [{ dest: 'https://127.0.0.1/', stream: true }, '/url'],
    [{ dest: HOOK }, '/stream'],
    [{ dest: HOOK, stream: true, schedule: { minute: '0' } }, '/stream'],
    [{ dest: HOOK, stream: true, reportIfEmpty: true }, '/reportIfEmpty'],
    [{ dest: HOOK, stream: true, initialRecordTime: 'yesterday' }, '/initialRecordTime'],
    [{ dest: HOOK, stream: true, signatureToken: '' }, '/signatureToken'],
    [{ dest: HOOK, stream: true, epcFormat: 'Always_GS1_Digital_Link' }, '/epcFormat'],
  ])('are not subscribed to as %j', async (body, pointer) => {
    await send('POST', '/queries', { name: 'all', query: {} });
    const answer = await send('POST', '/queries/all/subscriptions', body);
    expect(answer.status).toBe(400);
    expect(await jsonOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', pointer });
  });

  it('begin at a time when told to', async () => {
    await send('POST', '/queries', { name: 'all', query: {} });
    const body = { dest: HOOK, stream: true, initialRecordTime: '2020-01-01T00:00:00Z' };
    const made = await send('POST', '/queries/all/subscriptions', body);
    const { subscriptionID } = (await made.json()) as { subscriptionID: string };
    const { data } = await server.graphql(
      '{ savedQuery(name: "all") { subscriptions { id position } } }',
    );
    // the first event stands behind the genesis
    expect(data).toEqual({ savedQuery: { subscriptions: [{ id: subscriptionID, position: 1 }] } });
  });

  it('are for those who may read events', async () => {
    const researcher = await server.token({ role: 'researcher' });
    const body = { name: 'mine', query: {} };
    expect((await send('POST', '/queries', body, researcher)).status).toBe(403);
    const stranger = await fetch(`${server.url}/queries`);
    expect(stranger.status).toBe(401);
    expect((await fetch(`${server.url}/queries`, { method: 'OPTIONS' })).headers.get('allow')).toBe(
      'GET, POST, OPTIONS',
    );
  });
});
