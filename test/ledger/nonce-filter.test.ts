import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nonceKey, encodePosition } from '../../src/ledger/journal-key.js';
import { KeyFilter } from '../../src/ledger/key-filter.js';
import { NonceFilter } from '../../src/ledger/nonce-filter.js';
import { openLevel, type Level } from '../../src/level.js';
import { tempDirectory } from '../support/temp-directory.js';

const nonce = (n: number) =>
  createHash('sha256').update(String(n)).digest().subarray(0, 16).toString('base64url');
const keyOf = (n: number) => nonceKey('author', nonce(n));
const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => keyOf(from + i));

describe('a filter of keys', () => {
  it('never denies what was added, also beyond what was expected, and denies nearly all else', () => {
    const filter = new KeyFilter(0);
    const added = keys(0, 70_000);
    for (const key of added) filter.add(key);
    expect(added.every((key) => filter.mayHave(key))).toBe(true);
    const wrong = keys(200_000, 205_000).filter((key) => filter.mayHave(key)).length;
    expect(wrong).toBeLessThan(100);
  });
});

const directory = tempDirectory();

describe('the filter of nonces', () => {
  let level: Level;
  beforeAll(async () => {
    level = await openLevel(join(directory, 'level'));
    for (const key of keys(0, 10_000)) await level.put(key, encodePosition(1));
  });
  afterAll(() => level.close());

  async function ready(filter: NonceFilter): Promise<void> {
    const some = keys(90_000, 92_048);
    for (let i = 0; i < 1_000; i++) {
      if (filter.select(some).length < some.length / 2) return;
      await sleep(1);
    }
    throw new Error('the filter never got ready');
  }

  it('doubts every key at first, and later only those that may be there', async () => {
    const filter = new NonceFilter(level, () => 10_000);
    const some = [keyOf(1), keyOf(50_000)];
    expect(filter.select(some)).toEqual(some);
    await ready(filter);
    const there = keys(0, 10_000);
    expect(filter.select(there)).toEqual(there);
    await filter.forget();
    expect(filter.select(some)).toEqual(some);
  });

  it('knows what is written while it is being made, and after', async () => {
    const filter = new NonceFilter(level, () => 0);
    filter.select(keys(90_000, 92_048));
    filter.add([keyOf(20_000)]);
    await ready(filter);
    filter.add([keyOf(20_001)]);
    const some = [keyOf(20_000), keyOf(20_001)];
    expect(filter.select(some)).toEqual(some);
    await filter.forget();
  });

  it('lets go of a walk under way, so that the store can be closed', async () => {
    const filter = new NonceFilter(level, () => 0);
    filter.select(keys(90_000, 92_048));
    await filter.forget();
    const some = keys(90_000, 90_010);
    expect(filter.select(some)).toEqual(some);
  });
});
