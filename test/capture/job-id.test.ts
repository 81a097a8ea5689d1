import { describe, expect, it } from '@jest/globals';
import { formatJobId, JobIds, parseJobId, timeOfJobId } from '../../src/capture/job-id.js';
import fc from '../support/fast-check.js';

const fill = (byte: number) => (count: number) => new Uint8Array(count).fill(byte);

describe('ids of capture jobs', () => {
  it('are UUIDs of version 7 that say when they were made', () => {
    const now = Date.UTC(2026, 0, 1);
    for (const byte of [0, 0x55, 0xff]) {
      const id = new JobIds(fill(byte)).next(now);
      const text = formatJobId(id);
      expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(parseJobId(text)).toEqual(id);
      expect(timeOfJobId(id)).toBe(now);
    }
  });

  it('grow, however many there are in a millisecond, and when the clock runs back', () => {
    const steps = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 200 }), (changes, count) => {
        const ids = new JobIds(fill(7));
        let now = 1_000_000;
        let last = '';
        for (const change of changes) {
          now += change;
          for (let i = 0; i < count; i++) {
            const id = formatJobId(ids.next(now));
            expect(id > last).toBe(true);
            last = id;
          }
        }
      }),
      { seed: 1, numRuns: 20 },
    );
    const ids = new JobIds(fill(0));
    const many = Array.from({ length: 10_000 }, () => formatJobId(ids.next(5)));
    expect([...many].sort()).toEqual(many);
    expect(new Set(many).size).toBe(many.length);
  });

  it('are told from what is none', () => {
    for (const text of ['', 'x', '../capture', '00000000-0000-4000-8000-000000000000']) {
      expect(parseJobId(text)).toBeUndefined();
    }
  });
});
