import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../../src/access/viewer.js';
import { roomsOf } from '../../../src/cli/node.js';
import { Watch } from '../../../src/watch/watch.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { Receiver } from '../../watch/support/receiver.js';
import { buildEvent } from './support/build-visit.js';
import { captureAll } from './support/capture-all.js';
import { ANONYMOUS, startApi, viewerOf, type TestApi } from './support/start-api.js';

const SUPPLY = viewerOf('supply');

const SAVE = `mutation ($input: SaveQueryInput!) {
  saveQuery(input: $input) {
    query { name description filter createdAt subscriptions { id } }
    userErrors { code message path pointer }
  }
}`;
const SUBSCRIBE = `mutation ($input: SubscribeQueryInput!) {
  subscribeQuery(input: $input) {
    subscription { id queryName url state position delivered failures fault status }
    secret
    userErrors { code message path pointer }
  }
}`;
const UNSUBSCRIBE = `mutation ($id: ID!) {
  unsubscribeQuery(id: $id) { id userErrors { code path } }
}`;
const RESUME = `mutation ($id: ID!) {
  resumeSubscription(id: $id) { subscription { state position } userErrors { code path } }
}`;
const REDELIVER = `mutation ($id: ID!) {
  redeliver(deadLetterId: $id) { delivered subscription { delivered } userErrors { code path } }
}`;
const LIST = `{
  savedQueries {
    name
    subscriptions { id state position delivered nextAttemptAt deadLetters { id from to events at fault status } }
  }
}`;

interface UserError {
  code: string;
  message: string;
  path: string[];
  pointer: string | null;
}

interface Subscribed {
  subscription: { id: string; position: number } | null;
  secret: string | null;
  userErrors: UserError[];
}

interface Listed {
  savedQueries: {
    name: string;
    subscriptions: {
      id: string;
      state: string;
      nextAttemptAt: string | null;
      deadLetters: { id: string }[];
    }[];
  }[];
}

describe('saved queries over GraphQL', () => {
  const root = tempDirectory();
  let api: TestApi;
  let watch: Watch;
  let receiver: Receiver;
  let at = Date.parse('2026-01-01T00:00:00Z');

  beforeAll(async () => {
    api = await startApi(root);
    watch = await Watch.open(`${root}/watch`, {
      master: new Uint8Array(32).fill(9),
      logger: api.rooms.logger,
      webhookHosts: ['127.0.0.1'],
      now: () => at,
      random: () => 0,
      gatherMs: 0,
    });
    api.rooms.watch = watch;
    watch.start({ ...roomsOf(api.app), limits: api.rooms.limits });
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
    await watch.close();
    await api.close();
  });

  const save = async (input: object, viewer: Viewer = SUPPLY) =>
    (
      await api.get<{ saveQuery: { query: object | null; userErrors: UserError[] } }>(
        viewer,
        SAVE,
        { input },
      )
    ).saveQuery;
  const subscribe = async (input: object, viewer: Viewer = SUPPLY) =>
    (await api.get<{ subscribeQuery: Subscribed }>(viewer, SUBSCRIBE, { input })).subscribeQuery;
  const list = async (viewer: Viewer = SUPPLY) =>
    (await api.get<Listed>(viewer, LIST)).savedQueries;

  it('keep a filter by a name, once', async () => {
    const input = {
      name: 'shipping-1',
      description: 'what leaves',
      filter: { EQ_bizStep: ['shipping'], MATCH_epc: ['urn:epc:id:sgtin:0614141.107346.1'] },
    };
    const saved = await save(input);
    expect(saved).toEqual({
      query: {
        name: 'shipping-1',
        description: 'what leaves',
        filter: expect.stringContaining('https://ref.gs1.org/cbv/BizStep-shipping'),
        createdAt: '2026-01-01T00:00:00.000Z',
        subscriptions: [],
      },
      userErrors: [],
    });
    at += 1_000;
    expect(await save(input)).toEqual(saved);
    const { query, userErrors } = await save({ ...input, filter: {} });
    expect(query).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'name'] }]);
  });

  it.each([
    ['', ['input', 'name'], null],
    ['a/b', ['input', 'name'], null],
    ['-a', ['input', 'name'], null],
    ['a'.repeat(129), ['input', 'name'], null],
    ['SimpleEventQuery', ['input', 'name'], null],
  ])('are not named "%s"', async (name, path, pointer) => {
    const { query, userErrors } = await save({ name, filter: {} });
    expect(query).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path, pointer }]);
  });

  it('say where a filter is wrong, and are not saved then', async () => {
    const filter = { or: [{}, { EQ_bizStep: ['no such step'] }] };
    const { userErrors } = await save({ name: 'wrong', filter });
    expect(userErrors).toMatchObject([{ path: ['input', 'filter'] }]);
    expect(userErrors[0]!.pointer).toMatch(/^\/or\/1/);
    expect((await list()).map(({ name }) => name)).not.toContain('wrong');
  });

  it('answer their events page by page', async () => {
    await captureAll(api, [buildEvent(1), buildEvent(2), buildEvent(3)]);
    await save({ name: 'all', filter: {} });
    const ask = (after: string) =>
      api.get<{
        savedQuery: { events: { nodes: { eventID: string }[]; pageInfo: { endCursor: string } } };
      }>(
        SUPPLY,
        `{ savedQuery(name: "all") { events(first: 2${after}) { nodes { eventID } pageInfo { endCursor hasNextPage } } } }`,
      );
    const { savedQuery: first } = await ask('');
    expect(first.events.nodes).toHaveLength(2);
    const { savedQuery: second } = await ask(`, after: "${first.events.pageInfo.endCursor}"`);
    expect(second.events.nodes).toHaveLength(1);
    expect(second.events.nodes).not.toEqual(first.events.nodes.slice(1));
  });

  it('are subscribed to with a secret that is told once, and deliver', async () => {
    await save({ name: 'live', filter: {} });
    const { subscription, secret, userErrors } = await subscribe({
      name: 'live',
      url: receiver.url,
    });
    expect(userErrors).toEqual([]);
    expect(subscription).toMatchObject({ queryName: 'live', url: receiver.url, state: 'ACTIVE' });
    await captureAll(api, [buildEvent(4)]);
    await receiver.count(1);
    const { headers, body } = receiver.received[0]!;
    const key = Buffer.from(secret!.slice(6), 'base64');
    const text = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(text).digest('base64')}`,
    );
    expect(JSON.stringify(await list())).not.toContain(secret!.slice(6));
    const { unsubscribeQuery } = await api.get<{ unsubscribeQuery: object }>(SUPPLY, UNSUBSCRIBE, {
      id: subscription!.id,
    });
    expect(unsubscribeQuery).toEqual({ id: subscription!.id, userErrors: [] });
  });

  it('begin where they are told to, and not beyond the log', async () => {
    const { subscription } = await subscribe({ name: 'live', url: receiver.url, from: 0 });
    await watch.catchUp();
    expect(receiver.events().slice(-4)).toHaveLength(4);
    await api.get(SUPPLY, UNSUBSCRIBE, { id: subscription!.id });
    const { userErrors } = await subscribe({ name: 'live', url: receiver.url, from: 1_000 });
    expect(userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'from'] }]);
  });

  it('refuse addresses that may not be called, without telling what is there', async () => {
    const messages = new Set<string>();
    for (const url of ['https://localhost/x', 'https://10.0.0.1/', 'https://no.invalid/']) {
      const { subscription, userErrors } = await subscribe({ name: 'live', url });
      expect(subscription).toBeNull();
      expect(userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'url'] }]);
      messages.add(userErrors[0]!.message);
    }
    expect(messages.size).toBe(1);
    const { userErrors } = await subscribe({ name: 'nothing', url: receiver.url });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'name'] }]);
  });

  it('give up, go on and deliver again when told', async () => {
    const { subscription } = await subscribe({ name: 'live', url: receiver.url });
    const { id } = subscription!;
    receiver.replies = Array.from({ length: 34 }, () => ({ status: 500 }));
    await captureAll(api, [buildEvent(5)]);
    const before = receiver.received.length;
    const live = async () =>
      (await list()).find(({ name }) => name === 'live')!.subscriptions.find((it) => it.id === id)!;
    for (let i = 0; i < 40; i++) {
      await watch.catchUp();
      const { nextAttemptAt } = await live();
      if (nextAttemptAt !== null) at = Date.parse(nextAttemptAt);
    }
    const { state, deadLetters } = await live();
    expect(state).toBe('FAILING');
    expect(receiver.received.length - before).toBe(33);
    expect(deadLetters).toMatchObject([{ events: 1, fault: 'REFUSED', status: 500 }]);
    const again = { id: deadLetters[0]!.id };
    expect(await api.get(SUPPLY, REDELIVER, again)).toMatchObject({
      redeliver: {
        delivered: null,
        userErrors: [{ code: 'UNAVAILABLE', path: ['deadLetterId'] }],
      },
    });
    expect(await api.get(viewerOf('supply', { subject: 'other' }), REDELIVER, again)).toMatchObject(
      { redeliver: { userErrors: [{ code: 'NOT_FOUND' }] } },
    );
    expect(await api.get(SUPPLY, REDELIVER, again)).toMatchObject({
      redeliver: { delivered: 1, subscription: { delivered: 1 }, userErrors: [] },
    });
    expect(await api.get(SUPPLY, RESUME, { id })).toMatchObject({
      resumeSubscription: { subscription: { state: 'ACTIVE' }, userErrors: [] },
    });
    expect((await live()).deadLetters).toEqual([]);
  });

  it('are there for their owner only', async () => {
    const { subscription } = await subscribe({ name: 'live', url: receiver.url });
    const { id } = subscription!;
    for (const other of [
      viewerOf('supply', { subject: 'supply-2' }),
      viewerOf('supply', { organisation: 'hospital-b' }),
    ]) {
      expect(await list(other)).toEqual([]);
      expect(await api.get(other, '{ savedQuery(name: "live") { name } }')).toEqual({
        savedQuery: null,
      });
      const refused = { userErrors: [{ code: 'NOT_FOUND' }] };
      expect(await api.get(other, UNSUBSCRIBE, { id })).toMatchObject({
        unsubscribeQuery: refused,
      });
      expect(await api.get(other, RESUME, { id })).toMatchObject({ resumeSubscription: refused });
      expect(
        await api.get(other, 'mutation { deleteQuery(name: "live") { userErrors { code } } }'),
      ).toMatchObject({ deleteQuery: refused });
      expect(await subscribe({ name: 'live', url: receiver.url }, other)).toMatchObject({
        subscription: null,
        userErrors: [{ code: 'NOT_FOUND' }],
      });
      expect((await save({ name: 'live', filter: {} }, other)).userErrors).toEqual([]);
      await api.get(other, 'mutation { deleteQuery(name: "live") { userErrors { code } } }');
    }
    expect((await list()).find(({ name }) => name === 'live')!.subscriptions).toHaveLength(2);
  });

  it('are refused to whoever may not read events', async () => {
    const input = { name: 'mine', filter: {} };
    const target = { name: 'live', url: receiver.url };
    expect(await api.fail(ANONYMOUS, SAVE, { input })).toBe('UNAUTHENTICATED');
    expect(await api.fail(ANONYMOUS, SUBSCRIBE, { input: target })).toBe('UNAUTHENTICATED');
    expect(await api.fail(ANONYMOUS, LIST)).toBe('UNAUTHENTICATED');
    expect(await api.fail(ANONYMOUS, UNSUBSCRIBE, { id: 'x' })).toBe('UNAUTHENTICATED');
    for (const viewer of [
      viewerOf('researcher'),
      viewerOf('patient'),
      viewerOf('supply', { scopes: ['write'] }),
    ]) {
      expect(await api.fail(viewer, SAVE, { input })).toBe('FORBIDDEN');
      expect(await api.fail(viewer, SUBSCRIBE, { input: target })).toBe('FORBIDDEN');
      expect(await api.fail(viewer, RESUME, { id: 'x' })).toBe('FORBIDDEN');
      expect(await api.fail(viewer, REDELIVER, { id: 'x' })).toBe('FORBIDDEN');
    }
  });

  it('go with their subscriptions', async () => {
    const held = (await list()).find(({ name }) => name === 'live')!.subscriptions;
    const answer = await api.get<{ deleteQuery: { endedSubscriptions: string[] } }>(
      SUPPLY,
      'mutation { deleteQuery(name: "live") { endedSubscriptions userErrors { code } } }',
    );
    expect(answer.deleteQuery.endedSubscriptions).toEqual(held.map(({ id }) => id));
    expect((await list()).map(({ name }) => name)).toEqual(['all', 'shipping-1']);
  });
});
