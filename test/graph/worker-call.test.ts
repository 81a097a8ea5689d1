import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/error.js';
import { answerCalls, WorkerCaller } from '../../src/graph/worker-call.js';

/** A worker that keeps to the protocol by hand, and can die. */
const SCRIPT = `
import { parentPort, workerData } from 'node:worker_threads';
let calls = 0;
parentPort.on('message', ({ id, method, args }) => {
  calls++;
  if (method === 'die') process.exit(1);
  if (method === 'count') parentPort.postMessage({ id, result: JSON.stringify(calls) });
  if (method === 'echo') parentPort.postMessage({ id, result: JSON.stringify([workerData, ...JSON.parse(args)]) });
  if (method === 'nothing') parentPort.postMessage({ id });
  if (method === 'refuse') parentPort.postMessage({ id, error: { code: 'NOT_FOUND', message: 'no', data: { position: 3 } } });
});
`;

let directory: string;
let url: URL;
let caller: WorkerCaller;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'provtrail-worker-'));
  const path = join(directory, 'worker.mjs');
  writeFileSync(path, SCRIPT);
  url = pathToFileURL(path);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

afterEach(() => caller.close());

describe('a call to a worker', () => {
  it('brings values there and back, as JSON has them', async () => {
    caller = new WorkerCaller(url, 'data');
    const value = { text: '\u0000"𝒳', list: [1, null, -0.5], nested: { empty: {} } };
    expect(await caller.call('echo', [value, 'x'])).toEqual(['data', value, 'x']);
    expect(await caller.call('nothing', [])).toBeUndefined();
  });

  it('fails with the error of the method', async () => {
    caller = new WorkerCaller(url, null);
    const refusal = await caller.call('refuse', []).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'NOT_FOUND', message: 'no', data: { position: 3 } });
  });

  it('fails when the worker dies; the next one starts it again', async () => {
    caller = new WorkerCaller(url, null);
    const asked = [caller.call('die', []), caller.call('count', [])];
    for (const call of asked) await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(caller.load).toBe(0);
    expect(await caller.call('count', [])).toBe(1);
  });

  it('is counted until it is answered', async () => {
    caller = new WorkerCaller(url, null);
    const call = caller.call('count', []);
    expect(caller.load).toBe(1);
    await call;
    expect(caller.load).toBe(0);
  });
});

describe('a worker', () => {
  it('answers in turn, lets our errors through whole and of others only the name', async () => {
    caller = new WorkerCaller(url, null);
    const { port1, port2 } = new MessageChannel();
    answerCalls(port2, {
      add: (a: number, b: number) => a + b,
      refuse: () => {
        throw new AppError('BAD_CURSOR', 'not this one', { pointer: '/after' });
      },
      fail: () => {
        throw new RangeError('canary: the value of a record');
      },
    });
    const answers: unknown[] = [];
    const done = new Promise<void>((resolve) => {
      port1.on('message', (answer) => {
        answers.push(answer);
        if (answers.length === 4) resolve();
      });
    });
    const send = (id: number, method: string, args: unknown[]) =>
      port1.postMessage({ id, method, args: JSON.stringify(args) });
    send(1, 'add', [1, 2]);
    send(2, 'refuse', []);
    send(3, 'fail', []);
    send(4, 'unheard of', []);
    await done;
    port1.close();
    expect(answers.slice(0, 3)).toEqual([
      { id: 1, result: '3' },
      {
        id: 2,
        error: { code: 'BAD_CURSOR', message: 'not this one', data: { pointer: '/after' } },
      },
      {
        id: 3,
        error: { code: 'INTERNAL', message: 'unexpected RangeError in the index', data: {} },
      },
    ]);
    expect(answers[3]).toMatchObject({ error: { code: 'INTERNAL' } });
  });

  it('gives an argument left out between others its default', async () => {
    const { port1, port2 } = new MessageChannel();
    answerCalls(port2, { join: (a: string, b = 'default', c = 'last') => [a, b, c] });
    const answer = new Promise((resolve) => port1.once('message', resolve));
    port1.postMessage({ id: 1, method: 'join', args: JSON.stringify(['a', undefined, 'c']) });
    expect(await answer).toEqual({ id: 1, result: '["a","default","c"]' });
    port1.close();
  });
});
