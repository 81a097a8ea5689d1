import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { systemRandomBytes } from '../../src/crypto/random.js';
import type { QuerySubscription } from '../../src/watch/query-subscription.js';
import { makeQuery } from '../../src/watch/saved-query.js';
import { WatchStore, type WATCH_BOUNDS } from '../../src/watch/watch-store.js';
import { createSecret, formatSecret } from '../../src/watch/webhook-signature.js';
import { viewerOf } from '../api/graphql/support/start-api.js';
import { tempDirectory } from '../support/temp-directory.js';

const OWNER = viewerOf('supply', {
  subject: 'CANARY-subject',
  organisation: 'CANARY-organisation',
});
const MASTER = new Uint8Array(32).fill(5);

describe('the store of saved queries', () => {
  const root = tempDirectory();
  let made = 0;
  const open = (directory: string, bounds: Partial<typeof WATCH_BOUNDS> = {}, master = MASTER) =>
    WatchStore.open(directory, { master, randomBytes: systemRandomBytes, bounds });
  const fresh = () => join(root, `store-${made++}`);
  const query = (name: string, owner = OWNER) =>
    makeQuery(owner, { name, description: 'CANARY-why', filter: { epc: ['CANARY-epc'] } }, 7);
  const subscription = (n: number, queryName: string, owner = OWNER): QuerySubscription => ({
    v: 1,
    id: Buffer.alloc(16, n).toString('base64url'),
    queryName,
    url: 'https://CANARY.example/?token=CANARY-token',
    secret: Buffer.from('CANARY-CANARY-CANARY-CANARY-123!').toString('base64url'),
    owner,
    createdAt: n,
    position: 10,
    state: 'ACTIVE',
    failures: 0,
    delivered: 0,
    withheld: 0,
  });
  const letter = (of: QuerySubscription, from: number) => ({
    v: 1 as const,
    id: `${of.id}.${from}`,
    subscriptionId: of.id,
    from,
    to: from + 5,
    events: 2,
    at: 3,
    fault: 'TIMEOUT' as const,
  });

  it('has everything when it is opened again', async () => {
    const directory = fresh();
    const store = await open(directory);
    await store.saveQuery(query('a'));
    await store.saveQuery(query('b'));
    const [one, two] = [subscription(1, 'a'), subscription(2, 'b')];
    await store.addSubscription(one);
    await store.addSubscription(two);
    await store.update(one, (now) => ({
      next: { ...now, position: 16 },
      newLetter: letter(one, 10),
    }));
    await store.update(one, (now) => ({
      next: { ...now, position: 22 },
      newLetter: letter(one, 16),
    }));
    await store.update(one, (now) => ({
      next: { ...now, delivered: 9 },
      oldLetter: letter(one, 10),
    }));
    await store.deleteQuery(OWNER, 'b');
    await store.close();
    const again = await open(directory);
    expect(again.queriesOf(OWNER)).toEqual([query('a')]);
    expect(again.subscriptionsOf(query('a'))).toEqual([{ ...one, position: 22, delivered: 9 }]);
    expect(again.lettersOf(one)).toEqual([letter(one, 16)]);
    expect(again.subscription(two.id)).toBeUndefined();
    await again.close();
  });

  it('says nothing in clear', async () => {
    const directory = fresh();
    const secret = formatSecret(createSecret(() => new Uint8Array(32).fill(0x43)));
    const store = await open(directory);
    await store.saveQuery(query('CANARY-name'));
    const one = subscription(1, 'CANARY-name');
    await store.addSubscription(one);
    await store.update(one, (now) => ({ next: now, newLetter: letter(one, 10) }));
    await store.close();
    const bytes = readdirSync(directory).map((name) =>
      readFileSync(join(directory, name)).toString('latin1'),
    );
    const text = bytes.join('\n');
    expect(text.length).toBeGreaterThan(500);
    expect(text).not.toMatch(/CANARY|TIMEOUT|queryName|supply/i);
    expect(text).not.toContain(one.secret);
    expect(text).not.toContain(secret.slice(6));
  });

  it('opens under its own master key only', async () => {
    const directory = fresh();
    const store = await open(directory);
    await store.saveQuery(query('a'));
    await store.close();
    const opened = open(directory, {}, new Uint8Array(32).fill(6));
    await expect(opened).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  it('keeps principals apart', async () => {
    const store = await open(fresh());
    const other = viewerOf('supply', { subject: 'other', organisation: OWNER.organisation });
    await store.saveQuery(query('a'));
    await store.saveQuery(query('a', other));
    await store.addSubscription(subscription(1, 'a', other));
    expect(await store.deleteQuery(OWNER, 'a')).toEqual([]);
    expect(store.queriesOf(other)).toEqual([query('a', other)]);
    expect(store.subscriptionsOf(query('a', other))).toHaveLength(1);
    await store.close();
  });

  it('holds so many and no more, whoever asks at once', async () => {
    const store = await open(fresh(), {
      queriesPerOrganisation: 3,
      subscriptionsPerPrincipal: 2,
      subscriptionsPerOrganisation: 3,
    });
    const saved = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e'].map((name) => store.saveQuery(query(name))),
    );
    expect(saved.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(store.saveQuery(query('f'))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await store.saveQuery(query('a'));
    const elsewhere = viewerOf('supply', { organisation: 'another' });
    await store.saveQuery(query('f', elsewhere));
    const added = await Promise.allSettled(
      [1, 2, 3].map((n) => store.addSubscription(subscription(n, 'a'))),
    );
    expect(added.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await store.addSubscription(subscription(4, 'f', elsewhere));
    await store.close();
  });

  it('lets no caller save all that an organisation may', async () => {
    const store = await open(fresh(), { queriesPerPrincipal: 2 });
    const saved = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => store.saveQuery(query(name))),
    );
    expect(saved.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const colleague = viewerOf('supply', { subject: 'another' });
    await store.saveQuery(query('c', colleague));
    await store.close();
  });

  it('brings nothing back that was deleted meanwhile', async () => {
    const directory = fresh();
    const store = await open(directory);
    await store.saveQuery(query('a'));
    const one = subscription(1, 'a');
    await store.addSubscription(one);
    const [deleted, updated] = await Promise.all([
      store.deleteSubscription(one),
      store.update(one, (now) => ({ next: { ...now, delivered: 5 } })),
    ]);
    expect([deleted, updated]).toEqual([true, undefined]);
    await store.pass(one, 1_000_000);
    await expect(store.addSubscription(subscription(2, 'gone'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await store.close();
    const again = await open(directory);
    expect([...again.subscriptions()]).toEqual([]);
    await again.close();
  });

  it('never forgets more of what it passed than a step', async () => {
    const directory = fresh();
    const store = await open(directory);
    await store.saveQuery(query('a'));
    const one = subscription(1, 'a');
    await store.addSubscription(one);
    for (const position of [100, 4_000, 5_000, 6_000, 5_500]) await store.pass(one, position);
    expect(store.subscription(one.id)!.position).toBe(6_000);
    await store.close();
    const again = await open(directory);
    expect(again.subscription(one.id)!.position).toBe(5_000);
    await again.close();
  });
});
