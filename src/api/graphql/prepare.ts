import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { ApiContext } from './context.js';
import { admitOperation } from './limit/admission.js';
import { limitRule, VALIDATION_ERRORS_MAX } from './limit/limit-rule.js';
import { buildApiSchema } from './schema.js';

/** An operation that may run. */
export interface PreparedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variableValues: Record<string, unknown> | undefined;
  contextValue: ApiContext;
  cost: number;
}

/**
 * Takes what a client sent through the same gates as Apollo does, for transports beside it (subscriptions
 * over server-sent events): tokens, depth and the like, validation, variables, cost.
 *
 * @returns the errors to answer, to be shown through `presentErrors`, when it may not run
 */
export function prepareOperation(
  request: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Record<string, unknown> | null | undefined;
  },
  context: ApiContext,
): PreparedOperation | readonly GraphQLError[] {
  const { viewer } = context;
  const { limits } = context.rooms;
  const schema = buildApiSchema();
  try {
    const document = parseSource(request.query, limits.queryTokensMax);
    const errors = validate(schema, document, [...specifiedRules, limitRule(limits)], {
      maxErrors: VALIDATION_ERRORS_MAX,
    });
    if (errors.length > 0) return errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
    const operationName = request.operationName ?? undefined;
    const variables = request.variables ?? undefined;
    const cost = admitOperation({ schema, document, operationName, variables }, viewer, limits);
    const contextValue = context;
    return { schema, document, operationName, variableValues: variables, contextValue, cost };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function parseSource(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  const { nodes, source, positions, originalError } = error;
  const extensions = { code, ...error.extensions };
  return new GraphQLError(error.message, { nodes, source, positions, originalError, extensions });
}
