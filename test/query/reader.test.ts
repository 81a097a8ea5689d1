import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bell } from '../../src/query/bell.js';
import { Reader } from '../../src/query/reader.js';
import { CLINICIAN, startApi, type TestApi } from '../api/graphql/support/start-api.js';
import { tempDirectory } from '../support/temp-directory.js';

const directory = tempDirectory();
let api: TestApi;
beforeAll(async () => {
  api = await startApi(directory);
});
afterAll(() => api.close());

/** Questions that are answered when told to, and how many have been asked. */
class Questions {
  asked = 0;
  private readonly answers: (() => void)[] = [];

  readonly next = (): Promise<void> => {
    this.asked++;
    return new Promise((resolve) => this.answers.push(resolve));
  };

  answerAll(): void {
    for (const answer of this.answers.splice(0)) answer();
  }
}

const many = <T>(work: () => Promise<T>) =>
  Promise.all(
    Array.from({ length: 20 }, () => work().catch((error: { code: string }) => error.code)),
  );

describe('a reader', () => {
  it('asks the index no more than four questions at a time, and all of them in the end', async () => {
    const questions = new Questions();
    const reader = new Reader(api.rooms, CLINICIAN);
    const all = many(() => reader.ask(questions.next));
    for (let asked = 4; asked <= 20; asked += 4) {
      await turn();
      expect(questions.asked).toBe(asked);
      questions.answerAll();
    }
    expect(await all).toEqual(Array(20).fill(undefined));
  });

  it('asks nothing more once nobody waits', async () => {
    const questions = new Questions();
    const caller = new AbortController();
    const reader = new Reader(api.rooms, CLINICIAN, caller.signal);
    const all = many(() => reader.ask(questions.next));
    await turn();
    caller.abort();
    expect(await all).toEqual(Array(20).fill('DEADLINE'));
    questions.answerAll();
    await turn();
    await turn();
    expect(questions.asked).toBe(4);
  });

  it('lets so much content be opened and no more', () => {
    const limits = { ...api.rooms.limits, contentCharactersMax: 100 };
    const reader = new Reader({ ...api.rooms, limits }, CLINICIAN);
    reader.spend(60);
    reader.spend(40);
    expect(() => reader.spend(1)).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }));
  });
});

describe('the bell', () => {
  it('lets nobody wait who comes after it was stopped', async () => {
    const bell = new Bell(api.rooms);
    bell.stop();
    expect(await Promise.race([bell.rung().then(() => 'rung'), turn('silent')])).toBe('rung');
  });
});
