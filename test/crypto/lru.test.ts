import { describe, expect, it } from '@jest/globals';
import { LruMap } from '../../src/crypto/lru.js';
import fc from '../support/fast-check.js';

describe('LRU map', () => {
  it('keeps what is used and forgets what is not', () => {
    const map = new LruMap<number, string>(10);
    map.set(0, 'used');
    map.set(1, 'unused');
    for (let i = 2; i < 100; i++) {
      map.set(i, 'new');
      expect(map.get(0)).toBe('used');
    }
    expect(map.get(1)).toBeUndefined();
  });

  it('never answers with a value that was replaced', () => {
    const steps = fc.array(fc.tuple(fc.nat(8), fc.option(fc.nat(), { nil: undefined })));
    fc.assert(
      fc.property(steps, (list) => {
        const map = new LruMap<number, number>(4);
        const all = new Map<number, number>();
        for (const [key, value] of list) {
          if (value === undefined) {
            expect([undefined, all.get(key)]).toContain(map.get(key));
          } else {
            map.set(key, value);
            all.set(key, value);
            expect(map.get(key)).toBe(value);
          }
        }
      }),
    );
  });

  it('holds no more than its size', () => {
    const map = new LruMap<number, number>(10);
    for (let i = 0; i < 1000; i++) map.set(i, i);
    const held = Array.from({ length: 1000 }, (_, i) => i).filter((i) => map.get(i) !== undefined);
    expect(held.length).toBeLessThanOrEqual(10);
  });

  it('finds one key a hundred thousand times in no time', () => {
    const map = new LruMap<number, number>(10_000);
    for (let i = 0; i < 10_000; i++) map.set(i, i);
    const started = process.threadCpuUsage();
    for (let i = 0; i < 100_000; i++) map.get(9_999);
    expect(process.threadCpuUsage(started).user).toBeLessThan(500_000);
  });
});
