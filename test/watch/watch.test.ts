import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { App } from '../../src/app.js';
import { roomsOf } from '../../src/cli/node.js';
import { serve } from '../../src/cli/serve.js';
import type { EventFilter } from '../../src/graph/event/event-filter.js';
import { Reader } from '../../src/query/reader.js';
import type { Watch } from '../../src/watch/watch.js';
import { WatchStore } from '../../src/watch/watch-store.js';
import { buildEvent } from '../api/graphql/support/build-visit.js';
import { viewerOf } from '../api/graphql/support/start-api.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';
import { eventsOf, Receiver } from './support/receiver.js';
import { WatchNode } from './support/watch-node.js';

const SUPPLY = viewerOf('supply');
const MASTER = new Uint8Array(32).fill(3);
const HOUR = 3_600_000;

describe('a subscription', () => {
  const root = tempDirectory();
  let node: WatchNode;
  let receiver: Receiver;
  let watch: Watch;
  let directory: string;
  let made = 0;

  beforeAll(async () => {
    node = await WatchNode.start(root);
  });
  afterAll(() => node.close());
  beforeEach(async () => {
    receiver = await Receiver.start();
    ({ watch, directory } = await node.open());
    watch.start(node.rooms);
  });
  afterEach(async () => {
    await watch.close();
    await receiver.stop();
  });

  const reader = () => node.reader(SUPPLY);
  const capture = (count: number) =>
    node.capture(Array.from({ length: count }, () => buildEvent(++made)));
  const ids = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => idOf(first + i));
  const received = () => receiver.events().map(({ eventID }) => eventID);
  const subscribe = async (filter: EventFilter = {}, url = receiver.url, from?: number) => {
    await watch.saveQuery(reader(), { name: 'all', filter });
    const at = from === undefined ? {} : { from };
    return watch.subscribe(reader(), { name: 'all', url, ...at });
  };
  const state = (of: Watch = watch) => of.subscriptions(of.query(reader(), 'all')!)[0]!;
  const reopen = async () => {
    await watch.close();
    ({ watch } = await node.open({}, directory));
    watch.start(node.rooms);
  };

  it('delivers what comes as a signed EPCIS query document', async () => {
    await capture(1);
    const { subscription, secret } = await subscribe();
    const [seq] = await capture(1);
    await watch.catchUp();
    await receiver.count(1);
    const { headers, body, path } = receiver.received[0]!;
    expect(path).toBe('/hook');
    expect(headers['content-type']).toBe('application/ld+json');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(headers['webhook-timestamp']).toBe(String(node.clock.at / 1000 - 0));
    const document = JSON.parse(body) as Record<string, never>;
    expect(document).toMatchObject({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      type: 'EPCISQueryDocument',
      schemaVersion: '2.0',
      creationDate: new Date(node.clock.at).toISOString(),
      epcisBody: { queryResults: { queryName: 'all', subscriptionID: subscription.id } },
    });
    const [event, ...others] = eventsOf(body);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      eventID: idOf(made),
      epcList: [`urn:epc:id:sgtin:0614141.107346.${made}`],
    });
    const { node: record } = await node.reader(SUPPLY).load.recordAt.load(seq!).then(nodeOf);
    expect(event!.recordTime).toBe(new Date(record).toISOString());
    await watch.catchUp();
    expect(state()).toMatchObject({ state: 'ACTIVE', delivered: 1, position: seq! + 1 });
  });

  it('signs the body as EPCIS says when the receiver gave a token, and begins at a time', async () => {
    await capture(1);
    const [seq] = await capture(1);
    const record = await node.reader(SUPPLY).load.recordAt.load(seq!);
    await watch.saveQuery(reader(), { name: 'all', filter: {} });
    await watch.subscribe(reader(), {
      name: 'all',
      url: receiver.url,
      since: record!.at,
      signatureToken: 'grüß-gott',
    });
    await watch.catchUp();
    expect(received().at(-1)).toBe(idOf(made));
    const { headers, body } = receiver.received[0]!;
    expect(headers['gs1-signature']).toBe(
      createHmac('sha256', 'grüß-gott').update(body).digest('base64'),
    );
    const later = { name: 'all', url: receiver.url, since: record!.at + HOUR };
    const { subscription } = await watch.subscribe(reader(), later);
    expect(subscription.position).toBe(seq! + 1);
  });

  it('delivers in the order of the log, a hundred at once, none left out and none twice', async () => {
    const first = made + 1;
    const [seq] = await capture(230);
    await capture(1);
    await subscribe({}, receiver.url, seq);
    await watch.catchUp();
    expect(receiver.received.map(({ body }) => eventsOf(body).length)).toEqual([100, 100, 31]);
    expect(received()).toEqual(ids(first, 231));
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  });

  it('delivers what its filter says and nothing else', async () => {
    const wanted = `urn:uuid:00000000-0000-4000-8000-${String((made + 2) * 10 + 9).padStart(12, '0')}`;
    await subscribe({ eventId: [wanted] });
    const seqs = await capture(3);
    await watch.catchUp();
    expect(received()).toEqual([idOf(made - 1)]);
    expect(state().position).toBe(seqs[2]! + 1);
  });

  it('hears by itself of what is captured', async () => {
    await subscribe();
    await capture(1);
    await receiver.count(1);
    expect(received()).toEqual([idOf(made)]);
  });

  it('tries again after a failure, the same delivery, and goes on in order', async () => {
    await subscribe();
    receiver.replies = [
      { status: 500, body: 'x'.repeat(1_000_000) },
      { status: 302, headers: { location: '/other' } },
    ];
    const first = made + 1;
    const [seq] = await capture(1);
    await watch.catchUp();
    await capture(1);
    await watch.catchUp();
    expect(receiver.received).toHaveLength(1);
    expect(state()).toMatchObject({
      state: 'ACTIVE',
      failures: 1,
      fault: 'REFUSED',
      status: 500,
      position: seq,
      nextAttemptAt: node.clock.at + 5_000,
    });
    node.clock.go(4_999);
    await watch.catchUp();
    expect(receiver.received).toHaveLength(1);
    node.clock.go(1);
    await watch.catchUp();
    expect(state()).toMatchObject({
      failures: 2,
      status: 302,
      nextAttemptAt: node.clock.at + 10_000,
    });
    node.clock.go(10_000);
    await watch.catchUp();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook', '/hook']);
    const [a, b, c, d] = receiver.received.map(({ headers, body }) => [
      headers['webhook-id'],
      ...eventsOf(body).map(({ eventID }) => eventID),
    ]);
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    expect(a!.slice(1)).toEqual(ids(first, 1));
    expect(d!.slice(1)).toEqual(ids(first + 1, 1));
    expect(state()).toMatchObject({ failures: 0, delivered: 2 });
    expect(state()).not.toHaveProperty('fault');
  });

  it('waits as long as the receiver asks for', async () => {
    await subscribe();
    receiver.replies = [{ status: 503, headers: { 'retry-after': '90' } }];
    await capture(1);
    await watch.catchUp();
    expect(state().nextAttemptAt).toBe(node.clock.at + 90_000);
  });

  it('outlives a receiver that is down', async () => {
    await subscribe();
    const { port } = receiver;
    await receiver.stop();
    await capture(1);
    await watch.catchUp();
    expect(state()).toMatchObject({ failures: 1, fault: 'CONNECTION_FAILED' });
    receiver = await Receiver.start(port);
    node.clock.go(5_000);
    await watch.catchUp();
    expect(received()).toEqual([idOf(made)]);
  });

  it('holds nobody up who is slow', async () => {
    await watch.close();
    ({ watch, directory } = await node.open({ timeoutMs: 400 }));
    watch.start(node.rooms);
    const slow = await Receiver.start();
    slow.replies = [{ status: 200, isSilent: true }];
    await subscribe({}, slow.url);
    await watch.subscribe(reader(), { name: 'all', url: receiver.url });
    await capture(1);
    await receiver.count(1);
    await watch.catchUp();
    expect(slow.received).toHaveLength(1);
    const [first, second] = watch.subscriptions(watch.query(reader(), 'all')!);
    expect(first).toMatchObject({ fault: 'TIMEOUT', failures: 1, delivered: 0 });
    expect(second).toMatchObject({ failures: 0, delivered: 1 });
    await slow.stop();
  });

  it('goes on after a restart where it was, also in the middle of a delivery', async () => {
    await subscribe();
    receiver.replies = [{ status: 200 }, { status: 500 }, { status: 200, isSilent: true }];
    const first = made + 1;
    await capture(150);
    await watch.catchUp();
    expect(receiver.received).toHaveLength(2);
    await reopen();
    await watch.catchUp();
    expect(state()).toMatchObject({ failures: 1, delivered: 100 });
    node.clock.go(5_000);
    const caughtUp = watch.catchUp();
    await receiver.count(3);
    await reopen();
    await caughtUp;
    await capture(1);
    await watch.catchUp();
    const taken = receiver.received.filter((_, i) => i !== 1 && i !== 2);
    expect(taken.flatMap(({ body }) => eventsOf(body)).map(({ eventID }) => eventID)).toEqual(
      ids(first, 151),
    );
    expect(state()).toMatchObject({ failures: 0, delivered: 151 });
  });

  it('loses nothing and repeats nothing when the index is built again', async () => {
    await subscribe();
    const first = made + 1;
    await capture(2);
    await watch.catchUp();
    await node.app.follower.rebuild();
    await watch.catchUp();
    await capture(1);
    await watch.catchUp();
    expect(received()).toEqual(ids(first, 3));
  });

  it('gives up after a day, keeps what was not taken, and goes on when told', async () => {
    const { subscription } = await subscribe();
    receiver.replies = Array.from({ length: 33 }, () => ({ status: 400 }));
    const [seq] = await capture(2);
    const first = made - 1;
    const since = node.clock.at;
    await watch.catchUp();
    while (state().state === 'ACTIVE') {
      node.clock.at = state().nextAttemptAt!;
      await watch.catchUp();
    }
    expect(node.clock.at - since).toBeGreaterThan(20 * HOUR);
    expect(node.clock.at - since).toBeLessThan(24 * HOUR);
    expect(receiver.received).toHaveLength(33);
    expect(state()).toMatchObject({
      state: 'FAILING',
      fault: 'REFUSED',
      status: 400,
      delivered: 0,
    });
    expect(state().position).toBeGreaterThan(seq!);
    const [letter, ...others] = watch.deadLetters(subscription);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ from: seq, events: 2, fault: 'REFUSED', status: 400 });

    await capture(1);
    node.clock.go(24 * HOUR);
    await reopen();
    await watch.catchUp();
    expect(receiver.received).toHaveLength(33);

    await watch.resume(reader(), subscription.id);
    await watch.catchUp();
    expect(received().slice(66)).toEqual(ids(first + 2, 1));

    receiver.replies = [{ status: 500 }];
    await expect(watch.redeliver(reader(), letter!.id)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(watch.deadLetters(subscription)).toHaveLength(1);
    expect(await watch.redeliver(reader(), letter!.id)).toMatchObject({ events: 2 });
    expect(received().slice(-2)).toEqual(ids(first, 2));
    expect(receiver.received.at(-1)!.headers['webhook-id']).toBe(
      receiver.received[0]!.headers['webhook-id'],
    );
    await expect(watch.redeliver(reader(), letter!.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await reopen();
    expect(watch.deadLetters(subscription)).toEqual([]);
    expect(state()).toMatchObject({ state: 'ACTIVE', delivered: 3 });
  });

  it('stops before a delivery when there is no room for another dead letter', async () => {
    await watch.close();
    ({ watch, directory } = await node.open({ bounds: { lettersPerSubscription: 0 } }));
    watch.start(node.rooms);
    const { subscription } = await subscribe();
    receiver.replies = Array.from({ length: 33 }, () => ({ status: 400 }));
    const [seq] = await capture(1);
    await watch.catchUp();
    while (state().state === 'ACTIVE') {
      node.clock.at = state().nextAttemptAt!;
      await watch.catchUp();
    }
    expect(state()).toMatchObject({ state: 'FAILING', position: seq });
    expect(watch.deadLetters(subscription)).toEqual([]);
    await watch.resume(reader(), subscription.id);
    await watch.catchUp();
    expect(state()).toMatchObject({ state: 'ACTIVE', delivered: 1 });
  });

  it('ends when the receiver says it is gone', async () => {
    const { subscription } = await subscribe();
    receiver.replies = [{ status: 410 }];
    await capture(1);
    await watch.catchUp();
    await capture(1);
    node.clock.go(48 * HOUR);
    await watch.catchUp();
    expect(receiver.received).toHaveLength(1);
    expect(state()).toMatchObject({ state: 'ENDED', status: 410 });
    await expect(watch.resume(reader(), subscription.id)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('sends nothing any more when its owner may not read events, and goes on when they may', async () => {
    const { subscription } = await subscribe();
    await watch.close();
    // the owner as a policy of tomorrow would see them
    const store = await WatchStore.open(directory, {
      master: MASTER,
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    });
    await store.update(subscription, (now) => ({
      next: { ...now, owner: { ...now.owner, role: 'researcher' } },
    }));
    await store.close();
    await reopen();
    const first = made + 1;
    await capture(2);
    await watch.catchUp();
    node.clock.go(48 * HOUR);
    await watch.catchUp();
    expect(receiver.received).toEqual([]);
    expect(state()).toMatchObject({ state: 'PAUSED', fault: 'FORBIDDEN', delivered: 0 });
    await watch.resume(reader(), subscription.id);
    await watch.catchUp();
    expect(received()).toEqual(ids(first, 2));
  });

  it('ends when it is told to, or when its query goes, also while it waits for an answer', async () => {
    const { subscription } = await subscribe();
    const second = await watch.subscribe(reader(), { name: 'all', url: receiver.url });
    receiver.replies = [
      { status: 200, isSilent: true },
      { status: 200, isSilent: true },
    ];
    await capture(1);
    await receiver.count(2);
    await watch.unsubscribe(reader(), subscription.id);
    expect(await watch.deleteQuery(reader(), 'all')).toEqual([second.subscription.id]);
    await watch.catchUp();
    await capture(1);
    await reopen();
    await watch.catchUp();
    expect(receiver.received).toHaveLength(2);
    expect(watch.queries(reader())).toEqual([]);
    await expect(watch.unsubscribe(reader(), subscription.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('goes to the address that was checked, and to no other when the name changes', async () => {
    await watch.close();
    let addresses = ['93.184.216.34'];
    const resolve = async () => addresses;
    ({ watch, directory } = await node.open({ webhookHosts: [], resolve }));
    watch.start(node.rooms);
    await watch.saveQuery(reader(), { name: 'all', filter: {} });
    const url = `https://rebound.example:${receiver.port}/hook`;
    await watch.subscribe(reader(), { name: 'all', url });
    addresses = ['127.0.0.1'];
    await capture(1);
    await watch.catchUp();
    expect(state()).toMatchObject({ fault: 'ADDRESS_REFUSED', failures: 1 });
    await watch.close();

    ({ watch } = await node.open({ webhookHosts: ['rebound.example'], resolve }));
    watch.start(node.rooms);
    await subscribe({}, `http://rebound.example:${receiver.port}/hook`);
    await capture(1);
    await watch.catchUp();
    expect(receiver.received.map(({ headers }) => headers.host)).toEqual([
      `rebound.example:${receiver.port}`,
    ]);
  });
});

describe('a node that is served', () => {
  const root = tempDirectory();

  it('delivers by itself to the hosts its operator allows, and goes on after a restart', async () => {
    const receiver = await Receiver.start();
    const app = await startApp(root, { webhookHosts: ['127.0.0.1'] });
    const service = await serve(app, { host: '127.0.0.1', port: 0 });
    const reader = new Reader(roomsOf(app), SUPPLY);
    await app.watch.saveQuery(reader, { name: 'all', filter: {} });
    await app.watch.subscribe(reader, { name: 'all', url: receiver.url });
    await captureOne(app, 1);
    await receiver.count(1);
    // its answer has been noted: else it would be delivered again after the restart
    await app.watch.catchUp();
    await service.close();
    await app.close();

    const again = await App.open(app.config);
    await captureOne(again, 2);
    await again.watch.catchUp();
    expect(receiver.received).toHaveLength(1);
    const served = await serve(again, { host: '127.0.0.1', port: 0 });
    await receiver.count(2);
    expect(receiver.events().map(({ eventID }) => eventID)).toEqual([idOf(1), idOf(2)]);
    await served.close();
    await again.close();
    await receiver.stop();
  });
});

async function captureOne(app: App, n: number): Promise<void> {
  const documents = [{ text: buildEvent(n) }];
  await app.capture.capture({ documents, mode: 'rollback', waitFor: 'INDEXED' });
}

function idOf(n: number): string {
  return `urn:uuid:00000000-0000-4000-8000-${String(n * 10 + 9).padStart(12, '0')}`;
}

function nodeOf(record: { at: number } | null): { node: number } {
  return { node: record!.at };
}
