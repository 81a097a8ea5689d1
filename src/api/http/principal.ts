import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ANONYMOUS } from '../../access/viewer.js';
import { AppError, isAppError } from '../../error.js';
import { TokenReader, type Session, type TokenPolicy } from '../token.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking. Anonymous only when no token was sent; a bad token never gets this far. */
    session: Session;
    /** Why the token sent was refused; kept until the rate limit has counted the attempt. */
    refusal: AppError | null;
  }
  interface FastifyContextConfig {
    /** True where everyone gets the same answer: no token is read. */
    isPublic?: boolean;
  }
}

const NOBODY: Session = { viewer: ANONYMOUS, expiresAt: Number.POSITIVE_INFINITY };

/**
 * Reads the caller's token before anything else looks at the request. The refusal of a bad one is
 * raised after the rate limit (which runs in the routes' own onRequest), so that guessing is limited too.
 */
export function registerPrincipal(server: FastifyInstance, policy: TokenPolicy): void {
  const tokens = new TokenReader(policy);
  server.decorateRequest('session', null as unknown as Session);
  server.decorateRequest('refusal', null);
  server.addHook('onRequest', async (request) => {
    request.session = NOBODY;
    const { authorization } = request.headers;
    if (authorization === undefined || request.routeOptions.config.isPublic) return;
    try {
      request.session = await tokens.read(bearerOf(authorization));
    } catch (error) {
      if (!isAppError(error)) throw error;
      request.refusal = error;
    }
  });
  server.addHook('preParsing', async (request) => {
    if (request.refusal) throw request.refusal;
  });
}

/** Whom the rate limit counts: the subject of a good token, else the address. */
export function principalOf(request: FastifyRequest): string {
  const { viewer } = request.session;
  if (viewer === ANONYMOUS) return `address ${request.ip}`;
  return `subject ${viewer.organisation} ${viewer.subject}`;
}

function bearerOf(header: string): string {
  const [, token] = /^Bearer ([^\s]+)$/i.exec(header) ?? [];
  if (token === undefined)
    throw new AppError('UNAUTHENTICATED', 'the Authorization header holds no bearer token');
  return token;
}
