import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True where the handler reads the body itself, as it comes. */
    isStreamed?: boolean;
  }
}

/** How long a refused caller may go on sending before the connection is cut, so that it can read why. */
const LINGER_MS = 5_000;

/** A body that is read whole must have come within `ms`; what is still being sent after the answer is dropped soon. */
export function registerBodyTimeout(server: FastifyInstance, ms: number): void {
  server.addHook('preParsing', async (request, _reply, payload) => {
    if (!request.routeOptions.config.isStreamed && hasBody(request)) {
      const timer = setTimeout(() => {
        const late = new AppError('DEADLINE', 'the body came too slowly');
        if (payload.listenerCount('error') > 0) payload.emit('error', late);
        else request.raw.destroy();
      }, ms);
      payload.once('end', () => clearTimeout(timer));
      payload.once('close', () => clearTimeout(timer));
    }
    return payload;
  });
  server.addHook('onResponse', async (request) => {
    if (!request.raw.complete) setTimeout(() => request.raw.destroy(), LINGER_MS).unref();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}
