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
import { limitRule } from './limit/limit-rule.js';
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
 * @throws GraphQLError[] what to answer, to be shown through `presentErrors`
 */
export function prepareOperation(
  request: {
    query: string;
    operationName?: string | null | undefined;
    variables?: Record<string, unknown> | null | undefined;
  },
  context: ApiContext,
): PreparedOperation {
  const { limits } = context.rooms;
  const schema = buildApiSchema();
  const document = parseSource(request.query, limits.queryTokensMax);
  const errors = validate(schema, document, [...specifiedRules, limitRule(limits)]);
  if (errors.length > 0) throw errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  const operationName = request.operationName ?? undefined;
  const variables = request.variables ?? undefined;
  const operation = { schema, document, operationName, variables };
  const cost = admit(() => admitOperation(operation, context.viewer, limits));
  return {
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    cost,
  };
}

function parseSource(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) throw [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
}

function admit(work: () => number): number {
  try {
    return work();
  } catch (error) {
    if (error instanceof GraphQLError) throw [error];
    throw error;
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { nodes, source, positions, originalError } = error;
  return new GraphQLError(error.message, {
    nodes,
    source,
    positions,
    originalError,
    extensions: { code, ...error.extensions },
  });
}
