import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, type ErrorCode } from '../../error.js';

/** An AppError as GraphQL carries it: the code and what may be shown beside it. */
export function toGraphQLError(error: AppError): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: error.status } },
  });
}

/** What a caller is shown of an error: our own as they are, everything else masked as INTERNAL. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  return formatted;
}

export type { ErrorCode };
