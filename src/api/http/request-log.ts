import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Logger } from '../../log.js';

/** Ours, never the caller's: an id a caller may choose is a way to write into the log. */
export function formatRequestId(): string {
  return randomUUID();
}

/** The route as it was registered (`/log/*`), never the address asked for: addresses can carry anything. */
export function routeTemplate(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

/** One line a request, and its id in the answer: method, route template, status, time. Nothing the caller wrote. */
export function registerRequestLog(server: FastifyInstance, logger: Logger): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) logHangUp(request);
    });
  });
  server.addHook('onResponse', async (request, reply) => {
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route: routeTemplate(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
  });

  function logHangUp(request: FastifyRequest): void {
    const { id: requestId, method } = request;
    logger.info({ requestId, method, route: routeTemplate(request) }, 'the caller hung up');
  }
}
