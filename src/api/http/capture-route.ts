import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { Registry } from 'prom-client';
import { decide } from '../../access/policy.js';
import { ANONYMOUS } from '../../access/viewer.js';
import type { CaptureJob } from '../../capture/job.js';
import { ROLLBACK_RECORDS_MAX } from '../../capture/whole-chunk.js';
import { AppError } from '../../error.js';
import type { Logger } from '../../log.js';
import type { Rooms } from '../rooms.js';
import { CaptureIntake } from './capture-intake.js';
import {
  CAPTURE_MEDIA_TYPES,
  readCaptureOrder,
  wantsJob,
  type CaptureOrder,
} from './capture-order.js';
import { CaptureTally } from './capture-tally.js';
import { CapturesUnderway, endOrAbort, readToEnd } from './capture-underway.js';
import { registerDiscovery, registerEpcisHeaders } from './epcis-header.js';
import { sendProblem } from './epcis-problem.js';
import { formatErrorBody, sendError, setErrorHeaders, toAppError } from './error-reply.js';
import { captureTimer } from './metrics.js';
import type { ServerLimits } from './option.js';

/** How long a job that has captured all waits for the index. */
const INDEXED_WITHIN_MS = 30_000;

/**
 * `POST /capture`: documents in bulk. A single JSON document or NDJSON, streamed; answers with counts,
 * the new head and the first problems. Header `GS1-Capture-Error-Behaviour: rollback | proceed`
 * (default: rollback for a document, proceed for lines), header `Idempotency-Key`, query `waitFor`,
 * `strict` and `source`.
 * 200 when anything was captured or repeated; otherwise the status of the failure, with the same summary.
 *
 * Each is a job, told of at `Location: /capture/{id}`. With `Prefer: respond-async`, or `GS1-EPCIS-Version` as clients
 * of EPCIS send it, the answer is 202 as soon as the body has been read to its end, and the job goes on.
 */
export function registerCapture(
  server: FastifyInstance,
  rooms: Rooms,
  limits: ServerLimits,
  registry: Registry,
  closing: AbortSignal,
): void {
  const intake = new CaptureIntake(rooms, limits, closing, captureTimer(registry));
  const underway = new CapturesUnderway(server, limits.drainMs);
  const bounds = {
    'gs1-capture-limit': String(ROLLBACK_RECORDS_MAX),
    'gs1-capture-file-size-limit': String(limits.documentMaxBytes),
  };
  server.register(async (scope) => {
    registerCaptureErrors(scope, rooms.logger);
    registerEpcisHeaders(scope);
    registerDiscovery(scope, '/capture', 'GET, POST', bounds);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(Object.keys(CAPTURE_MEDIA_TYPES), (_request, payload, done) =>
      done(null, payload),
    );
    scope.post('/capture', { config: { isStreamed: true } }, async (request, reply) => {
      checkWriter(request);
      const order = readCaptureOrder(request);
      const isEarly = wantsJob(request);
      const job = await rooms.jobs.begin(request.session.viewer, order.mode, isEarly);
      reply.headers({ location: `/capture/${job.id}`, 'gs1-capture-id': job.id });
      const tally = new CaptureTally((progress) => rooms.jobs.update(job, progress));
      if (isEarly) return answerEarly(request, reply, takeIn(request, order, tally, job, true));
      return answer(request, reply, tally, await takeIn(request, order, tally, job, false));
    });
  });

  /** Does not fail: says what did, and the job remembers it. */
  async function takeIn(
    { body, id: requestId }: FastifyRequest,
    order: CaptureOrder,
    tally: CaptureTally,
    job: CaptureJob,
    isEarly: boolean,
  ): Promise<AppError | undefined> {
    try {
      if (body) await intake.take(body as Readable, order, tally);
      if (isEarly) await indexed();
      const progress = tally.progress();
      rooms.jobs.finish(job, progress, progress.refused === 0 ? tally.failure : undefined);
      return tally.failure;
    } catch (error) {
      const known = toAppError(error);
      if (known.code === 'INTERNAL') rooms.logger.error({ err: error, requestId }, 'unexpected');
      rooms.jobs.finish(job, tally.progress(), known);
      return known;
    }
  }

  /** Whoever hears that a job is over may ask for its events; but an index that is stuck must not hold it up. */
  async function indexed(): Promise<void> {
    const work = rooms.follower.caughtUp(rooms.ledger.head().size);
    await endOrAbort(work, AbortSignal.any([closing, AbortSignal.timeout(INDEXED_WITHIN_MS)]));
  }

  /** A body that was not read to its end is not left to the job to tell of. */
  async function answerEarly(
    request: FastifyRequest,
    reply: FastifyReply,
    work: Promise<AppError | undefined>,
  ): Promise<FastifyReply> {
    underway.add(work);
    const failure = await Promise.race([readToEnd(request.body as Readable | undefined), work]);
    if (failure && !(request.body as Readable | undefined)?.readableEnded) {
      reply.header('connection', 'close');
      throw failure;
    }
    if (request.headers.prefer !== undefined) reply.header('preference-applied', 'respond-async');
    return reply.header('cache-control', 'no-store').code(202).send();
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
    // the rest of a body that nobody reads would stand before the next request
    if (!request.raw.complete) reply.header('connection', 'close');
    return reply.code(failure.status).send({ ...formatErrorBody(failure, request.id), ...summary });
  }
}

/** Clients of EPCIS are told what failed as EPCIS does. */
function registerCaptureErrors(scope: FastifyInstance, logger: Logger): void {
  scope.setErrorHandler((error, request, reply) => {
    const known = toAppError(error);
    if (known.code === 'INTERNAL')
      logger.error({ err: error, requestId: request.id }, 'unexpected');
    if (wantsJob(request)) return sendProblem(reply, known, 'capture', request);
    return sendError(reply, known, request);
  });
}

function checkWriter({ session: { viewer } }: FastifyRequest): void {
  if (decide(viewer, 'record.capture', {}).permit) return;
  if (viewer === ANONYMOUS) throw new AppError('UNAUTHENTICATED', 'capture needs an access token');
  throw new AppError('FORBIDDEN', 'this token is not good for writing', {
    hint: 'it takes the scope "write" and a role that captures records',
  });
}
