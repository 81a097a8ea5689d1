import { equalBytes } from '../crypto/bytes.js';
import type { Signer } from '../crypto/signing-key.js';
import { isAppError } from '../error.js';
import { formatCheckpoint, type Checkpoint } from './checkpoint.js';
import type { CheckpointFile } from './checkpoint-file.js';
import type { LogReader } from './log-reader.js';
import { diverged, type LogState } from './log-state.js';
import { rootAt } from './proof.js';
import type { Published } from './published-log.js';

/**
 * Signs the checkpoint of a state that is durable, stores it, and only then lets it be seen.
 * Invariant: it never signs a checkpoint that is inconsistent with one it signed before.
 */
export class Publisher {
  /** The last one signed; whether it could be stored as well is another question. */
  private signed: Checkpoint;
  private running: Promise<void> | undefined;
  private readonly listeners = new Set<(size: number) => void>();

  constructor(
    private readonly file: CheckpointFile,
    private readonly signer: Signer,
    private readonly reader: LogReader,
    private current: Published,
  ) {
    this.signed = current;
  }

  /** What anyone may see. */
  get published(): Published {
    return this.current;
  }

  /** Calls the listener after each publication, which must not throw; returns how to stop that. */
  onGrow(listener: (size: number) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /**
   * Publishes the newest state unless `size` entries are published already; those who ask meanwhile share the
   * next checkpoint.
   *
   * @throws AppError LOG_DIVERGED, STORE_FULL, STORE_FAILED
   */
  async publishUpTo(size: number, newest: () => LogState): Promise<void> {
    while (this.current.size < size) {
      this.running ??= this.publish(newest()).finally(() => (this.running = undefined));
      await this.running;
    }
  }

  /**
   * Throws unless the state begins with the tree that was signed last.
   * @throws AppError LOG_DIVERGED
   */
  async checkConsistent(state: LogState): Promise<void> {
    const { size, root } = this.signed;
    if (size > state.head.size) throw diverged('is behind a checkpoint it signed');
    const hashAt = (level: number, index: number) => this.reader.hashAt(state, level, index);
    const former = await rootAt(size, hashAt).catch((error: unknown) => {
      throw isAppError(error, 'UNAVAILABLE') ? diverged(`is damaged: ${error.message}`) : error;
    });
    if (!equalBytes(former, root)) throw diverged('contradicts a checkpoint it signed');
  }

  private async publish(state: LogState): Promise<void> {
    await this.checkConsistent(state);
    const { origin, size, root } = state.head;
    const checkpoint = await formatCheckpoint({ origin, size, root }, this.signer);
    this.signed = { origin, size, root };
    await this.file.write(checkpoint);
    this.current = { origin, size, root, checkpoint };
    for (const listener of this.listeners) listener(size);
  }
}
