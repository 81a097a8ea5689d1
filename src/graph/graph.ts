import { setImmediate } from 'node:timers/promises';
import { AppError } from '../error.js';
import { LocalEngine, ThreadEngine, type Engine } from './engine.js';
import { GraphReader, READ_METHODS, type ReadMethod } from './graph-reader.js';
import { GraphWriter, type IndexHead } from './graph-writer.js';
import { discardIndex } from './index-file.js';
import type { LineageExtent, LineageRequest } from './lineage/lineage.js';
import { unpackLineage, type PackedLineage } from './lineage/packed-lineage.js';
import type { IndexRow } from './row.js';
import { encodeRows } from './row-wire.js';
import { cutBatches, type BatchBounds } from './row-batch.js';
import { isDamagedIndex } from './sqlite-error.js';
import { WithText } from './with-text.js';

/** The methods of GraphReader, from another thread. */
export type GraphRead = {
  [M in Exclude<ReadMethod, 'packedLineage'> | 'lineage']: (
    ...args: Parameters<GraphReader[M]>
  ) => Promise<ReturnType<GraphReader[M]>>;
};

/** A walk may take seconds; look-ups must not wait behind it. */
const READER_THREADS = 2;

/** A larger message would hold up the thread that makes it. */
const MESSAGE: BatchBounds = { rowsMax: 512, bytesMax: 1024 * 1024 };

/**
 * The read model for look-ups and lineage: one writer, and readers that never wait for it. Consistency law: what
 * `apply` has returned is seen by every read begun afterwards. Disposable: see GraphWriter.
 */
export class Graph {
  /** How often it was begun anew: the numbers of things are others then. */
  generation = 0;
  /** Answers as of the newest applied rows. */
  readonly read: GraphRead;
  private readonly damageListeners = new Set<() => void>();
  private resetting: Promise<void> = Promise.resolve();
  private applying: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  /** How many have been begun. */
  private walks = 0;

  private constructor(
    private readonly path: string,
    private readonly writer: Engine,
    private readonly readers: Engine[],
  ) {
    const ask = (method: ReadMethod) => {
      return (...args: unknown[]) => this.call(this.idlest(), method, args);
    };
    this.read = {
      ...Object.fromEntries(READ_METHODS.map((method) => [method, ask(method)])),
      lineage: async (request) =>
        unpackLineage((await this.walk('packedLineage', request)) as PackedLineage),
      lineageText: (request, template) => this.walk('lineageText', request, template),
    } as GraphRead;
  }

  /**
   * Opens the index at `path`, or a new one where there is none or none that can be trusted.
   *
   * @param options.threads on worker threads; otherwise on the calling one (tests, small tools)
   * @throws AppError STORE_FULL, STORE_FAILED
   */
  static async open(path: string, { threads }: { threads: boolean }): Promise<Graph> {
    const graph = threads
      ? new Graph(
          path,
          new ThreadEngine('./writer-worker.js', path),
          Array.from(
            { length: READER_THREADS },
            () => new ThreadEngine('./reader-worker.js', path),
          ),
        )
      : new Graph(path, new LocalEngine(() => GraphWriter.open(path)), [
          new LocalEngine(() => GraphReader.open(path)),
        ]);
    try {
      await graph.head();
    } catch (error) {
      await graph.close();
      throw error;
    }
    return graph;
  }

  /**
   * Applies entries in ledger order, all or none, cursor included; rows before the cursor are passed over.
   *
   * @returns the new cursor
   * @throws AppError INTERNAL (a gap in the rows), STORE_FULL, STORE_FAILED, UNAVAILABLE (the thread died)
   */
  apply(rows: IndexRow[]): Promise<number> {
    const apply = async () => {
      for (const batch of cutBatches(rows, MESSAGE)) {
        const { rows: heads, extracts } = encodeRows(batch);
        await this.call(this.writer, 'stage', [heads], extracts);
      }
      return (await this.call(this.writer, 'apply', [[]])) as number;
    };
    const applied = this.applying.then(apply);
    this.applying = applied.catch(() => {});
    return applied;
  }

  /** The next seq to apply. */
  async cursor(): Promise<number> {
    return (await this.head()).cursor;
  }

  async head(): Promise<IndexHead> {
    return (await this.call(this.writer, 'head', [])) as IndexHead;
  }

  /** Throws everything away and begins at 0. Reads wait meanwhile, and then find an empty index. */
  reset(): Promise<void> {
    const begin = async () => {
      await Promise.all([this.writer, ...this.readers].map((engine) => engine.release()));
      discardIndex(this.path);
      this.generation++;
      await this.writer.call('head', []);
    };
    const reset = this.resetting.then(begin);
    this.resetting = reset.catch(() => {});
    return reset;
  }

  /** Told when a read or a write finds the file damaged: the index has to be rebuilt. */
  onDamage(listener: () => void): () => void {
    this.damageListeners.add(listener);
    return () => this.damageListeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.resetting;
    for (const engine of [...this.readers, this.writer]) await engine.close();
  }

  private async call(
    engine: Engine,
    method: string,
    args: unknown[],
    text?: string,
  ): Promise<unknown> {
    await this.resetting;
    if (this.isClosed) throw new AppError('SHUTTING_DOWN', 'the index is closed');
    try {
      return await engine.call(method, args, text);
    } catch (error) {
      if (isDamagedIndex(error)) for (const listener of this.damageListeners) listener();
      throw error;
    }
  }

  /** The next page of a walk is asked of the reader that keeps it; a long one takes turns with what else that is asked. */
  private async walk(
    method: 'packedLineage' | 'lineageText',
    request: LineageRequest,
    ...rest: unknown[]
  ): Promise<LineageExtent | WithText<LineageExtent>> {
    const { thread = this.readers.indexOf(this.idlest()) } = request.after ?? {};
    const reader = this.readers[thread % this.readers.length]!;
    const startedAt = performance.now();
    const id = this.walks++;
    let found: LineageExtent | WithText<LineageExtent> | undefined;
    for (let count = 0; found === undefined; count++) {
      // on the calling thread, others get on only in between
      if (count > 0) await setImmediate();
      const deadlineMs = Math.max(request.deadlineMs - (performance.now() - startedAt), 0);
      const asked = { ...request, deadlineMs, turn: { id, count } };
      found = (await this.call(reader, method, [asked, ...rest])) as typeof found;
    }
    const { next } = found instanceof WithText ? found.head : found;
    if (next) next.thread = thread;
    return found;
  }

  private idlest(): Engine {
    return this.readers.reduce((best, each) => (each.load < best.load ? each : best));
  }
}
