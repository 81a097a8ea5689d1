import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { ViewerResolver } from './viewer/viewer.resolver.js';

let built: GraphQLSchema | undefined;

/** The schema of the API; built once. */
export function buildApiSchema(): GraphQLSchema {
  return (built ??= buildSchemaSync({ resolvers: [ViewerResolver], validate: false }));
}
