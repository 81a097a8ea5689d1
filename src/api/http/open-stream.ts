import { AppError } from '../../error.js';
import type { Deadline } from './deadline.js';

/** More than any person's windows, fewer than would matter to the node. */
const STREAMS_PER_PRINCIPAL_MAX = 20;
const STREAMS_MAX = 2_000;

/** The event streams open now: bounded for each caller and in all, and ended together. */
export class OpenStreams {
  private readonly streams = new Map<Deadline, string>();
  private readonly counts = new Map<string, number>();

  get size(): number {
    return this.streams.size;
  }

  /** @returns the way to take it off again. @throws AppError RATE_LIMITED */
  add(stream: Deadline, principal: string): () => void {
    const count = this.counts.get(principal) ?? 0;
    if (count >= STREAMS_PER_PRINCIPAL_MAX || this.streams.size >= STREAMS_MAX) {
      throw new AppError('RATE_LIMITED', 'too many streams are open', { hint: 'close some first' });
    }
    this.streams.set(stream, principal);
    this.counts.set(principal, count + 1);
    return () => this.remove(stream);
  }

  endAll(reason: AppError): void {
    for (const stream of this.streams.keys()) stream.abort(reason);
  }

  private remove(stream: Deadline): void {
    const principal = this.streams.get(stream);
    if (principal === undefined) return;
    this.streams.delete(stream);
    const left = (this.counts.get(principal) ?? 1) - 1;
    if (left > 0) this.counts.set(principal, left);
    else this.counts.delete(principal);
  }
}
