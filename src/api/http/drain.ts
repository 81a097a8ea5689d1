import type { FastifyInstance } from 'fastify';
import { AppError } from '../../error.js';
import type { OpenStreams } from './open-stream.js';

const SWEEP_MS = 50;

/**
 * An orderly end. On `close`: no new requests, streams are ended at once (their readers resume
 * elsewhere or later), requests in flight may finish for `drainMs`, then connections are cut.
 */
export function registerDrain(
  server: FastifyInstance,
  streams: OpenStreams,
  drainMs: number,
): void {
  let isClosing = false;
  let cut: NodeJS.Timeout | undefined;
  let sweep: NodeJS.Timeout | undefined;
  server.addHook('onRequest', async () => {
    if (isClosing) throw shuttingDown();
  });
  server.addHook('preClose', async () => {
    isClosing = true;
    streams.endAll(shuttingDown());
    cut = setTimeout(() => server.server.closeAllConnections(), drainMs);
    // a connection kept alive by an answer that ended just now is idle only after `close` has looked
    sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS);
  });
  server.addHook('onClose', async () => {
    clearTimeout(cut);
    clearInterval(sweep);
  });
}

function shuttingDown(): AppError {
  return new AppError('SHUTTING_DOWN', 'this node is going down');
}
