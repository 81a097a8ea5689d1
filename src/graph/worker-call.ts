import { Worker, type MessagePort } from 'node:worker_threads';
import { WithText } from './with-text.js';
import { AppError, type ErrorCode, type ErrorData } from '../error.js';

/** A call as it crosses: JSON text costs half of what cloning thousands of small objects does. */
interface Call {
  id: number;
  method: string;
  /** JSON of the arguments. */
  args: string;
  /** A long text that comes after them, as it is. */
  text?: string;
}

interface Answer {
  id: number;
  /** JSON of the result; absent for none. */
  result?: string;
  /** A long text that comes beside it, as it is. */
  text?: string;
  error?: { code: ErrorCode; message: string; data: ErrorData };
}

/** What a worker answers with: synchronous methods over values that survive JSON. */
export type Methods = Record<string, (...args: never[]) => unknown>;

/** In the worker: answers every call in turn. */
export function answerCalls(port: MessagePort, methods: Methods): void {
  port.on('message', (call: Call) => {
    port.postMessage(answer(methods, call));
  });
}

function answer(methods: Methods, { id, method, args, text }: Call): Answer {
  try {
    const result = methods[method]!(...decodeArgs(args), text as never);
    if (result instanceof WithText) {
      return { id, result: JSON.stringify(result.head), text: result.text };
    }
    return { id, result: JSON.stringify(result) };
  } catch (error) {
    return { id, error: encodeError(error) };
  }
}

/** JSON makes null of an argument left out, and a default stands only for what is undefined. */
function decodeArgs(args: string): never[] {
  return (JSON.parse(args) as unknown[]).map((arg) => arg ?? undefined) as never[];
}

/** Only our own errors may show what they say; of any other just its name crosses. */
function encodeError(error: unknown): Required<Answer>['error'] {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, data: error.data };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'INTERNAL', message: `unexpected ${name} in the index`, data: {} };
}

/** Without a limit each thread lets hundreds of megabytes of garbage stand. One that needs more dies, and is replaced. */
const HEAP = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: AppError) => void;
}

/** Calls the methods of a worker thread, which is started with the first call and again after it has died. */
export class WorkerCaller {
  private worker?: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;

  /** @param data what the worker gets to know at its start */
  constructor(
    private readonly url: URL,
    private readonly data: unknown,
  ) {}

  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  /** How many calls have no answer yet. */
  get load(): number {
    return this.waiting.size;
  }

  /** @throws AppError as the method threw it; UNAVAILABLE when the worker died meanwhile */
  call(method: string, args: unknown[], text?: string): Promise<unknown> {
    const id = this.nextId++;
    this.worker ??= this.start();
    const call: Call = { id, method, args: JSON.stringify(args), text };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker!.postMessage(call);
    });
  }

  /** Ends the thread; calls without an answer fail. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.url, { workerData: this.data, resourceLimits: HEAP });
    worker.on('message', (answer: Answer) => this.settle(answer));
    worker.on('error', () => {});
    worker.on('exit', () => {
      if (this.worker === worker) this.worker = undefined;
      for (const { reject } of this.waiting.values()) {
        reject(new AppError('UNAVAILABLE', 'the index has stopped'));
      }
      this.waiting.clear();
    });
    return worker;
  }

  private settle({ id, result, text, error }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) waiting?.reject(new AppError(error.code, error.message, error.data));
    else waiting?.resolve(decodeResult(result, text));
  }
}

function decodeResult(result: string | undefined, text: string | undefined): unknown {
  const head: unknown = result === undefined ? undefined : JSON.parse(result);
  return text === undefined ? head : new WithText(head, text);
}
