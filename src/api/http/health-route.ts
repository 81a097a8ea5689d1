import type { FastifyInstance } from 'fastify';
import type { Rooms } from '../rooms.js';

/** An index this far behind the head still answers for what callers can have heard of. */
const LAG_MAX_MS = 5_000;

/** `/healthz`: the process answers. `/readyz`: the index has caught up with the head. */
export function registerHealth(server: FastifyInstance, { ledger, follower }: Rooms): void {
  const options = { config: { isPublic: true, rateLimit: false as const } };
  server.get('/healthz', options, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  });
  server.get('/readyz', options, async (_request, reply) => {
    const { entries, ms } = follower.lag();
    const { size } = ledger.head();
    const isReady = entries === 0 || ms <= LAG_MAX_MS;
    const status = isReady ? 'ready' : 'the index is behind the log';
    reply.header('cache-control', 'no-store').code(isReady ? 200 : 503);
    return { status, size, indexed: size - entries, lagMs: Math.round(ms) };
  });
}
