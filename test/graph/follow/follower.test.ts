import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../../../src/error.js';
import type { Follower, FollowerRooms } from '../../../src/graph/follow/follower.js';
import { Graph } from '../../../src/graph/graph.js';
import type { IndexRow } from '../../../src/graph/row.js';
import { buildVisit, dump, TestNode } from '../build-node.js';
import { extractOf } from '../log-builder.js';

let directory: string;
let node: TestNode;
let followers: Follower[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'provtrail-follower-'));
  node = await TestNode.open(join(directory, 'node'));
  followers = [];
});

afterEach(async () => {
  for (const follower of followers) await follower.stop();
  await node.close();
  rmSync(directory, { recursive: true, force: true });
});

function follow(overrides: Partial<FollowerRooms> = {}): Follower {
  const follower = node.follow(overrides);
  followers.push(follower);
  follower.start();
  return follower;
}

async function settle(follower: Follower): Promise<void> {
  await follower.caughtUp(node.ledger.head().size);
}

/** The real thing, but for the methods given. */
function altered<T extends object>(real: T, methods: Partial<T>): T {
  return new Proxy(real, {
    get: (target, name) => {
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name) as unknown;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('following', () => {
  it('indexes what is captured, and what was captured before it began', async () => {
    await node.capture(buildVisit(1));
    const follower = follow();
    await settle(follower);
    expect(await node.graph.read.status()).toMatchObject({ cursor: 4, records: 3 });
    await node.capture(buildVisit(2), { follower });
    await settle(follower);
    expect(await node.graph.read.status()).toMatchObject({ cursor: 7, records: 6 });
    expect(follower.lag()).toEqual({ entries: 0, ms: 0 });
    const [claim] = await node.graph.read.recordsBySeq([4]);
    const answer = await node.graph.read.lineage({
      roots: [claim!.recordCid],
      direction: 'UPSTREAM',
      depthMax: 5,
      nodesMax: 50,
      deadlineMs: 5_000,
    });
    expect(answer.nodes.map((node) => node.kind === 'RECORD' && node.type)).toEqual([
      'Claim',
      'Encounter',
    ]);
  });

  it('makes the same index of what was handed over as of what it opened itself', async () => {
    const follower = follow();
    for (let i = 0; i < 3; i++) await node.capture(buildVisit(i), { follower });
    await settle(follower);
    const handedOver = await dump(node.graph);
    const done: number[] = [];
    await follower.rebuild((at) => done.push(at));
    expect(await dump(node.graph)).toEqual(handedOver);
    expect(done.at(-1)).toBe(10);
  });

  it('has rebuilt the index when it says so, also when asked at the moment it starts', async () => {
    await node.capture(buildVisit(1));
    await settle(follow());
    await followers.pop()!.stop();
    const cursor = await node.graph.cursor();
    const follower = follow();
    const done: number[] = [];
    await follower.rebuild((at) => done.push(at));
    await follower.stop();
    expect(done.length).toBeGreaterThan(0);
    expect(await node.graph.cursor()).toBe(cursor);
  });

  it('makes the same index in one go as step by step', async () => {
    const follower = follow();
    for (let i = 0; i < 4; i++) {
      await node.capture(buildVisit(i % 3));
      await settle(follower);
    }
    const stepByStep = await dump(node.graph);
    const path = join(directory, 'again.sqlite');
    const graph = await Graph.open(path, { threads: false });
    await settle(follow({ graph }));
    expect(await dump(graph)).toEqual(stepByStep);
    await followers.pop()!.stop();
    await graph.close();
  });

  it('goes on where it was after a restart', async () => {
    await node.capture(buildVisit(1));
    const first = follow();
    await settle(first);
    await first.stop();
    await node.capture(buildVisit(2));
    const applied: number[] = [];
    const second = follow();
    second.onApplied((cursor) => applied.push(cursor));
    await settle(second);
    expect(applied).toEqual([4, 7]);
  });

  it('applies nothing twice when it was cut off between the rows and hearing of them', async () => {
    await node.capture(buildVisit(1));
    let cuts = 2;
    const graph = altered(node.graph, {
      apply: async (rows: IndexRow[]) => {
        const cursor = await node.graph.apply(rows);
        if (cuts-- > 0) throw new AppError('UNAVAILABLE', 'the index has stopped');
        return cursor;
      },
    });
    const follower = follow({ graph });
    await settle(follower);
    await node.capture(buildVisit(2));
    await settle(follower);
    const cutOff = await dump(node.graph);
    await follower.rebuild();
    expect(await dump(node.graph)).toEqual(cutOff);
  });

  it('tells how far it is behind', async () => {
    let time = 1_000;
    const follower = node.follow({ now: () => time });
    expect(follower.lag()).toEqual({ entries: 1, ms: 0 });
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const graph = altered(node.graph, {
      apply: async (rows: IndexRow[]) => {
        await held;
        return node.graph.apply(rows);
      },
    });
    const slow = node.follow({ graph, now: () => time });
    followers.push(slow);
    slow.start();
    await node.capture(buildVisit(1));
    time += 500;
    expect(slow.lag()).toEqual({ entries: 4, ms: 500 });
    letGo();
    await settle(slow);
    expect(slow.lag()).toEqual({ entries: 0, ms: 0 });
  });

  it('lets nobody wait for ever when it is stopped', async () => {
    const follower = follow();
    const waiting = follower.caughtUp(1_000);
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'SHUTTING_DOWN' }),
      follower.stop(),
    ]);
    await expect(follower.caughtUp(2_000)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await expect(follower.rebuild()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });
});

describe('a record', () => {
  it('whose block is gone is indexed as unavailable, and the next ones as usual', async () => {
    await node.capture(buildVisit(1));
    let isFirst = true;
    const archive = altered(node.archive, {
      getBytes: async (cid: string) => {
        if (!isFirst) return node.archive.getBytes(cid);
        isFirst = false;
        throw new AppError('UNAVAILABLE', 'the stored block does not match its address');
      },
    });
    await settle(follow({ archive }));
    const nodes = await node.graph.read.recordsBySeq([1, 2, 3]);
    expect(nodes.map((each) => [each?.state, each?.type])).toEqual([
      ['UNAVAILABLE', undefined],
      ['AVAILABLE', 'Encounter'],
      ['AVAILABLE', 'Patient'],
    ]);
    expect(await node.graph.read.status()).toMatchObject({ unreadable: 1 });
  });

  it('whose key the node does not hold is indexed as sealed', async () => {
    await node.capture(buildVisit(1), { isUnknownKey: true });
    await settle(follow());
    const nodes = await node.graph.read.recordsBySeq([1, 2, 3]);
    expect(nodes.map((each) => each?.state)).toEqual(['SEALED', 'SEALED', 'SEALED']);
  });

  it('whose seal does not open is unavailable', async () => {
    await node.capture(buildVisit(1));
    const other = (await node.keyring.promiseScopes(['other']))[0]!;
    const keyring = altered(node.keyring, { scope: async () => other });
    await settle(follow({ keyring }));
    const nodes = await node.graph.read.recordsBySeq([1, 2, 3]);
    expect(nodes.every((each) => each?.state === 'UNAVAILABLE')).toBe(true);
  });
});

describe('trouble', () => {
  it('of a store is waited out', async () => {
    await node.capture(buildVisit(1));
    let failures = 2;
    const archive = altered(node.archive, {
      ref: async (cid: string) => {
        if (failures-- > 0) throw new AppError('STORE_FAILED', 'the store failed');
        return node.archive.ref(cid);
      },
    });
    await settle(follow({ archive }));
    expect(await node.graph.read.status()).toMatchObject({ records: 3, unreadable: 0 });
    expect(node.logged.length).toBeGreaterThan(0);
  });

  it('at one entry does not hold back those before it', async () => {
    await node.capture(buildVisit(1));
    let isDamaged = true;
    const ledger = altered(node.ledger, {
      entries: async function* (from: number, to: number) {
        for await (const entry of node.ledger.entries(from, to)) {
          if (isDamaged && entry.seq === 2) throw new AppError('UNAVAILABLE', 'entry 2 is damaged');
          yield entry;
        }
      },
    });
    const follower = follow({ ledger });
    await follower.caughtUp(2);
    expect(follower.lag().entries).toBe(2);
    isDamaged = false;
    await settle(follower);
  });

  it('never puts content into the log', async () => {
    await node.capture(buildVisit(1));
    let failures = 20;
    const graph = altered(node.graph, {
      apply: async (rows: IndexRow[]) => {
        if (failures-- > 0) throw new Error(`cannot store ${JSON.stringify(rows)}`);
        return node.graph.apply(rows);
      },
    });
    const follower = follow({ graph });
    await settle(follower);
    expect(node.logged.length).toBeGreaterThan(0);
    expect(node.logged.join()).not.toMatch(/canary|urn:uuid|hl7\.org/i);
  });

  it('with one record that the index cannot take does not hold up the others', async () => {
    await node.capture(buildVisit(1));
    const graph = altered(node.graph, {
      apply: async (rows: IndexRow[]) => {
        if (rows.some((row) => extractOf(row)?.type === 'Encounter')) throw new TypeError('x');
        return node.graph.apply(rows);
      },
    });
    await settle(follow({ graph }));
    const nodes = await node.graph.read.recordsBySeq([1, 2, 3]);
    expect(nodes.map((each) => [each?.state, each?.type])).toEqual([
      ['AVAILABLE', 'Claim'],
      ['UNAVAILABLE', undefined],
      ['AVAILABLE', 'Patient'],
    ]);
  });

  it('with an index of another log ends with one of this log', async () => {
    const other = await TestNode.open(join(directory, 'other'));
    await other.capture(buildVisit(1));
    await other.capture(buildVisit(2));
    const follower = other.follow({ graph: node.graph });
    follower.start();
    await follower.caughtUp(7);
    await follower.stop();
    await other.close();
    await node.capture(buildVisit(3));
    await settle(follow());
    expect(await node.graph.cursor()).toBe(4);
    expect(await node.graph.read.status()).toMatchObject({ records: 3 });
    await node.capture(buildVisit(4));
    await node.capture(buildVisit(5));
    await settle(followers[0]!);
    expect(await node.graph.read.status()).toMatchObject({ records: 9 });
  });

  it('with a damaged index ends with a sound one', async () => {
    for (let i = 0; i < 10; i++) await node.capture(buildVisit(i));
    await settle(follow());
    const before = await dump(node.graph);
    await followers.pop()!.stop();
    await node.graph.close();
    const path = join(node.directory, 'graph.sqlite');
    node.graph = await Graph.open(path, { threads: false });
    const follower = follow();
    await settle(follower);
    truncateSync(path, 8_192);
    await node.graph.read.listRecords({}, 'SEQ_ASC', 100).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await node.capture(buildVisit(10));
    await settle(follower);
    const after = (await dump(node.graph)) as { records: unknown[] };
    expect(after.records.slice(0, 30)).toEqual((before as { records: unknown[] }).records);
  });
});
