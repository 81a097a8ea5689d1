import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../error.js';
import { poolRandomBytes } from '../crypto/random.js';
import type { ScopeKey } from '../crypto/scope.js';
import { encodeChunk } from './chunk-wire.js';
import {
  createPresser,
  fromWire,
  toWire,
  type FromWorker,
  type PresserKeys,
  type ToWorker,
} from './presser.js';
import type { PressAnswers } from './press.js';
import type { StoredVersion } from './stored-version.js';

const port = parentPort;
if (!port) throw new AppError('INTERNAL', 'press-worker runs only as a worker thread');

interface Question {
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

const questions = new Map<number, Question>();
let nextQuestion = 0;

const answers: PressAnswers = {
  scopes: (labels) => ask<ScopeKey[]>('scopes', labels),
  used: (nonces) => ask<(number | undefined)[]>('used', nonces),
  versions: (seqs) => ask<StoredVersion[]>('versions', seqs),
};

const presser = createPresser(workerData as PresserKeys, answers, {
  now: Date.now,
  randomBytes: poolRandomBytes(),
});

port.on('message', (message: ToWorker) => {
  if (message.kind === 'press') void run(message);
  else if (message.kind === 'answer') settle(message);
});

async function run({ id, job }: Extract<ToWorker, { kind: 'press' }>): Promise<void> {
  try {
    const chunks = presser.press(job)[Symbol.asyncIterator]();
    let next = await chunks.next();
    if (next.done) send({ kind: 'end', id });
    while (!next.done) {
      const chunk = encodeChunk(next.value);
      next = await chunks.next();
      // a job of one chunk, which most are, is one message
      send({ kind: 'chunk', id, chunk, isLast: next.done === true }, [chunk.blocks]);
    }
  } catch (error) {
    send({ kind: 'end', id, error: toWire(error) });
  }
}

function ask<T>(method: keyof PressAnswers, values: string[] | number[]): Promise<T> {
  const question = nextQuestion++;
  return new Promise<T>((resolve, reject) => {
    questions.set(question, { resolve, reject } as Question);
    send({ kind: 'ask', question, method, values });
  });
}

function settle({ question, value, error }: Extract<ToWorker, { kind: 'answer' }>): void {
  const waiting = questions.get(question);
  questions.delete(question);
  if (error) waiting?.reject(fromWire(error));
  else waiting?.resolve(value as never);
}

function send(message: FromWorker, moved: ArrayBuffer[] = []): void {
  port!.postMessage(message, moved);
}
