import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, isAppError } from '../../error.js';
import type { Logger } from '../../log.js';

/** The body of every failed request outside GraphQL. */
export interface ErrorBody {
  code: string;
  message: string;
  requestId: string;
  retryable: boolean;
  pointer?: string;
  hint?: string;
}

/** Codes of Fastify and its plugins that say something about the request. Everything else 4xx is BAD_USER_INPUT. */
const FOREIGN_CODES: Record<string, AppError> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupported(),
  FST_ERR_CTP_INVALID_CONTENT_TYPE: unsupported(),
  FST_CP_ERR_INVALID_CONTENT_ENCODING: new AppError(
    'UNSUPPORTED_MEDIA_TYPE',
    'this content encoding is not read here',
    { hint: 'send the body as it is, or with Content-Encoding: gzip' },
  ),
  FST_ERR_CTP_EMPTY_TYPE: unsupported(),
  FST_ERR_CTP_BODY_TOO_LARGE: new AppError('TOO_LARGE', 'the body is larger than this route reads'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new AppError('EMPTY_INPUT', 'the body is empty'),
  FST_ERR_CTP_INVALID_JSON_BODY: malformed(),
};

/** Answers every failure in one shape, and keeps to itself whatever was not meant for the caller. */
export function registerErrorReply(server: FastifyInstance, logger: Logger): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toAppError(error);
    if (known.code === 'INTERNAL')
      logger.error({ err: error, requestId: request.id }, 'unexpected');
    return sendError(reply, known, request);
  });
  server.setNotFoundHandler((request, reply) =>
    sendError(reply, new AppError('NOT_FOUND', 'there is nothing here'), request),
  );
}

export function sendError(
  reply: FastifyReply,
  error: AppError,
  request: FastifyRequest,
): FastifyReply {
  setErrorHeaders(reply, error);
  return reply.code(error.status).send(formatErrorBody(error, request.id));
}

export function setErrorHeaders(reply: FastifyReply, error: AppError): void {
  if (error.code === 'UNAUTHENTICATED')
    reply.header('www-authenticate', 'Bearer realm="provtrail"');
  if (error.retryable && !reply.hasHeader('retry-after')) reply.header('retry-after', '1');
  reply.header('cache-control', 'no-store');
}

export function formatErrorBody(error: AppError, requestId: string): ErrorBody {
  const { code, message, retryable, data } = error;
  const body: ErrorBody = { code, message, requestId, retryable };
  if (data.pointer !== undefined) body.pointer = data.pointer;
  if (data.hint !== undefined) body.hint = data.hint;
  return body;
}

/** Ours as it is; a foreign refusal under our code; anything else masked. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const { code, statusCode, name } = error as { code?: string; statusCode?: number; name?: string };
  const known = code === undefined ? undefined : FOREIGN_CODES[code];
  if (known) return known;
  if (name === 'SyntaxError' && statusCode === 400) return malformed();
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError('BAD_USER_INPUT', 'the request could not be read');
  return new AppError('INTERNAL', 'something failed here; the request id finds it in our log');
}

function unsupported(): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', 'this media type is not read here');
}

function malformed(): AppError {
  return new AppError('MALFORMED_JSON', 'the body is not JSON');
}
