import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../error.js';
import { loadGraphiql, type Graphiql } from './graphiql-asset.js';

/** Own scripts, own workers, own endpoint. The editor (Monaco) writes style elements, hence the one exception. */
const EXPLORER_POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
].join('; ');

/** `/graphiql`: the explorer. The page is for everyone; what it asks needs the token pasted into it. */
export function registerGraphiql(server: FastifyInstance): void {
  let loading: Promise<Graphiql> | undefined;
  const load = () => (loading ??= loadGraphiql());
  const options = { config: { isPublic: true }, compress: false as const };
  server.get('/graphiql', options, async (_request, reply) => {
    const { html } = await load();
    reply.header('content-security-policy', EXPLORER_POLICY);
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
    return html;
  });
  server.get('/graphiql/*', options, async (request, reply) => {
    const asset = (await load()).assets.get(request.url);
    if (!asset) throw new AppError('NOT_FOUND', 'there is nothing here');
    const isGzipped = acceptsGzip(request);
    if (isGzipped) reply.header('content-encoding', 'gzip');
    // A worker is bound by the policy of its own answer, not of the page that started it.
    reply.header('content-security-policy', EXPLORER_POLICY).header('vary', 'accept-encoding');
    reply.type(asset.mediaType).header('cache-control', 'public, max-age=31536000, immutable');
    return isGzipped ? asset.gzipped : asset.raw;
  });
}

function acceptsGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(String(headers['accept-encoding'] ?? ''));
}
