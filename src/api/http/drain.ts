import type { FastifyInstance } from 'fastify';
import { AppError } from '../../error.js';
import type { OpenStreams } from './open-stream.js';

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
  server.addHook('onRequest', async () => {
    if (isClosing) throw shuttingDown();
  });
  server.addHook('preClose', async () => {
    isClosing = true;
    streams.endAll(shuttingDown());
    cut = setTimeout(() => server.server.closeAllConnections(), drainMs);
  });
  server.addHook('onClose', async () => clearTimeout(cut));
}

function shuttingDown(): AppError {
  return new AppError('SHUTTING_DOWN', 'this node is going down');
}
