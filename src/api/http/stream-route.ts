import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { AppError } from '../../error.js';
import { createContext } from '../graphql/context.js';
import type { Rooms } from '../rooms.js';
import { startDeadline, withGrace, type Deadline } from './deadline.js';
import { createStreamHandler, StreamState, type StreamHandler } from './event-stream.js';
import type { OpenStreams } from './open-stream.js';
import { principalOf } from './principal.js';

const EVENT_STREAM = 'text/event-stream';
const BODY_MAX_BYTES = 262_144;
const TIMER_MAX_MS = 2_147_483_647;

/**
 * `POST /graphql/stream`: a subscription as server-sent events (GraphQL over SSE, distinct connections).
 * It ends when the reader leaves, the token expires or the node goes down; a reader that passes the
 * position it has seen as `after` misses nothing. A comment every 12 seconds keeps proxies from closing it.
 */
export function registerStream(server: FastifyInstance, rooms: Rooms, streams: OpenStreams): void {
  const handler = createStreamHandler();
  server.post(
    '/graphql/stream',
    { bodyLimit: BODY_MAX_BYTES, compress: false },
    (request, reply) => {
      if (!request.headers.accept?.includes(EVENT_STREAM)) throw notAcceptable();
      return openStream({ request, reply, rooms, streams, handler });
    },
  );
}

interface Opening {
  request: FastifyRequest;
  reply: FastifyReply;
  rooms: Rooms;
  streams: OpenStreams;
  handler: StreamHandler;
}

async function openStream({
  request,
  reply,
  rooms,
  streams,
  handler,
}: Opening): Promise<FastifyReply> {
  const life = startDeadline(reply.raw, undefined);
  const leave = streams.add(life, principalOf(request));
  const expiry = endAtExpiry(life, request, rooms.now());
  const end = () => {
    clearTimeout(expiry);
    leave();
    life[Symbol.dispose]();
  };
  try {
    const { viewer } = request.session;
    const context = createContext({ rooms, viewer, requestId: request.id, signal: life.signal });
    const state = new StreamState(context);
    const [body, { status }] = await startWithin(rooms.limits.deadlineMs, life, () =>
      handler(formatRequest(request, state)),
    );
    if (body === null || typeof body === 'string') {
      end();
      return await reply
        .code(status)
        .type('application/json; charset=utf-8')
        .send(body ?? '');
    }
    life.signal.addEventListener('abort', () => void body.return(), { once: true });
    const text = Readable.from(state.follow(body), { objectMode: false });
    text.once('close', end);
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    return await reply.type(`${EVENT_STREAM}; charset=utf-8`).send(text);
  } catch (error) {
    end();
    throw error;
  }
}

/** The subscription must stand within the time any request has; once it stands it may last. */
async function startWithin<T>(ms: number, life: Deadline, start: () => Promise<T>): Promise<T> {
  const late = new AppError('DEADLINE', 'the subscription took too long to begin');
  const timer = setTimeout(() => life.abort(late), ms);
  try {
    return await withGrace(start(), life.signal, 0);
  } finally {
    clearTimeout(timer);
  }
}

function endAtExpiry(life: Deadline, { session }: FastifyRequest, now: number): NodeJS.Timeout {
  const reason = new AppError('UNAUTHENTICATED', 'the access token has expired');
  const ms = Math.min(session.expiresAt - now, TIMER_MAX_MS);
  return setTimeout(() => life.abort(reason), ms).unref();
}

function formatRequest(
  request: FastifyRequest,
  context: StreamState,
): Parameters<StreamHandler>[0] {
  return {
    method: 'POST',
    url: '/graphql/stream',
    headers: {
      get: (name) => (name === 'accept' ? EVENT_STREAM : String(request.headers[name] ?? '')),
    },
    body: request.body as Record<string, unknown>,
    raw: undefined,
    context,
  };
}

function notAcceptable(): AppError {
  return new AppError('BAD_USER_INPUT', 'this answers with text/event-stream only', {
    hint: 'accept it, or use /graphql',
  });
}
