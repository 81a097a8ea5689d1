import fastify, { type FastifyInstance } from 'fastify';
import { createApollo } from '../graphql/apollo.js';
import { buildApiSchema } from '../graphql/schema.js';
import type { Rooms } from '../rooms.js';
import { registerBodyTimeout } from './body-timeout.js';
import { registerCaptureJobs } from './capture-job-route.js';
import { registerCapture } from './capture-route.js';
import { registerDrain } from './drain.js';
import { registerErrorReply } from './error-reply.js';
import { registerEvents } from './event-route.js';
import { registerExport } from './export-route.js';
import { registerGraphiql } from './graphiql-route.js';
import { registerGraphql } from './graphql-route.js';
import { registerHealth } from './health-route.js';
import { registerHome } from './home-route.js';
import { registerImpact } from './impact-route.js';
import { registerLog } from './log-route.js';
import { createMetrics, registerHttpMetrics } from './metrics.js';
import { registerMetrics } from './metrics-route.js';
import { OpenStreams } from './open-stream.js';
import { chooseLimits, type ServerLimits, type ServerOptions } from './option.js';
import { registerPrincipal } from './principal.js';
import { registerQueries } from './query-route.js';
import { registerRateLimit } from './rate-limit.js';
import { formatRequestId, registerRequestLog } from './request-log.js';
import { registerSchema } from './schema-route.js';
import { registerCompression, registerSecurity } from './security.js';
import { registerStream } from './stream-route.js';
import { refuseAddress, refuseBytes } from './unreadable.js';
import { registerVerifyProduct } from './verify-product-route.js';

/** Time to send a request's headers; bodies have bounds of their own. */
const HEADERS_TIMEOUT_MS = 15_000;

/** The whole outside of a node over its rooms; not listening yet. `close` drains it and leaves the rooms alone. */
export async function createServer(rooms: Rooms, options: ServerOptions): Promise<FastifyInstance> {
  const limits = chooseLimits(options);
  const server = createFastify(options);
  const streams = new OpenStreams();
  const closing = registerDrain(server, streams, limits.drainMs);
  registerRequestLog(server, rooms.logger);
  registerPrincipal(server, options.tokens);
  registerBodyTimeout(server, limits.bodyTimeoutMs);
  await registerSecurity(server, options.corsOrigins ?? []);
  await registerRateLimit(server, limits.rateLimitPerMinute);
  await registerCompression(server);
  registerErrorReply(server, rooms.logger);
  await registerRoutes(server, rooms, limits, streams, closing);
  await server.ready();
  return server;
}

/** Starts listening. @returns the address, with the port the system chose when asked for 0. */
export async function listen(
  server: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<string> {
  return server.listen({ host, port });
}

/** Fastify's own logging is off: it would log addresses as they were sent. */
function createFastify({ trustProxy = false }: ServerOptions): FastifyInstance {
  return fastify({
    logger: false,
    trustProxy,
    genReqId: formatRequestId,
    requestIdHeader: false,
    return503OnClosing: false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseBytes,
    bodyLimit: 65_536,
    routerOptions: { maxParamLength: 500 },
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 5_000 },
  });
}

async function registerRoutes(
  server: FastifyInstance,
  rooms: Rooms,
  limits: ServerLimits,
  streams: OpenStreams,
  closing: AbortSignal,
): Promise<void> {
  const metrics = createMetrics(rooms, streams);
  registerHttpMetrics(server, metrics);
  const apollo = createApollo(rooms);
  await apollo.start();
  server.addHook('onClose', () => apollo.stop());
  registerGraphql(server, rooms, apollo);
  registerStream(server, rooms, streams);
  registerCapture(server, rooms, limits, metrics, closing);
  registerCaptureJobs(server, rooms);
  registerEvents(server, rooms);
  registerExport(server, rooms, streams);
  registerQueries(server, rooms);
  registerImpact(server, rooms, streams);
  registerVerifyProduct(server, rooms);
  registerLog(server, rooms, limits.rateLimitPerMinute);
  registerGraphiql(server);
  registerSchema(server, buildApiSchema());
  registerHealth(server, rooms);
  registerMetrics(server, metrics, limits.openMetricsOnLoopback);
  registerHome(server, rooms);
}
