import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppError, ErrorCode } from '../../error.js';
import type { Logger } from '../../log.js';
import { formatErrorBody, setErrorHeaders, toAppError, type ErrorBody } from './error-reply.js';

/** What was being done when something failed: EPCIS names some failures of each in its own way. */
export type EpcisSide = 'capture' | 'query';

/** RFC 7807 with an exception of EPCIS 2.0 as type, and all that every other error of this node says. */
export interface Problem extends ErrorBody {
  type: string;
  title: string;
  status: number;
  detail: string;
}

/** Exceptions of EPCIS 2.0 (section 12, REST bindings) with what they are called in words. */
const TITLES = {
  SecurityException: 'not allowed',
  NoSuchResourceException: 'not found',
  ValidationException: 'not valid',
  QueryParameterException: 'a parameter cannot be read',
  QueryTooComplexException: 'the query is too complex',
  QueryTooLargeException: 'the result is too large',
  CaptureLimitExceededException: 'too much at a time',
  NotAcceptableException: 'cannot be answered like that',
  UnsupportedMediaTypeException: 'media type not supported',
  ImplementationException: 'failed here',
};

type Exception = keyof typeof TITLES;

const OF_BOTH: Partial<Record<ErrorCode, Exception>> = {
  UNAUTHENTICATED: 'SecurityException',
  FORBIDDEN: 'SecurityException',
  NOT_FOUND: 'NoSuchResourceException',
  NOT_ACCEPTABLE: 'NotAcceptableException',
  UNSUPPORTED_MEDIA_TYPE: 'UnsupportedMediaTypeException',
  RATE_LIMITED: 'ImplementationException',
};
const OF_SIDE: Record<EpcisSide, Partial<Record<ErrorCode, Exception>>> = {
  capture: { TOO_LARGE: 'CaptureLimitExceededException' },
  query: {
    BAD_USER_INPUT: 'QueryParameterException',
    BAD_CURSOR: 'QueryParameterException',
    QUERY_TOO_COMPLEX: 'QueryTooComplexException',
    DEADLINE: 'QueryTooComplexException',
    TOO_LARGE: 'QueryTooLargeException',
  },
};

/** The members by which EPCIS tells a failure apart. */
export function formatException(
  { code, status }: AppError,
  side: EpcisSide,
): Pick<Problem, 'type' | 'title' | 'status'> {
  const otherwise = status < 500 ? 'ValidationException' : 'ImplementationException';
  const exception = OF_SIDE[side][code] ?? OF_BOTH[code] ?? otherwise;
  return { type: `epcisException:${exception}`, title: TITLES[exception], status };
}

export function formatProblem(error: AppError, side: EpcisSide, requestId: string): Problem {
  const body = formatErrorBody(error, requestId);
  return { ...formatException(error, side), detail: error.message, ...body };
}

export function sendProblem(
  reply: FastifyReply,
  error: AppError,
  side: EpcisSide,
  request: FastifyRequest,
): FastifyReply {
  setErrorHeaders(reply, error);
  reply.type('application/problem+json');
  return reply.code(error.status).send(formatProblem(error, side, request.id));
}

/** Answers every failure within a scope as EPCIS does. */
export function registerProblemReply(
  scope: FastifyInstance,
  side: EpcisSide,
  logger: Logger,
): void {
  scope.setErrorHandler((error, request, reply) => {
    const known = toAppError(error);
    if (known.code === 'INTERNAL')
      logger.error({ err: error, requestId: request.id }, 'unexpected');
    return sendProblem(reply, known, side, request);
  });
}
