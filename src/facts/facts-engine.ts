import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../error.js';
import { FactFeed } from '../graph/fact/fact-feed.js';
import { fromDuckDb } from './duckdb-error.js';
import { discardFacts } from './facts-file.js';
import type { FactValue } from './facts-reader.js';
import { FactsStore } from './facts-store.js';
import { Questions } from './question.js';

export interface FactsPaths {
  /** Of the facts alone. */
  directory: string;
  /** `graph.sqlite` */
  index: string;
}

export interface FactsStatus {
  /** Facts are complete up to here. */
  settled: number;
  /** How far the index is. */
  head: number;
}

interface Opened {
  store: FactsStore;
  questions: Questions;
  feed: FactFeed;
  source: string;
  /** Of the index file that was opened: a new one has another. */
  inode: number;
}

/**
 * The facts of one node: follows the index, and answers questions. Steps are taken one after the other; questions run
 * meanwhile. What goes wrong closes the file, and the next call opens it again; a damaged one is thrown away.
 */
export class FactsEngine {
  private opened?: Opened;
  private turn: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly paths: FactsPaths,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Works towards `target`, for about as long as it may; what derives from all of it is worked out once it is reached.
   *
   * @param target position; that of the index when left out
   * @throws AppError STORE_FULL, STORE_FAILED, SHUTTING_DOWN
   */
  step(budgetMs: number, target = Infinity): Promise<FactsStatus> {
    return this.inTurn(async () => {
      const { store, feed, source } = await this.open();
      const head = feed.head();
      const wanted = Math.min(target, head);
      const end = this.now() + budgetMs;
      while (store.position < wanted && this.now() < end && !this.isClosed) {
        const batch = feed.next(store.position);
        if (!batch) break;
        await store.apply(batch, source, feed.terms);
        await setImmediate();
      }
      if (store.position >= wanted && !this.isClosed) await this.settle(store, feed);
      return { settled: store.settled, head };
    });
  }

  /** @returns up to where the facts are; at least `position`, if the time allows and the index has it */
  async caughtUp(position: number, deadlineMs: number): Promise<number> {
    const end = this.now() + deadlineMs;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), Math.min(deadlineMs, MS_MAX));
    });
    try {
      for (;;) {
        const step = this.step(Math.max(0, end - this.now()), position);
        step.catch(() => {});
        const status = await Promise.race([step, late]);
        if (!status) return this.opened?.store.settled ?? 0;
        if (status.settled >= Math.min(position, status.head)) return status.settled;
        if (this.now() >= end || this.isClosed) return status.settled;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws AppError as FactsReader.query says */
  async query(
    id: number,
    sql: string,
    parameters: readonly FactValue[],
    deadlineMs?: number,
    atLeast = 0,
  ): Promise<unknown[][]> {
    const { questions, store } = this.current() ?? (await this.inTurn(() => this.open()));
    if (store.settled < atLeast) {
      throw new AppError('UNAVAILABLE', 'the facts are being made anew', { hint: 'ask again' });
    }
    try {
      return await questions.ask(id, sql, parameters, deadlineMs);
    } catch (error) {
      const ours = fromDuckDb(error);
      if (isDamaged(ours)) void this.reset().catch(() => {});
      throw ours;
    }
  }

  cancel(id: number): void {
    this.opened?.questions.cancel(id);
  }

  /** Throws all facts away. */
  reset(): Promise<void> {
    return this.inTurn(async () => {
      await this.release();
      discardFacts(this.paths.directory);
    });
  }

  /** Lets go of file and memory, after the step under way; the next call opens them again. */
  rest(): Promise<void> {
    return this.inTurn(() => this.release());
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.turn.catch(() => {});
    await this.release();
  }

  private async settle(store: FactsStore, feed: FactFeed): Promise<void> {
    const changed = feed.changedTables();
    if (store.settled >= store.position && changed.replaced.length === 0) return;
    await store.settle(changed, feed.terms, () => setImmediate());
  }

  /** What is open, unless the index is a new one since. */
  private current(): Opened | undefined {
    if (this.isClosed) throw new AppError('SHUTTING_DOWN', 'the facts are closed');
    return this.opened?.inode === inodeOf(this.paths.index) ? this.opened : undefined;
  }

  /** Within a turn only: nobody else may be at work on what is closed here. */
  private async open(): Promise<Opened> {
    const current = this.current();
    if (current) return current;
    await this.release();
    return (this.opened = await this.openBoth());
  }

  private async openBoth(): Promise<Opened> {
    const { directory, index } = this.paths;
    const inode = inodeOf(index);
    const feed = FactFeed.open(index);
    try {
      const source = feed.source();
      let store = await FactsStore.open(directory);
      if (!(await store.follows(source, feed.head(), feed.terms))) {
        store.close();
        discardFacts(directory);
        store = await FactsStore.open(directory);
      }
      return { store, feed, source, inode, questions: new Questions(store.file) };
    } catch (error) {
      feed.close();
      throw fromDuckDb(error);
    }
  }

  private async release(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    if (!opened) return;
    await opened.questions.close();
    opened.feed.close();
    opened.store.close();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(async () => {
      try {
        return await work();
      } catch (error) {
        const ours = fromDuckDb(error);
        // what the store remembers may be more than what was committed
        await this.release();
        if (isDamaged(ours)) discardFacts(this.paths.directory);
        throw ours;
      }
    });
    this.turn = done.catch(() => {});
    return done;
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof AppError && error.data.store === 'facts' && error.data.isDamaged === true;
}

/** A longer timer would fire at once. */
const MS_MAX = 2 ** 31 - 1;

function inodeOf(path: string): number {
  try {
    return statSync(path).ino;
  } catch (error) {
    throw new AppError('UNAVAILABLE', 'there is no index to follow', {}, { cause: error });
  }
}
