import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Rooms } from '../rooms.js';
import type { ApiContext } from './context.js';
import { completeErrors, formatError, logUnexpected } from './error.js';
import { admitOperation } from './limit/admission.js';
import { limitRule, VALIDATION_ERRORS_MAX } from './limit/limit-rule.js';
import { buildApiSchema } from './schema.js';
import { TrustedDocuments } from './trusted-document.js';

/** The GraphQL server; the caller starts and stops it, and hands it a context for each request. */
export function createApollo(rooms: Rooms): ApolloServer<ApiContext> {
  const { limits, logger } = rooms;
  const trusted = new TrustedDocuments();
  return new ApolloServer<ApiContext>({
    schema: buildApiSchema(),
    // introspection is asked about in admitOperation, which knows the viewer
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.queryTokensMax },
    validationRules: [limitRule(limits)],
    validationOptions: { maxErrors: VALIDATION_ERRORS_MAX },
    persistedQueries: { cache: trusted },
    formatError,
    logger: muted(logger),
    plugins: [
      trustedDocuments(trusted),
      gate(rooms),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** Takes the hash of a trusted document for its text: `documentId` (GraphQL over HTTP), beside Apollo's own extension. */
function trustedDocuments(documents: TrustedDocuments): ApolloServerPlugin<ApiContext> {
  return {
    async requestDidStart({ request }) {
      const { documentId } = (request.http?.body ?? {}) as { documentId?: unknown };
      if (request.query !== undefined || typeof documentId !== 'string') return;
      const query = await documents.get(documentId);
      if (query !== undefined) request.query = query;
      // answered by Apollo: PERSISTED_QUERY_NOT_FOUND
      else request.extensions = { persistedQuery: { version: 1, sha256Hash: documentId } };
    },
  };
}

/** Admission before an operation runs; cost, request id and the log of the unforeseen after it. */
function gate({ limits }: Rooms): ApolloServerPlugin<ApiContext> {
  return {
    async requestDidStart({ contextValue }) {
      let cost: number | undefined;
      return {
        async didResolveOperation({ schema, document, request }) {
          const { operationName, variables } = request;
          const operation = { schema, document, operationName, variables };
          cost = admitOperation(operation, contextValue.viewer, limits);
        },
        async didEncounterErrors({ errors }) {
          logUnexpected(errors, contextValue);
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const result = response.body.singleResult;
          if (result.data) contextValue.splices?.mark(result.data);
          if (result.errors) result.errors = completeErrors(result.errors, contextValue);
          if (cost !== undefined) {
            const { costMax } = limits;
            result.extensions = {
              ...result.extensions,
              cost: { requested: cost, maximum: costMax },
            };
          }
        },
      };
    },
  };
}

/** Apollo's own words to the log may quote a request: only that it spoke is kept. */
function muted(logger: Rooms['logger']) {
  return {
    debug: () => {},
    info: () => {},
    warn: () => logger.warn('apollo warns'),
    error: () => logger.error('apollo failed'),
  };
}
