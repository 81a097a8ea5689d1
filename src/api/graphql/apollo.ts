import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Rooms } from '../rooms.js';
import type { ApiContext } from './context.js';
import { buildApiSchema } from './schema.js';

/** The GraphQL server; the caller starts and stops it, and hands it a context for each request. */
export function createApollo(rooms: Rooms): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema: buildApiSchema(),
    csrfPrevention: true,
    parseOptions: { maxTokens: rooms.limits.queryTokensMax },
    plugins: [ApolloServerPluginLandingPageDisabled()],
  });
}
