import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ByteBudget } from '../../../src/api/http/byte-budget.js';
import { Gate } from '../../../src/gate.js';

describe('the gate', () => {
  it('never lets more through than its width, and everyone in the end', async () => {
    const gate = new Gate(3);
    let inside = 0;
    let most = 0;
    const work = async (n: number) => {
      most = Math.max(most, ++inside);
      await sleep(1);
      inside--;
      return n;
    };
    const all = Array.from({ length: 20 }, (_, n) => gate.run(() => work(n)));
    expect(await Promise.all(all)).toEqual([...Array(20).keys()]);
    expect(most).toBe(3);
  });

  it('is free again after work that failed', async () => {
    const gate = new Gate(1);
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(() => Promise.resolve(1))).toBe(1);
  });
});

describe('the byte budget', () => {
  it('refuses what does not fit with a code that says try again, and takes it once there is room', () => {
    const budget = new ByteBudget(10);
    budget.take(8);
    const busy: unknown = (() => {
      try {
        return budget.take(3);
      } catch (error) {
        return error;
      }
    })();
    expect(busy).toMatchObject({ code: 'LOG_BUSY', retryable: true });
    budget.giveBack(8);
    expect(() => budget.take(10)).not.toThrow();
  });
});
