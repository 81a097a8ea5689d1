import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { AppError } from '../../error.js';
import { startDeadline, type Deadline } from './deadline.js';
import type { OpenStreams } from './open-stream.js';
import { principalOf } from './principal.js';

/** An export lives longer than a request; one that would take longer than this goes on with its cursor. */
const EXPORT_MAX_MS = 3_600_000;
const TIMER_MAX_MS = 2_147_483_647;
/** How long a slow reader may still take what has been read for it. */
const LINGER_MS = 10_000;

/**
 * An export ends with its time, with the token's, with the node and with the caller, whichever is first.
 *
 * @throws AppError RATE_LIMITED when this caller has too many open
 */
export function startExportLife(
  request: FastifyRequest,
  reply: FastifyReply,
  streams: OpenStreams,
  now: number,
): Deadline {
  const life = startDeadline(reply.raw, EXPORT_MAX_MS);
  const leave = streams.add(life, principalOf(request));
  const reason = new AppError('UNAUTHENTICATED', 'the access token has expired');
  const left = Math.min(request.session.expiresAt - now, TIMER_MAX_MS);
  const expiry = setTimeout(() => life.abort(reason), left).unref();
  return {
    ...life,
    [Symbol.dispose]() {
      clearTimeout(expiry);
      leave();
      life[Symbol.dispose]();
    },
  };
}

/** Whoever reads on learns how it ended; whoever does not must not hold it open for ever. */
export function endWith(life: Deadline, body: Readable): void {
  let cut: NodeJS.Timeout | undefined;
  body.once('close', () => {
    clearTimeout(cut);
    life[Symbol.dispose]();
  });
  const cutLater = () => (cut = setTimeout(() => body.destroy(), LINGER_MS).unref());
  life.signal.addEventListener('abort', cutLater, { once: true });
}
