import { describe, expect, it } from '@jest/globals';
import { ATTEMPTS_MAX, parseRetryAfter, retryDelayMs } from '../../src/watch/retry.js';

const HOUR = 3_600_000;

describe('the wait before the next attempt', () => {
  it('doubles from 5 seconds to an hour', () => {
    const waits = Array.from({ length: 13 }, (_, i) => retryDelayMs(i + 1, 0));
    expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(waits.slice(-3)).toEqual([HOUR, HOUR, HOUR]);
  });

  it('is up to a quarter less by chance', () => {
    expect(retryDelayMs(1, 1)).toBe(3_750);
    expect(retryDelayMs(1, 0.5)).toBe(4_375);
  });

  it('makes the attempts last a day at most, and more than half of one', () => {
    const total = (random: number) =>
      Array.from({ length: ATTEMPTS_MAX - 1 }, (_, i) => retryDelayMs(i + 1, random)).reduce(
        (sum, wait) => sum + wait,
      );
    expect(total(0)).toBeLessThanOrEqual(24 * HOUR);
    expect(total(1)).toBeGreaterThan(12 * HOUR);
  });

  it('is what the receiver asks for, but never more than an hour', () => {
    expect(retryDelayMs(1, 0, 60_000)).toBe(60_000);
    expect(retryDelayMs(1, 0, 1_000)).toBe(5_000);
    expect(retryDelayMs(1, 0, 1e15)).toBe(HOUR);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');

  it('is seconds or a date', () => {
    expect(parseRetryAfter('120', now)).toBe(120_000);
    expect(parseRetryAfter('Fri, 02 Jan 2026 03:05:05 GMT', now)).toBe(60_000);
    expect(parseRetryAfter('Fri, 02 Jan 2026 03:03:05 GMT', now)).toBe(0);
  });

  it.each([undefined, '', '-5', '1e9', '12345678901', 'soon', '2026-01-02', 'GMT'])(
    'says nothing as %s',
    (value) => {
      expect(parseRetryAfter(value, now)).toBeUndefined();
    },
  );
});
