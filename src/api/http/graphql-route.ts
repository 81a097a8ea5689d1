import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { createContext, type ApiContext } from '../graphql/context.js';
import { Splices } from '../graphql/splice.js';
import type { Rooms } from '../rooms.js';
import { startDeadline, withGrace } from './deadline.js';

/** Room for one record of the largest size, escaped as a string; more at once goes to `/capture`. */
/** Enough for a dataset that names 100,000 sources by CID. */
const BODY_MAX_BYTES = 12_582_912;
/** A capture that is under way is better answered late than left in doubt. */
const GRACE_MS = 20_000;

/**
 * `/graphql`: POST with a JSON body, or GET with a header that no form or image can send (Apollo's CSRF
 * prevention). Work is told to stop at the deadline or when the caller hangs up; what does not listen
 * is left behind some time after.
 */
export function registerGraphql(
  server: FastifyInstance,
  rooms: Rooms,
  apollo: ApolloServer<ApiContext>,
): void {
  const { deadlineMs } = rooms.limits;
  server.decorateRequest('workSignal', null);
  server.decorateRequest('splices', null);
  const handle = fastifyApolloHandler(apollo, {
    context: async ({ id: requestId, session: { viewer }, workSignal, splices }) =>
      createContext({
        ...{ rooms, viewer, requestId },
        signal: workSignal ?? undefined,
        splices: splices ?? undefined,
      }),
  });
  server.register(async (scope) => {
    scope.removeContentTypeParser('text/plain');
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      bodyLimit: BODY_MAX_BYTES,
      handler: async (request, reply) => {
        using deadline = startDeadline(reply.raw, deadlineMs);
        request.workSignal = deadline.signal;
        const splices = new Splices();
        request.splices = splices;
        const work = handle.call(scope, request, reply) as Promise<string>;
        return splices.apply(await withGrace(work, deadline.signal, GRACE_MS));
      },
    });
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Aborts when work for this request is no longer wanted. */
    workSignal: AbortSignal | null;
    /** Parts of the answer that are text already. */
    splices: Splices | null;
  }
}
