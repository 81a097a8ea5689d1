import { describe, expect, it } from '@jest/globals';
import { Lag } from '../../../src/graph/follow/lag.js';

describe('Lag', () => {
  it('is the age of the oldest growth not caught up with', () => {
    const lag = new Lag();
    expect(lag.age(5)).toBe(0);
    lag.grow(10, 100);
    lag.grow(20, 200);
    expect(lag.age(250)).toBe(150);
    lag.catchUp(10);
    expect(lag.age(250)).toBe(50);
    lag.catchUp(19);
    expect(lag.age(250)).toBe(50);
    lag.catchUp(20);
    expect(lag.age(250)).toBe(0);
  });

  it('keeps its size when the log grows a million times meanwhile', () => {
    const lag = new Lag();
    for (let i = 1; i <= 1_000_000; i++) lag.grow(i, i);
    expect(lag.age(1_000_000)).toBe(999_999);
    lag.catchUp(999_999);
    expect(lag.age(1_000_001)).toBeGreaterThan(0);
    lag.catchUp(1_000_000);
    expect(lag.age(1_000_001)).toBe(0);
  });
});
