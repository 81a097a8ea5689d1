import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiContext } from '../../../src/api/graphql/context.js';
import { StreamState } from '../../../src/api/http/event-stream.js';

const contextOf = (signal?: AbortSignal) => ({ signal }) as ApiContext;

async function isPending(work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => false), sleep(5).then(() => true)]);
}

describe('an event stream', () => {
  it('makes the subscription wait once its reader is 16 events behind', async () => {
    const state = new StreamState(contextOf());
    for (let i = 0; i < 16; i++) await state.admit();
    const more = state.admit();
    expect(await isPending(more)).toBe(true);
    const text = async function* () {
      yield 'event: next\ndata: {}\n\n';
      yield ':\n\n';
    };
    const taken: string[] = [];
    for await (const message of state.follow(text())) taken.push(message);
    expect(taken).toHaveLength(2);
    expect(await isPending(more)).toBe(false);
  });

  it('lets the subscription go when its reader has gone', async () => {
    const state = new StreamState(contextOf());
    for (let i = 0; i < 16; i++) await state.admit();
    const more = state.admit();
    const followed = state.follow(
      (async function* () {
        yield ':\n\n';
        yield ':\n\n';
      })(),
    );
    await followed.next();
    expect(await isPending(more)).toBe(true);
    await followed.return(undefined);
    expect(await isPending(more)).toBe(false);
  });

  it('says it is complete when it is, and not when it was cut short', async () => {
    const text = async function* () {
      yield 'event: complete\ndata:\n\n';
    };
    const read = async (signal?: AbortSignal) => {
      const messages: string[] = [];
      const state = new StreamState(contextOf(signal));
      for await (const message of state.follow(text())) messages.push(message);
      return messages;
    };
    expect(await read()).toHaveLength(1);
    expect(await read(AbortSignal.abort())).toEqual([]);
  });
});
