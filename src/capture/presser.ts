import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorData } from '../error.js';
import type { PrivateJwk } from '../crypto/signing-key.js';
import { signerFromJwk } from '../crypto/signing-key.js';
import { decodeChunk, type ChunkWire } from './chunk-wire.js';
import {
  press,
  type PressAnswers,
  type PressedChunk,
  type PressJob,
  type PressTools,
} from './press.js';

/** Presses documents into sealed records, here or on a thread of its own. */
export interface Presser {
  press(job: PressJob): AsyncIterable<PressedChunk>;
  close(): Promise<void>;
}

/** Everything the press needs that can cross to a thread. */
export interface PresserKeys {
  log: string;
  author: PrivateJwk;
  master: Uint8Array;
}

/** Presses on the calling thread, with time and randomness passed in. */
export function createPresser(
  keys: PresserKeys,
  answers: PressAnswers,
  chance: Pick<PressTools, 'now' | 'randomBytes'>,
): Presser {
  const tools = {
    log: keys.log,
    master: keys.master,
    author: signerFromJwk(keys.author),
    ...chance,
  };
  return { press: (job) => press(job, tools, answers), close: async () => {} };
}

export type ToWorker =
  | { kind: 'press'; id: number; job: PressJob }
  | { kind: 'answer'; question: number; value: unknown; error?: WireError };

export type FromWorker =
  | { kind: 'chunk'; id: number; chunk: ChunkWire; isLast: boolean }
  | { kind: 'end'; id: number; error?: WireError }
  | { kind: 'ask'; question: number; method: keyof PressAnswers; values: string[] | number[] };

/** An error as it crosses a thread: what is not ours stays a name, so that nothing leaks. */
export interface WireError {
  code: ErrorCode;
  message: string;
  data: ErrorData;
}

export function toWire(error: unknown): WireError {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, data: error.data };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'INTERNAL', message: `unexpected ${name} while reading the input`, data: {} };
}

export function fromWire({ code, message, data }: WireError): AppError {
  return new AppError(code, message, data);
}

/** Left alone it grows to 128 MB; what is pressed does not live long enough to profit from that. */
const YOUNG_GENERATION_MAX_MB = 24;

interface Stream {
  chunks: PressedChunk[];
  ended: boolean;
  error?: unknown;
  wake: () => void;
}

/**
 * Presses on a worker thread: parsing a large Bundle or sealing a batch must not hold up the thread that
 * answers requests. The worker asks back for scope keys and used nonces, which live in stores opened here.
 */
export class ThreadPresser implements Presser {
  private worker?: Worker;
  private readonly streams = new Map<number, Stream>();
  private nextId = 0;
  private closed = false;

  constructor(
    private readonly keys: PresserKeys,
    private readonly answers: PressAnswers,
  ) {
    this.worker = this.start();
  }

  /** A thread that died (out of memory, say) takes its jobs with it; the next job gets a new one. */
  private start(): Worker {
    const worker = new Worker(new URL('./press-worker.js', import.meta.url), {
      workerData: this.keys,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MAX_MB },
    });
    worker.on('message', (message: FromWorker) => this.receive(message));
    worker.on('error', () => {});
    worker.on('exit', () => {
      this.worker = undefined;
      this.fail(
        new AppError(this.closed ? 'SHUTTING_DOWN' : 'UNAVAILABLE', 'the press has stopped'),
      );
    });
    return worker;
  }

  async *press(job: PressJob): AsyncGenerator<PressedChunk> {
    if (this.closed) throw new AppError('SHUTTING_DOWN', 'the node is stopping');
    const id = this.nextId++;
    const stream: Stream = { chunks: [], ended: false, wake: () => {} };
    this.streams.set(id, stream);
    try {
      this.send({ kind: 'press', id, job });
      for (;;) {
        const chunk = stream.chunks.shift();
        if (chunk) yield chunk;
        else if (stream.error) throw stream.error;
        else if (stream.ended) return;
        else await new Promise<void>((resolve) => (stream.wake = resolve));
      }
    } finally {
      this.streams.delete(id);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'ask') {
      void this.answer(message);
      return;
    }
    const stream = this.streams.get(message.id);
    if (!stream) return;
    if (message.kind === 'chunk') {
      stream.chunks.push(decodeChunk(message.chunk));
      stream.ended = message.isLast;
    } else {
      stream.ended = true;
      stream.error = message.error && fromWire(message.error);
    }
    stream.wake();
  }

  private async answer(ask: Extract<FromWorker, { kind: 'ask' }>): Promise<void> {
    const { question } = ask;
    try {
      const value = await this.answers[ask.method](ask.values as never);
      this.send({ kind: 'answer', question, value });
    } catch (error) {
      this.send({ kind: 'answer', question, value: undefined, error: toWire(error) });
    }
  }

  private send(message: ToWorker): void {
    this.worker ??= this.start();
    this.worker.postMessage(message);
  }

  private fail(error: unknown): void {
    for (const stream of this.streams.values()) {
      stream.error ??= error;
      stream.wake();
    }
  }
}
