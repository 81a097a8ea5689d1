import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';

/** Captures that go on after their answer. An orderly end waits for them as long as for requests in flight. */
export class CapturesUnderway {
  private readonly all = new Set<Promise<unknown>>();

  constructor(server: FastifyInstance, drainMs: number) {
    server.addHook('onClose', async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, drainMs);
      });
      await Promise.race([Promise.all(this.all), late]);
      clearTimeout(timer);
    });
  }

  /** @param work does not fail */
  add(work: Promise<unknown>): void {
    this.all.add(work);
    void work.finally(() => this.all.delete(work));
  }
}

/** Resolves when a body has been read to its end; never, when it breaks off. */
export function readToEnd(body: Readable | undefined): Promise<void> {
  if (!body) return Promise.resolve();
  return new Promise((resolve) => body.once('end', resolve));
}

/** Resolves when the work has ended, however, or is waited for no longer. */
export function endOrAbort(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => resolve();
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(end, end).finally(() => signal.removeEventListener('abort', end));
  });
}
