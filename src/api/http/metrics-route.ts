import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { decide } from '../../access/policy.js';
import { ANONYMOUS } from '../../access/viewer.js';
import { AppError } from '../../error.js';

/** `/metrics` for Prometheus: a token whose role may read metrics, or (when the node is told so) this machine. */
export function registerMetrics(
  server: FastifyInstance,
  registry: Registry,
  isOpenOnLoopback: boolean,
): void {
  server.get('/metrics', async (request, reply) => {
    if (!(isOpenOnLoopback && isLocal(request))) checkReader(request);
    reply.header('cache-control', 'no-store').type(registry.contentType);
    return registry.metrics();
  });
}

function checkReader({ session }: FastifyRequest): void {
  if (session.viewer === ANONYMOUS)
    throw new AppError('UNAUTHENTICATED', 'metrics need an access token');
  if (decide(session.viewer, 'metrics.read', {}).permit) return;
  throw new AppError('FORBIDDEN', 'this token is not good for metrics', {
    hint: 'it takes the role operator and the scope "read"',
  });
}

/** The socket's own address, not what a header says; and no proxy in between. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  const address = socket.remoteAddress ?? '';
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
