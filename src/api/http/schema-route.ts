import type { FastifyInstance } from 'fastify';
import { printSchema, type GraphQLSchema } from 'graphql';

/** `/schema.graphql`: the schema as printed, for everyone: it is a published contract. */
export function registerSchema(server: FastifyInstance, schema: GraphQLSchema): void {
  let printed: string | undefined;
  server.get('/schema.graphql', { config: { isPublic: true } }, async (_request, reply) => {
    reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=300');
    return (printed ??= printSchema(schema));
  });
}
