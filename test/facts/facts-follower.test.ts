import { describe, expect, it } from '@jest/globals';
import { once, EventEmitter } from 'node:events';
import { AppError } from '../../src/error.js';
import { FactsFollower } from '../../src/facts/facts-follower.js';

describe('the follower of the facts', () => {
  it('says that it is held up, and tries again when more has come', async () => {
    const told = new EventEmitter();
    const failure = new AppError('STORE_FULL', 'no room left for the facts');
    let isFull = true;
    const work = {
      step: async () => {
        if (isFull) throw failure;
        told.emit('settled');
        return { settled: 7, head: 7 };
      },
      rest: async () => {},
    };
    // every look at the clock is an hour later: nothing has to be waited for
    let hours = 0;
    const follower = new FactsFollower(
      work,
      () => 3_600_000 * hours++,
      (error) => {
        told.emit('heldUp', error);
      },
    );
    let grow = () => {};
    const heldUp = once(told, 'heldUp');
    follower.start({
      onApplied: (listener) => {
        grow = () => listener(7);
        return () => {};
      },
    });
    expect(await heldUp).toEqual([failure]);
    expect(follower.settled).toBe(0);
    isFull = false;
    const settled = once(told, 'settled');
    grow();
    await settled;
    await new Promise(setImmediate);
    expect(follower.settled).toBe(7);
    follower.stop();
  });
});
