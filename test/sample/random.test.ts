import { describe, expect, it } from '@jest/globals';
import { Random } from '../../src/sample/random.js';
import fc from '../support/fast-check.js';

describe('Random', () => {
  it('gives the same stream for the same seed', () => {
    const stream = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => expect(stream(seed)).toEqual(stream(seed))),
    );
    expect(stream(1)).not.toEqual(stream(2));
  });

  it('stays within the bounds asked for', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 1_000_000 }), (seed, limit) => {
        const random = new Random(seed);
        const value = random.below(limit);
        return Number.isInteger(value) && value >= 0 && value < limit;
      }),
    );
  });

  it('makes identifiers shaped as version 4 UUIDs, all different', () => {
    const random = new Random(1);
    const ids = Array.from({ length: 10_000 }, () => random.uuid());
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(ids.every((id) => shape.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('spreads its values evenly', () => {
    const random = new Random(42);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++;
    expect(counts.every((count) => Math.abs(count - 10_000) < 500)).toBe(true);
  });
});
