import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../error.js';
import { principalOf } from './principal.js';

/** Counts requests by principal in windows of a minute; the one too many gets RATE_LIMITED and Retry-After. */
export async function registerRateLimit(server: FastifyInstance, perMinute: number): Promise<void> {
  await server.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: principalOf,
    errorResponseBuilder: (_request, { after }) =>
      new AppError('RATE_LIMITED', 'too many requests from this caller', { hint: `wait ${after}` }),
  });
}
