import { WorkerCaller } from './worker-call.js';

/** Something that holds the index file open and answers calls in the order in which they came. */
export interface Engine {
  /**
   * Opens the file if it is not open.
   * @param text a long text that the method gets after its other arguments
   */
  call(method: string, args: unknown[], text?: string): Promise<unknown>;
  /** Lets go of the file, after the calls before it; the next call opens it again. */
  release(): Promise<void>;
  close(): Promise<void>;
  /** Calls without an answer. */
  readonly load: number;
}

interface Target {
  close(): void;
}

/** On the calling thread. */
export class LocalEngine implements Engine {
  private target?: Target;
  readonly load = 0;

  constructor(private readonly open: () => Target) {}

  async call(method: string, args: unknown[], text?: string): Promise<unknown> {
    this.target ??= this.open();
    const methods = this.target as unknown as Record<string, (...args: unknown[]) => unknown>;
    return methods[method]!(...args, text);
  }

  async release(): Promise<void> {
    this.target?.close();
    this.target = undefined;
  }

  close(): Promise<void> {
    return this.release();
  }
}

/** On a thread of its own. */
export class ThreadEngine implements Engine {
  private readonly caller: WorkerCaller;

  constructor(script: './writer-worker.js' | './reader-worker.js', path: string) {
    this.caller = new WorkerCaller(new URL(script, import.meta.url), path);
  }

  get load(): number {
    return this.caller.load;
  }

  call(method: string, args: unknown[], text?: string): Promise<unknown> {
    return this.caller.call(method, args, text);
  }

  async release(): Promise<void> {
    if (this.caller.isRunning) await this.caller.call('close', []);
  }

  async close(): Promise<void> {
    await this.release();
    await this.caller.close();
  }
}
