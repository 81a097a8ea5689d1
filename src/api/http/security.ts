import compress from '@fastify/compress';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** Nothing on an answer of this node may load, frame, or be framed by, anything. */
const STRICT_POLICY = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** What a page may send. */
export const HEADERS_OF_CALLERS = [
  'authorization',
  'content-type',
  'apollo-require-preflight',
  'idempotency-key',
  'prefer',
  'gs1-capture-error-behaviour',
  'gs1-epcis-version',
  'gs1-epcis-min',
  'gs1-epcis-max',
  'gs1-epc-format',
  'gs1-cbv-xml-format',
  'gs1-extensions',
];

/** What a page may read. */
const HEADERS_OF_ANSWERS = [
  'x-request-id',
  'retry-after',
  'location',
  'link',
  'gs1-capture-id',
  'gs1-next-page-token-expires',
  'content-disposition',
  'provtrail-export-position',
  'provtrail-export-incomplete',
];

/** Headers that tell browsers what not to do, and which pages may call. */
export async function registerSecurity(server: FastifyInstance, origins: string[]): Promise<void> {
  // not through its plugin, which works the same headers out again for each request
  const protect = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: STRICT_POLICY },
    crossOriginEmbedderPolicy: true,
    referrerPolicy: { policy: 'no-referrer' },
  });
  server.addHook('onRequest', (request, reply, next) => {
    protect(request.raw, reply.raw, (error) => next(error as Error | undefined));
  });
  if (origins.length === 0) return;
  await server.register(cors, {
    origin: origins,
    methods: ['GET', 'POST'],
    allowedHeaders: HEADERS_OF_CALLERS,
    exposedHeaders: HEADERS_OF_ANSWERS,
    credentials: false,
    maxAge: 600,
  });
}

/**
 * Answers above 1 KB are compressed where the caller can read it; bodies may come gzipped.
 * The limits of each route count what came out of the decompressor, so a bomb ends there.
 */
export async function registerCompression(server: FastifyInstance): Promise<void> {
  await server.register(compress, {
    threshold: 1_024,
    encodings: ['br', 'gzip'],
    requestEncodings: ['gzip'],
  });
}
