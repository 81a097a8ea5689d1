import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { isAppError } from '../../error.js';
import type { ImpactQuestion } from '../../query/impact.js';
import { readImpactBody, readImpactParameters } from '../../query/impact-input.js';
import { streamImpact, type ImpactChunk } from '../../query/impact-stream.js';
import { Reader } from '../../query/reader.js';
import type { Rooms } from '../rooms.js';
import { endWith, startExportLife } from './export-life.js';
import type { OpenStreams } from './open-stream.js';

/** Room for 1,000 roots by CID. */
const BODY_MAX_BYTES = 262_144;
/** After so long the stream ends with a summary that says so. */
const WALK_MAX_MS = 600_000;

/**
 * `GET /impact?cid=...` and `POST /impact` with a question as JSON: everything downstream, as JSON lines, no faster than they
 * are read. The first line repeats the question and says as of which position it is answered; the last, `{"kind": "summary"}`,
 * whether that was all. A stream that ends without it was cut.
 */
export function registerImpact(server: FastifyInstance, rooms: Rooms, streams: OpenStreams): void {
  server.get('/impact', (request, reply) => {
    const query = request.query as Record<string, string | string[] | undefined>;
    return send(request, reply, readImpactParameters(query));
  });
  server.post('/impact', { bodyLimit: BODY_MAX_BYTES }, (request, reply) =>
    send(request, reply, readImpactBody(request.body)),
  );

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    question: ImpactQuestion,
  ): Promise<FastifyReply> {
    const life = startExportLife(request, reply, streams, rooms.now());
    try {
      const limits = { ...rooms.limits, deadlineMs: WALK_MAX_MS };
      const reader = new Reader({ ...rooms, limits }, request.session.viewer, life.signal);
      const chunks = streamImpact(reader, question);
      // whatever is wrong with the question is told with a status
      const first = await chunks.next();
      const body = Readable.from(textsOf(first, chunks), { objectMode: false });
      body.on('error', (error) => {
        if (life.signal.aborted || isAppError(error)) return;
        rooms.logger.error({ err: error, requestId: request.id }, 'an impact broke off');
      });
      endWith(life, body);
      reply.type('application/x-ndjson').header('cache-control', 'no-store');
      return await reply.send(body);
    } catch (error) {
      life[Symbol.dispose]();
      throw error;
    }
  }
}

async function* textsOf(
  first: IteratorResult<ImpactChunk>,
  rest: AsyncGenerator<ImpactChunk>,
): AsyncGenerator<string> {
  if (!first.done) yield first.value.text;
  for await (const { text } of rest) if (text !== '') yield text;
}
