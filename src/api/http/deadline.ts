import type { ServerResponse } from 'node:http';
import { AppError } from '../../error.js';

/** A bound on the work done for one request: aborted when it is late, unwanted, or told to be. */
export interface Deadline {
  /** Aborted with DEADLINE when time is up, with a plain reason when the caller has hung up. */
  signal: AbortSignal;
  abort(reason: Error): void;
  /** Must be called when the work is done. */
  [Symbol.dispose](): void;
}

/** @param afterMs undefined for work that may last, like a subscription. */
export function startDeadline(response: ServerResponse, afterMs: number | undefined): Deadline {
  const controller = new AbortController();
  const hangUp = () => {
    if (!response.writableFinished) controller.abort(new Error('the caller hung up'));
  };
  response.once('close', hangUp);
  const late = () => controller.abort(new AppError('DEADLINE', 'the request took too long'));
  const timer = afterMs === undefined ? undefined : setTimeout(late, afterMs);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]() {
      clearTimeout(timer);
      response.off('close', hangUp);
    },
  };
}

/** The work's result, or the signal's reason `graceMs` after it was aborted: code that ignores a signal holds up nobody. */
export function withGrace<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const giveUp = () => {
      timer = setTimeout(() => reject(signal.reason as Error), graceMs);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    });
  });
}
