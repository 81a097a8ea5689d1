import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reader } from '../../query/reader.js';

/** Work for one request: who asks, and until when. */
export type Ask = <T>(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (reader: Reader) => T | Promise<T>,
) => Promise<T>;

/** The named query a request is about. */
export function nameIn({ params }: FastifyRequest): string {
  return (params as { name: string }).name;
}
