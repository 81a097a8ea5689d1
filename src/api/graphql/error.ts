import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, ERROR_CODES, isAppError, type ErrorCode } from '../../error.js';
import type { ApiContext } from './context.js';

/** Names graphql-js and Apollo have for failures, as the closed list says them. */
const FOREIGN_CODES: Record<string, ErrorCode> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PERSISTED_QUERY_NOT_FOUND',
};
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more that? /;
const MASKED = new AppError('INTERNAL', 'something went wrong here');

/** An AppError as GraphQL carries it, with the HTTP status for when nothing was executed. */
export function toGraphQLError(error: AppError): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: error.status } },
  });
}

/**
 * What a caller is shown of an error: ours as it is, graphql-js's own without the values it quotes, and
 * everything else masked as INTERNAL. Knows no request; `completeErrors` adds what depends on one.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const { message, data, code, retryable } = describe(formatted, error);
  const { locations, path } = formatted;
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...data, code, retryable },
  };
}

type Description = Pick<AppError, 'message' | 'data' | 'code' | 'retryable'>;

function describe(formatted: GraphQLFormattedError, error: unknown): Description {
  const own = causeOf(error);
  if (own) return own;
  if (TOO_MANY_TOKENS.test(formatted.message)) {
    return new AppError('QUERY_TOO_COMPLEX', 'the query is too long', {
      hint: 'ask in several requests, or with variables',
    });
  }
  const code = String(formatted.extensions?.['code']);
  const known = isRefusal(error) ? 'BAD_USER_INPUT' : (FOREIGN_CODES[code] ?? code);
  if (!(known in ERROR_CODES) || known === 'INTERNAL') return MASKED;
  return new AppError(known as ErrorCode, withoutValue(formatted.message));
}

/** The AppError at the bottom of the wrappers graphql-js and Apollo put around it. */
export function causeOf(error: unknown): AppError | undefined {
  for (let e: unknown = error; e !== undefined && e !== null;) {
    if (isAppError(e)) return e;
    e = e instanceof GraphQLError ? e.originalError : undefined;
  }
  return undefined;
}

/** Apollo refuses some requests with a status and no code; graphql-js never sets a status. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { status } = (error.extensions['http'] ?? {}) as { status?: number };
  return status !== undefined && status >= 400 && status < 500;
}

/** True for what nobody foresaw: it is logged, and the caller is told nothing of it. */
export function isUnexpected(error: GraphQLError): boolean {
  const { extensions } = formatError(error.toJSON(), error);
  return extensions?.['code'] === 'INTERNAL';
}

/** graphql-js quotes what it was given, and that may be a record: everything from the value on is left out. */
export function withoutValue(message: string): string {
  return message
    .replace(/( cannot represent [\w\s-]*?value): .*$/s, '$1')
    .replace(/^(Expected value of type "[^"]*"), found .*$/s, '$1')
    .replace(/^(Syntax Error: [^"]*(?:String|BlockString|Comment)) ".*$/s, '$1')
    .replace(/^(Variable "\$\w+" got invalid value) .*$/s, '$1');
}

/** Adds the request id, and keeps the names of our fields from strangers. */
export function completeErrors(
  errors: readonly GraphQLFormattedError[],
  { requestId, viewer }: Pick<ApiContext, 'requestId' | 'viewer'>,
): GraphQLFormattedError[] {
  const isStranger = viewer.role === 'anonymous';
  return errors.map((error) => ({
    ...error,
    message: isStranger ? error.message.replace(/ ?Did you mean .*\?$/s, '') : error.message,
    extensions: { ...error.extensions, requestId },
  }));
}

/** What is answered, and logged, when `errors` end an operation: everything above in one step. */
export function presentErrors(
  errors: readonly GraphQLError[],
  context: ApiContext,
): GraphQLFormattedError[] {
  logUnexpected(errors, context);
  const formatted = errors.map((error) => formatError(error.toJSON(), error));
  return completeErrors(formatted, context);
}

/** What nobody foresaw is logged by kind and place; its message may quote content. */
export function logUnexpected(errors: readonly GraphQLError[], context: ApiContext): void {
  for (const error of errors) {
    if (!isUnexpected(error)) continue;
    const { requestId, rooms } = context;
    const err = error.originalError ?? error;
    rooms.logger.error({ err, requestId, path: error.path?.join('.') }, 'unexpected');
  }
}
