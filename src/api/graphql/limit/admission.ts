import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Viewer } from '../../../access/viewer.js';
import { AppError } from '../../../error.js';
import type { Limits } from '../../../query/limit.js';
import { toGraphQLError } from '../error.js';
import { checkCost } from './cost.js';
import { measureDocument } from './measure.js';
import { checkVariables } from './variables.js';

export interface Operation {
  schema: GraphQLSchema;
  /** Parsed and valid. */
  document: DocumentNode;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
}

/**
 * The last question before an operation runs: who asks, with which variables, at what cost.
 *
 * @returns what it may cost at most
 * @throws GraphQLError UNAUTHENTICATED (introspection by a stranger), BAD_USER_INPUT, QUERY_TOO_COMPLEX
 */
export function admitOperation(operation: Operation, viewer: Viewer, limits: Limits): number {
  const { schema, document, operationName, variables } = operation;
  const node = getOperationAST(document, operationName);
  if (!node) {
    throw toGraphQLError(
      new AppError('BAD_USER_INPUT', 'the document has no operation of that name', {
        hint: 'a document of several operations needs operationName',
      }),
    );
  }
  if (viewer.role === 'anonymous' && measureDocument(document).introspectionDepth > 0) {
    throw toGraphQLError(
      new AppError('UNAUTHENTICATED', 'introspection needs a token', {
        hint: 'the schema is at /schema.graphql',
      }),
    );
  }
  checkVariables(schema, node, variables);
  return checkCost({ ...operation, costMax: limits.costMax });
}
