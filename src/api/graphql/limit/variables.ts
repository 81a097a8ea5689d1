import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  typeFromAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { AppError } from '../../../error.js';
import { toGraphQLError, withoutValue } from '../error.js';

/**
 * Checks variables before anything is done with them, and stops at the first that is wrong: graphql-js
 * would collect an error for each, quoting the values, and a value may be a record.
 *
 * @throws GraphQLError BAD_USER_INPUT with a pointer to the place
 */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): void {
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    checkVariable(schema, definition, value);
  }
}

function checkVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  value: unknown,
): void {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return;
  if (value === undefined) {
    if (definition.type.kind !== 'NonNullType' || definition.defaultValue) return;
    refuse(name, [], 'a value is required');
  }
  coerceInputValue(
    value,
    type,
    (path, _value, error: GraphQLError) => refuse(name, path, withoutValue(error.message)),
    true,
  );
}

function refuse(name: string, path: readonly (string | number)[], reason: string): never {
  const place = [name, ...path];
  throw toGraphQLError(
    new AppError('BAD_USER_INPUT', `variable $${place.join('.')}: ${reason}`, {
      pointer: place
        .map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`)
        .join(''),
    }),
  );
}
