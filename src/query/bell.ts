import type { QueryRooms } from './reader.js';

/** Rings when the index has applied more, or when it is time to stop. */
export class Bell {
  applied = 0;
  isStopped = false;
  private ring: () => void = () => {};
  private readonly unsubscribe: () => void;

  constructor(
    rooms: QueryRooms,
    private readonly signal?: AbortSignal,
  ) {
    let isTold = false;
    this.unsubscribe = rooms.follower.onApplied((cursor) => {
      isTold = true;
      this.reach(cursor);
    });
    signal?.addEventListener('abort', this.stop, { once: true });
    if (signal?.aborted) this.stop();
    void rooms.graph.cursor().then(
      (cursor) => isTold || this.reach(cursor),
      () => this.stop(),
    );
  }

  /** Resolves at the next ring; at once when it has been stopped, for then there is none. */
  rung(): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    return new Promise((resolve) => (this.ring = resolve));
  }

  readonly stop = (): void => {
    if (this.isStopped) return;
    this.isStopped = true;
    this.signal?.removeEventListener('abort', this.stop);
    this.unsubscribe();
    this.ring();
  };

  private reach(cursor: number): void {
    // it falls when the index is built again: what it does not hold is not told of
    this.applied = cursor;
    this.ring();
  }
}
