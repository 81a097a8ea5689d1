import { AppError } from '../../error.js';

interface Waiter {
  size: number;
  resolve: () => void;
  reject: (error: AppError) => void;
}

/** How far the index has come, and who wants to know. */
export class Progress {
  private at = 0;
  private isEnded = false;
  private waiters: Waiter[] = [];
  private readonly listeners = new Set<(cursor: number) => void>();

  get cursor(): number {
    return this.at;
  }

  get isAwaited(): boolean {
    return this.waiters.length > 0;
  }

  /** The index is at `cursor`; after a reset that may be further back. */
  reach(cursor: number): void {
    this.at = cursor;
    const waiters = this.waiters;
    this.waiters = waiters.filter(({ size }) => size > cursor);
    for (const { size, resolve } of waiters) if (size <= cursor) resolve();
    for (const listener of this.listeners) listener(cursor);
  }

  /** Resolves when the cursor is at `size` or beyond. @throws AppError SHUTTING_DOWN when it ends first */
  reached(size: number): Promise<void> {
    if (this.at >= size) return Promise.resolve();
    if (this.isEnded) return Promise.reject(ended());
    return new Promise((resolve, reject) => this.waiters.push({ size, resolve, reject }));
  }

  listen(listener: (cursor: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  end(): void {
    this.isEnded = true;
    for (const { reject } of this.waiters.splice(0)) reject(ended());
  }
}

function ended(): AppError {
  return new AppError('SHUTTING_DOWN', 'the index is no longer followed');
}
