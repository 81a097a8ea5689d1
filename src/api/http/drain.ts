import type { FastifyInstance } from 'fastify';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../../error.js';
import type { OpenStreams } from './open-stream.js';

const SWEEP_MS = 50;

/**
 * An orderly end. On `close`: no new requests, streams are ended at once (their readers resume
 * elsewhere or later), uploads are read no further, requests in flight may finish for `drainMs`,
 * then connections are cut.
 *
 * @returns aborted when the end has begun
 */
export function registerDrain(
  server: FastifyInstance,
  streams: OpenStreams,
  drainMs: number,
): AbortSignal {
  const closing = new AbortController();
  let cut: NodeJS.Timeout | undefined;
  let sweep: NodeJS.Timeout | undefined;
  const sockets = trackSockets(server.server);
  server.addHook('onRequest', async () => {
    closing.signal.throwIfAborted();
  });
  server.addHook('preClose', async () => {
    closing.abort(shuttingDown());
    streams.endAll(shuttingDown());
    cut = setTimeout(() => server.server.closeAllConnections(), drainMs);
    // a connection kept alive by an answer that ended just now is idle only after `close` has looked
    sweep = setInterval(() => {
      server.server.closeIdleConnections();
      // opened ahead by its client, and never used: for Node this is not idle
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_MS);
  });
  server.addHook('onClose', async () => {
    clearTimeout(cut);
    clearInterval(sweep);
  });
  return closing.signal;
}

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function shuttingDown(): AppError {
  return new AppError('SHUTTING_DOWN', 'this node is going down');
}
