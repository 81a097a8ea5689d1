import { AppError } from '../error.js';
import { WorkerCaller } from '../graph/worker-call.js';
import type { FactsEngine, FactsPaths, FactsStatus } from './facts-engine.js';
import { FactsFollower, type Grown } from './facts-follower.js';
import type { FactsQueryOptions, FactsReader, FactValue } from './facts-reader.js';

type Method = 'step' | 'caughtUp' | 'query' | 'cancel' | 'reset' | 'rest' | 'close';
type Caller = (method: Method, args: unknown[]) => Promise<unknown>;

type Methods = Record<Method, (...args: unknown[]) => Promise<unknown>>;

/** How long a question may take when it does not say. */
const DEADLINE_MS = 60_000;

/**
 * What analytics counts, in a file of columns that follows the index (law 2: it can be thrown away). Nothing is opened before
 * somebody asks or there is something to follow. All work is done on one thread of its own.
 */
export class Facts implements FactsReader {
  private readonly follower: FactsFollower;
  private nextQuestion = 1;
  private isClosed = false;

  /** @param call runs a method of FactsEngine, wherever that is */
  constructor(
    private readonly call: Caller,
    private readonly end: () => Promise<void>,
    heldUp?: (error: unknown) => void,
  ) {
    const work = {
      step: (budgetMs: number) => this.ask('step', [budgetMs]) as Promise<FactsStatus>,
      rest: () => this.ask('rest', []) as Promise<void>,
    };
    this.follower = new FactsFollower(work, undefined, heldUp);
  }

  /**
   * @param options.threads on a worker thread; otherwise on the calling one (tests, small tools)
   * @param options.heldUp told when the facts cannot follow: nobody waits for that, so nobody else would know
   */
  static open(
    paths: FactsPaths,
    { threads, heldUp }: { threads: boolean; heldUp?: (error: unknown) => void },
  ): Facts {
    if (!threads) return local(paths, heldUp);
    const worker = new WorkerCaller(new URL('./facts-worker.js', import.meta.url), paths);
    return new Facts(
      (method, args) => worker.call(method, args),
      async () => {
        if (worker.isRunning) await worker.call('close', []);
        await worker.close();
      },
      heldUp,
    );
  }

  /** Begins to follow behind whatever grows, in its quiet moments. */
  follow(index: Grown): void {
    this.follower.start(index);
  }

  /** Facts are complete up to here, as far as is known without looking: 0 before anybody has looked. */
  get position(): number {
    return this.follower.settled;
  }

  async query<Row extends unknown[]>(
    sql: string,
    parameters: readonly FactValue[] = [],
    { deadlineMs = DEADLINE_MS, signal, atLeast = 0 }: FactsQueryOptions = {},
  ): Promise<Row[]> {
    if (signal?.aborted) throw new AppError('DEADLINE', 'the question was too late');
    const id = this.nextQuestion++;
    const cancel = () => void this.ask('cancel', [id]).catch(() => {});
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return (await this.ask('query', [id, sql, parameters, deadlineMs, atLeast])) as Row[];
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.follower.used();
    }
  }

  async caughtUp(position: number, { deadlineMs = DEADLINE_MS }: FactsQueryOptions = {}) {
    // what crosses as JSON has no Infinity
    const wanted = Math.min(position, Number.MAX_SAFE_INTEGER);
    const settled = (await this.ask('caughtUp', [wanted, deadlineMs])) as number;
    this.follower.reach(settled);
    return settled;
  }

  /** Throws all facts away; they are made again from the index when there is a quiet moment, or somebody asks. */
  async reset(): Promise<void> {
    await this.ask('reset', []);
    this.follower.reach(0);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.follower.stop();
    await this.end();
  }

  private async ask(method: Method, args: unknown[]): Promise<unknown> {
    if (this.isClosed) throw new AppError('SHUTTING_DOWN', 'the facts are closed');
    return this.call(method, args);
  }
}

/** On the calling thread. DuckDB is loaded by the first call: a second of CPU, and tens of megabytes. */
function local(paths: FactsPaths, heldUp?: (error: unknown) => void): Facts {
  let engine: Promise<FactsEngine> | undefined;
  const open = async () => {
    const { FactsEngine } = await import('./facts-engine.js');
    return new FactsEngine(paths);
  };
  return new Facts(
    async (method, args) => {
      const methods = (await (engine ??= open())) as unknown as Methods;
      return methods[method](...args);
    },
    async () => (await engine)?.close(),
    heldUp,
  );
}
