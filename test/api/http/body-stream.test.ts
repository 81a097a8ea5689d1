import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody, withWholeBody } from '../../../src/api/http/body-stream.js';
import { ByteBudget } from '../../../src/api/http/byte-budget.js';

const BOUNDS = { sizeMaxBytes: 100, pauseMs: 50 };

function bodyOf(pieces: AsyncIterable<string> | Iterable<string>): Readable {
  return Readable.from(pieces, { objectMode: false });
}

async function collect(stream: Readable): Promise<string> {
  const parts: string[] = [];
  for await (const part of readBody(stream, BOUNDS)) parts.push(Buffer.from(part).toString());
  return parts.join('');
}

describe('a body read as it comes', () => {
  it('gives every byte', async () => {
    expect(await collect(bodyOf(['ab', 'cd', 'e']))).toBe('abcde');
  });

  it('is refused once it is larger than its bound, and not read on', async () => {
    let given = 0;
    const endless = async function* () {
      for (;;) {
        given++;
        yield 'x'.repeat(30);
      }
    };
    const stream = Readable.from(endless(), { objectMode: false, highWaterMark: 1 });
    await expect(collect(stream)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(given).toBeLessThan(10);
    expect(stream.destroyed).toBe(false);
    stream.destroy();
  });

  it('is refused when it pauses too long', async () => {
    const stalled = async function* () {
      yield 'a';
      await sleep(500);
      yield 'b';
    };
    await expect(collect(bodyOf(stalled()))).rejects.toMatchObject({ code: 'DEADLINE' });
  });

  it('is refused when it drips, however regularly', async () => {
    const dripping = async function* () {
      for (;;) {
        await sleep(10);
        yield 'a';
      }
    };
    const stream = bodyOf(dripping());
    await expect(collect(stream)).rejects.toMatchObject({ code: 'DEADLINE' });
    stream.destroy();
  });

  it('may be taken slowly: the time of its reader is not held against the caller', async () => {
    const letters = bodyOf(['a', 'b', 'c']);
    let taken = 0;
    for await (const part of readBody(letters, { ...BOUNDS, pauseMs: 20 })) {
      await sleep(30);
      taken += part.length;
    }
    expect(taken).toBe(3);
  });

  it('is refused when it breaks off', async () => {
    const broken = async function* () {
      yield 'a';
      throw new Error('reset');
    };
    await expect(collect(bodyOf(broken()))).rejects.toMatchObject({ code: 'MALFORMED_JSON' });
  });
});

describe('a body held whole', () => {
  it('counts against the budget until the work with it is done, or has failed', async () => {
    const budget = new ByteBudget(5);
    const hold = (work: () => Promise<string>) =>
      withWholeBody(bodyOf(['abcde']), BOUNDS, budget, work);
    const seen = await hold(async () => {
      expect(() => budget.take(1)).toThrow();
      return 'done';
    });
    expect(seen).toBe('done');
    await expect(hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(() => budget.take(5)).not.toThrow();
  });
});
