import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ANONYMOUS, type Viewer } from '../../access/viewer.js';
import { AppError } from '../../error.js';
import { formatCursor, parseCursor, type CursorScope } from '../../query/cursor.js';
import type { Rooms } from '../rooms.js';
import { formatCaptureJob } from './capture-job.js';
import { registerDiscovery, registerEpcisHeaders } from './epcis-header.js';
import { readPage, setNextPage } from './epcis-page.js';
import { registerProblemReply } from './epcis-problem.js';

/**
 * `GET /capture/{id}`: how far a capture job has come, or what came of it; `GET /capture`: the caller's jobs, newest
 * first. A job is told of to the subject that made it, and to nobody else.
 */
export function registerCaptureJobs(server: FastifyInstance, rooms: Rooms): void {
  const { jobs, cursorKey, now, logger } = rooms;
  server.register(async (scope) => {
    registerProblemReply(scope, 'capture', logger);
    registerEpcisHeaders(scope);
    registerDiscovery(scope, '/capture/:id', 'GET');
    scope.get('/capture/:id', async (request, reply) => {
      const { id } = request.params as { id: string };
      const job = await jobs.get(ownerOf(request), id);
      return reply.header('cache-control', 'no-store').send(formatCaptureJob(job));
    });
    scope.get('/capture', async (request, reply) => {
      const owner = ownerOf(request);
      const { first, after } = readPage(request);
      const cursors = cursorsOf(owner);
      const before = after === undefined ? undefined : String(parseCursor(cursors, after)[0]);
      const page = await jobs.list(owner, first, before);
      const last = page.jobs.at(-1);
      if (page.hasNext && last)
        setNextPage(request, reply, formatCursor(cursors, [last.id]), now());
      return reply.header('cache-control', 'no-store').send(page.jobs.map(formatCaptureJob));
    });
  });

  function cursorsOf({ organisation, subject }: Viewer): CursorScope {
    return { key: cursorKey, binding: ['capture jobs', organisation, subject] };
  }
}

function ownerOf({ session: { viewer } }: FastifyRequest): Viewer {
  if (viewer !== ANONYMOUS) return viewer;
  throw new AppError('UNAUTHENTICATED', 'capture jobs are told of to those who made them');
}
