import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Registry } from 'prom-client';
import { decide } from '../../access/policy.js';
import { ANONYMOUS } from '../../access/viewer.js';
import { AppError } from '../../error.js';
import type { Rooms } from '../rooms.js';
import { CaptureIntake } from './capture-intake.js';
import { CAPTURE_MEDIA_TYPES, readCaptureOrder, type CaptureOrder } from './capture-order.js';
import { CaptureTally } from './capture-tally.js';
import { captureTimer } from './metrics.js';
import { formatErrorBody, setErrorHeaders, toAppError } from './error-reply.js';
import type { ServerLimits } from './option.js';

/**
 * `POST /capture`: documents in bulk. A single JSON document or NDJSON, streamed; answers with counts,
 * the new head and the first problems. Header `GS1-Capture-Error-Behaviour: rollback | proceed`
 * (default: rollback for a document, proceed for lines), header `Idempotency-Key`, query `waitFor`
 * and `strict`.
 * 200 when anything was captured or repeated; otherwise the status of the failure, with the same summary.
 */
export function registerCapture(
  server: FastifyInstance,
  rooms: Rooms,
  limits: ServerLimits,
  registry: Registry,
  closing: AbortSignal,
): void {
  const intake = new CaptureIntake(rooms, limits, closing, captureTimer(registry));
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(Object.keys(CAPTURE_MEDIA_TYPES), (_request, payload, done) =>
      done(null, payload),
    );
    scope.post('/capture', { config: { isStreamed: true } }, async (request, reply) => {
      checkWriter(request);
      const order = readCaptureOrder(request);
      const tally = new CaptureTally();
      const failure = await takeIn(request, order, tally);
      return answer(request, reply, tally, failure);
    });
  });

  async function takeIn(
    { body, id: requestId }: FastifyRequest,
    order: CaptureOrder,
    tally: CaptureTally,
  ): Promise<AppError | undefined> {
    try {
      if (body) await intake.take(body as Readable, order, tally);
      return tally.failure;
    } catch (error) {
      const known = toAppError(error);
      if (known.code === 'INTERNAL') rooms.logger.error({ err: error, requestId }, 'unexpected');
      return known;
    }
  }

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    tally: CaptureTally,
    failure: AppError | undefined,
  ): FastifyReply {
    reply.header('cache-control', 'no-store');
    const summary = tally.summary(rooms.ledger);
    if (!failure) return reply.send(summary);
    setErrorHeaders(reply, failure);
    return reply.code(failure.status).send({ ...formatErrorBody(failure, request.id), ...summary });
  }
}

function checkWriter({ session: { viewer } }: FastifyRequest): void {
  if (decide(viewer, 'record.capture', {}).permit) return;
  if (viewer === ANONYMOUS) throw new AppError('UNAUTHENTICATED', 'capture needs an access token');
  throw new AppError('FORBIDDEN', 'this token is not good for writing', {
    hint: 'it takes the scope "write" and a role that captures records',
  });
}
